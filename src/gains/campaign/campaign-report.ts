import { PairwellError } from '../../errors.ts';
import { holm } from '../../stats/adjust.ts';
import { binomialInterval, type Interval } from '../../stats/binomial-interval.ts';
import { chiSquareUpperTail } from '../../stats/chi-square.ts';
import { type MeanDifference, type Moments, meanDifference, momentsOf } from '../../stats/mean-difference.ts';
import { type Difference, proportionDifference } from '../../stats/proportion-difference.ts';
import { pearsonChiSquare } from '../../stats/two-by-two.ts';
import { type SampleRatio, sampleRatio } from './sample-ratio.ts';

/** Customers who were dealt to the arms of a campaign at random, and what they did. */
export interface CampaignData {
  /** By customer: a position in `names`. */
  readonly armOf: Uint8Array;
  readonly names: readonly string[];
  /** The arm that was held out. */
  readonly control: number;
  /** By customer: 1 for those who responded. */
  readonly outcome: Uint8Array;
  /** By customer: what they spent, in money, finite. */
  readonly revenue?: Float64Array | undefined;
}

export interface CampaignOptions {
  /** Of the intervals; default 0.95. */
  readonly level?: number | undefined;
  /** By arm: the share of the customers, or the weight, that it should have; without it the sizes of the arms are not checked. */
  readonly planned?: readonly number[] | undefined;
  /** Of each customer who was not held out, in money, ≥ 0. Default 0. */
  readonly contactCost?: number | undefined;
  /** Of a response, in money; without it there is no profit from responses. */
  readonly value?: number | undefined;
  /** The share of revenue that is earned, 0 … 1; default 1. */
  readonly margin?: number | undefined;
}

export interface CampaignArm {
  readonly name: string;
  readonly customers: number;
  readonly responses: number;
  readonly rate: number;
  /** Wilson's. */
  readonly rateInterval: Interval;
  /** Null without revenue. */
  readonly revenue: { readonly total: number; readonly perCustomer: number } | null;
}

/** What the arm's customers brought more than as many of the control would have, less their contacts. */
export interface CampaignProfit extends Interval {
  readonly moneyIn: number;
  readonly moneyOut: number;
  /** moneyIn − moneyOut; `low` and `high` are its interval. */
  readonly profit: number;
}

export interface CampaignEffect {
  readonly name: string;
  /** Its response rate less that of the control, with Newcombe's interval. */
  readonly response: Difference;
  /** Two-sided, of no difference: Pearson's χ² without continuity correction. */
  readonly p: number;
  /** Adjusted for the number of arms (Holm). */
  readonly pAdjusted: number;
  /** The difference as a share of the rate of the control; null where that is 0. */
  readonly relative: number | null;
  /** Responses that the arm made: the difference times its customers. */
  readonly incremental: number;
  /** Of the mean revenue of a customer, with Welch's interval; null without revenue or with a single customer in an arm. */
  readonly revenue: MeanDifference | null;
  /** From responses and their value; null without a value. */
  readonly profitOfResponses: CampaignProfit | null;
  /** From revenue and its margin. */
  readonly profitOfRevenue: CampaignProfit | null;
}

export interface CampaignReport {
  readonly level: number;
  /** By arm, the control among them. */
  readonly arms: readonly CampaignArm[];
  readonly control: string;
  /** Each other arm against the control. */
  readonly effects: readonly CampaignEffect[];
  /** Null without a plan. */
  readonly sampleRatio: SampleRatio | null;
}

/**
 * What a campaign did, from customers who were dealt to its arms at random. Money follows the effect, not the responses: those who
 * would have responded anyhow are told by the control.
 *
 * @throws PairwellError `bad-input` for columns of different lengths, arms or outcomes that cannot be, an arm without customers, fewer
 *   than two arms, revenue that is not finite, or options that cannot be
 */
export function campaignReport(data: CampaignData, options: CampaignOptions = {}): CampaignReport {
  const checked = { contactCost: 0, margin: 1, level: 0.95, ...definedOf(options) };
  check(data, checked);
  const groups = data.names.map((name, arm) => groupOf(data, name, arm));
  const held = groups[data.control];
  const effects = groups
    .filter((group) => group !== held)
    .map((group): Omit<CampaignEffect, 'pAdjusted'> => effectOf(group, held, checked));
  const adjusted = holm(Float64Array.from(effects, ({ p }) => p));
  return {
    level: checked.level,
    arms: groups.map((group) => armOf(group, checked.level)),
    control: held.name,
    effects: effects.map((effect, n) => ({ ...effect, pAdjusted: adjusted[n] })),
    sampleRatio: checked.planned
      ? sampleRatio(
          groups.map(({ customers }) => customers),
          checked.planned,
        )
      : null,
  };
}

