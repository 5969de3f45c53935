import { PairwellError } from '../../errors.ts';
import { type BudgetPoint, budgetCurve } from './budget-curve.ts';
import type { Choices } from './choice-frontier.ts';
import { chooseExact, type ExactOptions } from './choose-exact.ts';
import { type Chosen, chooseGreedy } from './choose-greedy.ts';
import { type ExpectedProfits, expectedProfits, type OfferStakes } from './expected-profit.ts';
import type { Suppression } from './suppression.ts';

/** What choosing offers comes to. */
export interface PlanTotals {
  readonly contacted: number;
  /** Customers expected back, and how many of them would not have come without an offer. */
  readonly wonBack: number;
  readonly extra: number;
  /** Expected, in money; and by how much it may differ by luck (one standard deviation). */
  readonly spend: number;
  readonly spendDeviation: number;
  readonly profit: number;
  /** Profit over spend; null where nothing is spent. */
  readonly returnOnInvestment: number | null;
  /** By offer: how many customers get it. */
  readonly byOffer: readonly number[];
}

export interface PlanChoice extends PlanTotals {
  /** By customer: the offer's position, or −1. */
  readonly offer: Int32Array;
  /** Whether no other choice does better by the same aim. */
  readonly isBest: boolean;
  /** By how much another choice could do better at most, as a share of the best possible; 0 for the best. */
  readonly gap: number;
}

export interface WinbackPlan {
  readonly budget: number;
  /** The choice by which most customers come back who would not have come, and the one that brings most profit. */
  readonly mostWonBack: PlanChoice;
  readonly mostProfit: PlanChoice;
  /** By customer: the offer that brings most profit whatever the budget, or −1; and that profit. */
  readonly bestOffer: Int32Array;
  readonly bestProfit: Float64Array;
  /** By customer: why nobody contacts him; null for who may be. */
  readonly suppressed: readonly (Suppression | null)[];
  readonly curve: readonly BudgetPoint[];
}

export interface PlanInput extends OfferStakes {
  /** Money, ≥ 0. */
  readonly budget: number;
  /** By customer: of `suppressed`. */
  readonly suppressed: readonly (Suppression | null)[];
  readonly exact?: ExactOptions | undefined;
}

/**
 * Whom to offer what under a budget, for two aims side by side. The spend that counts is the expected one. Who may not be contacted, or
 * to whom every offer would lose money, gets none for either aim.
 *
 * @throws PairwellError `bad-input` for a budget below 0 or columns that do not fit
 */
export function planWinback(input: PlanInput): WinbackPlan {
  const { offers, baseline, chance, budget } = input;
  const customers = baseline.length;
  const fits = chance.length === customers * offers.length && input.suppressed.length === customers;
  if (!fits || input.relative.length !== customers || input.lives.length !== offers.length)
    throw new PairwellError('bad-input', 'Customers, offers and what is said of them must be as many.');
  const expected = expectedProfits(input);
  const bestOffer = new Int32Array(customers).fill(-1);
  const bestProfit = new Float64Array(customers);
  const suppressed = input.suppressed.slice();
  for (let c = 0; c < customers; c++) {
    let best = -1;
    for (let o = 0; o < offers.length; o++) {
      const profit = expected.profit[c * offers.length + o];
      if (profit >= (best < 0 ? 0 : expected.profit[c * offers.length + best])) best = o;
    }
    if (best < 0) suppressed[c] ??= 'no-profit';
    if (suppressed[c] !== null) continue;
    bestOffer[c] = best;
    bestProfit[c] = expected.profit[c * offers.length + best];
  }
  const open = suppressed.map((why) => why === null);
  const aims = {
    won: choicesFor(open, offers.length, expected.spend, expected.extra),
    profit: choicesFor(open, offers.length, expected.spend, expected.profit),
  };
  const choice = (choices: Choices): PlanChoice => {
    const chosen = chooseExact(choices, budget, input.exact) ?? chooseGreedy(choices, budget);
    return choiceOf(input, expected, open, chosen);
  };
  return {
    budget,
    mostWonBack: choice(aims.won),
    mostProfit: choice(aims.profit),
    bestOffer,
    bestProfit,
    suppressed,
    curve: budgetCurve(aims.won, aims.profit),
  };
}

/** The options of those who may be contacted: for the n-th of them the option n × offers + offer. */
function choicesFor(
  open: readonly boolean[],
  offers: number,
  spend: Float64Array,
  aim: Float64Array,
): Choices {
  const isOpen = (_: number, at: number): boolean => open[Math.floor(at / offers)];
  const cost = spend.filter(isOpen);
  const offsets = Int32Array.from({ length: cost.length / offers + 1 }, (_, n) => n * offers);
  return { offsets, cost, gain: aim.filter(isOpen) };
}

function choiceOf(
  input: PlanInput,
  expected: ExpectedProfits,
  open: readonly boolean[],
  chosen: Chosen,
): PlanChoice {
  const { offers, chance } = input;
  const offer = new Int32Array(open.length).fill(-1);
  let next = 0;
  for (let c = 0; c < open.length; c++) {
    if (!open[c]) continue;
    const option = chosen.option[next];
    if (option >= 0) offer[c] = option - next * offers.length;
    next++;
  }
  const byOffer = offers.map(() => 0);
  let [contacted, wonBack, extra, spend, variance, profit] = [0, 0, 0, 0, 0, 0];
  for (let c = 0; c < offer.length; c++) {
    if (offer[c] < 0) continue;
    const at = c * offers.length + offer[c];
    const { cost, costKind } = offers[offer[c]];
    byOffer[offer[c]]++;
    contacted++;
    wonBack += chance[at];
    extra += expected.extra[at];
    spend += expected.spend[at];
    profit += expected.profit[at];
    if (costKind === 'return') variance += chance[at] * (1 - chance[at]) * cost * cost;
  }
  return {
    offer,
    contacted,
    wonBack,
    extra,
    spend,
    spendDeviation: Math.sqrt(variance),
    profit,
    returnOnInvestment: spend > 0 ? profit / spend : null,
    byOffer,
    isBest: chosen.isBest,
    gap: chosen.bound > 0 ? (chosen.bound - chosen.gain) / chosen.bound : 0,
  };
}
