import { adjustedRates, type RateWish, type RateWishes } from '../customers/profit/adjusted-rates.ts';
import type { CustomerDrivers } from '../customers/profit/drivers.ts';
import { type CustomerMoney, moneyOf } from '../customers/profit/profit.ts';
import { type ProfitReport, profitReport } from '../customers/profit/profit-report.ts';
import type { CostRates } from '../customers/profit/rates.ts';
import { fewerOrders, minimumOrder, smallOrderFee } from '../customers/profit/small-order-questions.ts';
import { type TierOptions, type Tiers, tierNames, tiersOf } from '../customers/profit/tiers.ts';
import { fewerReturns, turnDrains, type WhatIf, type WhatIfInput } from '../customers/profit/what-if.ts';
import { PairwellError } from '../errors.ts';
import type { CustomerBook, SegmentPlace } from './customer-book.ts';

/** What would be done; see the functions of these names. */
export type Scenario =
  | {
      readonly kind: 'fewer-orders';
      readonly under: number;
      readonly accepted?: number | undefined;
    }
  | { readonly kind: 'minimum-order'; readonly under: number; readonly raised: number }
  | {
      readonly kind: 'small-order-fee';
      readonly under: number;
      readonly fee: number;
      readonly accepted?: number | undefined;
    }
  | { readonly kind: 'fewer-returns'; readonly share: number }
  | { readonly kind: 'turn-drains'; readonly share: number };

/** What is asked of a model's profit. */
export interface ProfitQuestion {
  /** In place of those that the model was made with; the others stay. */
  readonly costs?: RateWishes | undefined;
  /**
   * In place of all cut-offs of the model: what is not stated here is as by default. Without it those of the model stay as they came
   * out there.
   */
  readonly tiers?: TierOptions | undefined;
  readonly scenario?: Scenario | undefined;
  /** Whom the scenario is asked of; all customers with an order without it. Nothing else can be asked of a segment. */
  readonly segment?: SegmentPlace | undefined;
}

export interface ProfitSide {
  readonly report: ProfitReport;
  readonly rates: CostRates;
  readonly tiers: Tiers;
}

export interface ProfitAnswer {
  readonly before: ProfitSide;
  /** With the costs and cut-offs of the question. */
  readonly after: ProfitSide;
  /** Customers by tier before, then after, in the order of `tierNames`. */
  readonly moved: readonly (readonly number[])[];
  /** At the costs and tiers of `after`. */
  readonly scenario: WhatIf | null;
  /** Of the profit of all customers, money: from `before` to `after`, and by the scenario from there. */
  readonly change: { readonly costs: number; readonly scenario: number };
}

/**
 * What would be if costs, cut-offs or customers were others. Nothing is kept.
 *
 * Takes a few passes over the customers.
 *
 * @throws PairwellError `bad-input` for costs and cut-offs that cannot be, a bound that orders were not counted by, a segment of
 *   which nothing is asked, and drains that are to be turned in a segment alone
 */
export function answerProfitQuestion(book: CustomerBook, question: ProfitQuestion): ProfitAnswer {
  if (question.segment && !question.scenario) {
    throw new PairwellError(
      'bad-input',
      'Costs and cut-offs are asked of all customers: state the scenario to ask of the segment, or leave out the segment.',
    );
  }
  const { drivers, rates, report, tiers } = book.insights.profit;
  const before: ProfitSide = { report, rates, tiers };
  const { side: after, profits } = sideAfter(book, before, question);
  const costs = { drivers, rates: after.rates, profits };
  const scenario = question.scenario
    ? play(question.scenario, costs, book, after.tiers.tier, question.segment)
    : null;
  return {
    before,
    after,
    moved: movedBetween(tiers.tier, after.tiers.tier, book.ordering),
    scenario,
    change: { costs: after.report.profit - report.profit, scenario: scenario?.change ?? 0 },
  };
}

function sideAfter(
  book: CustomerBook,
  before: ProfitSide,
  { costs, tiers }: ProfitQuestion,
): { side: ProfitSide; profits: CustomerMoney } {
  const { ordering, money, insights } = book;
  const { drivers } = insights.profit;
  const cutOffs = tiers ?? cutOffsAsBefore(before.tiers);
  if (costs === undefined) {
    const side = tiers === undefined ? before : { ...before, tiers: tiersOf(ordering, money, cutOffs) };
    return { profits: money, side };
  }
  const rates = adjustedRates(drivers, wishesWith(before.rates, costs));
  const profits = moneyOf(drivers, rates, money);
  const report = profitReport(ordering, drivers, rates, profits, before.report.drivers);
  return { profits, side: { report, rates, tiers: tiersOf(ordering, profits, cutOffs) } };
}

/** What the shop has stated in a model, and what is stated now in place of it. */
function wishesWith(rates: CostRates, now: RateWishes): RateWishes {
  const wishes = new Map<string, RateWish>();
  for (const { id, rate, group, basis, isAssumed } of rates.drivers)
    if (!isAssumed) wishes.set(id, { id, rate, group, basis });
  const stated = now.drivers ?? [];
  const ids = stated.map(({ id }) => id);
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice !== undefined)
    throw new PairwellError('bad-input', `The cost driver "${twice}" is stated twice.`);
  for (const wish of stated) wishes.set(wish.id, { ...wishes.get(wish.id), ...wish });
  const shareBefore = rates.isGoodsCostShareAssumed ? undefined : rates.goodsCostShare;
  const lossBefore = rates.isReturnedGoodsLostAssumed ? undefined : rates.returnedGoodsLost;
  return {
    goodsCostShare: now.goodsCostShare ?? shareBefore,
    returnedGoodsLost: now.returnedGoodsLost ?? lossBefore,
    drivers: [...wishes.values()],
  };
}

/** So that nobody changes tier but by what customers cost. */
function cutOffsAsBefore({ report: { cutOffs } }: Tiers): TierOptions {
  const { minRevenue, minProfitRate } = cutOffs;
  return minRevenue === null ? { minProfitRate } : { minRevenue, minProfitRate };
}

function movedBetween(before: Int8Array, after: Int8Array, customers: Int32Array): number[][] {
  const tiers = tierNames.length;
  const counts = new Int32Array(tiers * tiers);
  for (let i = 0; i < customers.length; i++) counts[tiers * before[customers[i]] + after[customers[i]]]++;
  return tierNames.map((_, from) => [...counts.subarray(tiers * from, tiers * (from + 1))]);
}

function play(
  scenario: Scenario,
  costs: { drivers: CustomerDrivers; rates: CostRates; profits: CustomerMoney },
  book: CustomerBook,
  tier: Int8Array,
  segment: SegmentPlace | undefined,
): WhatIf {
  const input: WhatIfInput = { ...costs, customers: segment ? membersOf(book, segment) : book.ordering };
  switch (scenario.kind) {
    case 'fewer-orders':
      return fewerOrders(input, scenario);
    case 'minimum-order':
      return minimumOrder(input, scenario);
    case 'small-order-fee':
      return smallOrderFee(input, scenario);
    case 'fewer-returns':
      return fewerReturns(input, scenario);
    case 'turn-drains':
      if (!segment) return turnDrains(input, { share: scenario.share, tier });
      throw new PairwellError(
        'bad-input',
        'Drains are turned into what all peaks are, so ask of all customers: leave out the segment.',
      );
  }
}

function membersOf(book: CustomerBook, { kind, position }: SegmentPlace): Int32Array {
  const { segmentOf } = book.segmentation(kind);
  return book.ordering.filter((c) => segmentOf[c] === position);
}