interface Group {
  readonly name: string;
  readonly customers: number;
  readonly responses: number;
  readonly revenue: Moments | null;
}

function groupOf({ armOf, outcome, revenue }: CampaignData, name: string, arm: number): Group {
  const isOwn = (_: number, row: number): boolean => armOf[row] === arm;
  const responded = outcome.filter(isOwn);
  return {
    name,
    customers: responded.length,
    responses: responded.reduce((sum, one) => sum + one, 0),
    revenue: revenue ? momentsOf(revenue.filter(isOwn)) : null,
  };
}

function armOf({ name, customers, responses, revenue }: Group, level: number): CampaignArm {
  return {
    name,
    customers,
    responses,
    rate: responses / customers,
    rateInterval: binomialInterval(responses, customers, level, 'wilson'),
    revenue: revenue && { total: revenue.mean * customers, perCustomer: revenue.mean },
  };
}

type Checked = CampaignOptions & Required<Pick<CampaignOptions, 'contactCost' | 'margin' | 'level'>>;

function effectOf(
  arm: Group,
  held: Group,
  { level, value, margin, contactCost }: Checked,
): Omit<CampaignEffect, 'pAdjusted'> {
  const proportion = ({ responses, customers }: Group) => ({ successes: responses, trials: customers });
  const response = proportionDifference(proportion(arm), proportion(held), level);
  const table = {
    n11: arm.responses,
    n10: arm.customers - arm.responses,
    n01: held.responses,
    n00: held.customers - held.responses,
  };
  const rate = held.responses / held.customers;
  const canCompare = arm.customers > 1 && held.customers > 1;
  const revenue =
    arm.revenue && held.revenue && canCompare ? meanDifference(arm.revenue, held.revenue, level) : null;
  const profit = (effect: Difference, worth: number): CampaignProfit => {
    const moneyOut = contactCost * arm.customers;
    const brought = (difference: number): number => difference * arm.customers * worth;
    const ends = [brought(effect.low) - moneyOut, brought(effect.high) - moneyOut];
    const moneyIn = brought(effect.difference);
    return { moneyIn, moneyOut, profit: moneyIn - moneyOut, low: Math.min(...ends), high: Math.max(...ends) };
  };
  return {
    name: arm.name,
    response,
    p: chiSquareUpperTail(pearsonChiSquare(table), 1),
    relative: rate > 0 ? response.difference / rate : null,
    incremental: response.difference * arm.customers,
    revenue,
    profitOfResponses: value === undefined ? null : profit(response, value),
    profitOfRevenue: revenue && profit(revenue, margin),
  };
}

/** Without what is there as undefined, which would hide a default. */
const definedOf = (options: CampaignOptions): CampaignOptions =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));

/** Above it sums of money could be too large for numbers. */
const mostMoney = 1e15;

function check({ armOf, names, control, outcome, revenue }: CampaignData, options: Checked): void {
  const { contactCost, value = 0, margin } = options;
  if (names.length < 2 || names[control] === undefined)
    throw bad(
      `There are ${names.length} arms, of which number ${control} is to be the control; give two at least.`,
    );
  if (outcome.length !== armOf.length || (revenue && revenue.length !== armOf.length))
    throw bad(
      `There are ${armOf.length} customers with arms and ${outcome.length} with outcomes; columns have one length.`,
    );
  const odd = armOf.findIndex((arm, row) => arm >= names.length || outcome[row] > 1);
  if (odd >= 0)
    throw bad(
      `Customer ${odd} has the arm ${armOf[odd]} and the outcome ${outcome[odd]}; there are none such.`,
    );
  const empty = names.findIndex((_, arm) => !armOf.includes(arm));
  if (empty >= 0) throw bad(`Nobody is in the arm "${names[empty]}"; leave it out.`);
  const strange = revenue?.findIndex((amount) => !(Math.abs(amount) <= mostMoney)) ?? -1;
  if (strange >= 0)
    throw bad(`Customer ${strange} has the revenue ${revenue![strange]}, which is no sum of money.`);
  if (!(contactCost >= 0 && contactCost <= mostMoney && Math.abs(value) <= mostMoney))
    throw bad(
      `A contact costs 0 or more and a response has a value, in money; ${contactCost} and ${value} are not such.`,
    );
  if (!(margin >= 0 && margin <= 1)) throw bad(`A margin is a share from 0 to 1, not ${margin}.`);
}

const bad = (message: string): PairwellError => new PairwellError('bad-input', message);
