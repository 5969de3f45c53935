import { adjustedRates, type RateWish, type RateWishes } from '../customers/profit/adjusted-rates.ts';
import { defaultRates } from '../customers/profit/default-rates.ts';
import type { CustomerDrivers } from '../customers/profit/drivers.ts';
import { type CustomerProfits, profitOf } from '../customers/profit/profit.ts';
import { type ProfitReport, profitReport } from '../customers/profit/profit-report.ts';
import type { CostRates } from '../customers/profit/rates.ts';
import { type TierOptions, type Tiers, tierNames, tiersOf } from '../customers/profit/tiers.ts';
import {
  fewerOrders,
  fewerReturns,
  minimumOrder,
  smallOrderFee,
  turnDrains,
  type WhatIf,
  type WhatIfInput,
} from '../customers/profit/what-if.ts';
import { PairwellError } from '../errors.ts';
import type { CustomerBook, SegmentPlace } from './customer-book.ts';

/** What would be done; see the functions of these names. */
export type Scenario =
  | {
      readonly kind: 'fewer-orders' | 'minimum-order';
      readonly under: number;
      readonly accepted?: number | undefined;
    }
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
  /** In place of the model's cut-offs, which stay as they came out there. */
  readonly tiers?: TierOptions | undefined;
  readonly scenario?: Scenario | undefined;
  /** Whom the scenario is asked of; all customers with an order without it. */
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
}

/**
 * What would be if costs, cut-offs or customers were others. Nothing is kept.
 *
 * @throws PairwellError `bad-input` for costs and cut-offs that cannot be, a bound that orders were not counted by, and drains that
 *   are to be turned in a segment alone
 */
export function answerProfitQuestion(book: CustomerBook, question: ProfitQuestion): ProfitAnswer {
  const { drivers, rates, report, tiers } = book.insights.profit;
  const before: ProfitSide = { report, rates, tiers };
  const { side: after, profits } = sideAfter(book, before, question);
  return {
    before,
    after,
    moved: movedBetween(tiers.tier, after.tiers.tier, book.ordering),
    scenario: question.scenario
      ? play(
          question.scenario,
          { drivers, rates: after.rates, profits },
          book,
          after.tiers.tier,
          question.segment,
        )
      : null,
  };
}

function sideAfter(
  book: CustomerBook,
  before: ProfitSide,
  { costs, tiers }: ProfitQuestion,
): { side: ProfitSide; profits: CustomerProfits } {
  const { ordering, money, insights } = book;
  const { drivers } = insights.profit;
  const cutOffs = tiers ?? cutOffsAsBefore(before.tiers);
  if (costs === undefined) {
    // What each driver cost is in the report already, and no scenario asks for it.
    const profits = { ...money, costs: [] };
    return {
      profits,
      side: tiers === undefined ? before : { ...before, tiers: tiersOf(ordering, profits, cutOffs) },
    };
  }
  const rates = adjustedRates(drivers, wishesWith(before.rates, drivers, costs));
  const profits = profitOf(drivers, rates);
  const report = profitReport(ordering, drivers, rates, profits);
  return { profits, side: { report, rates, tiers: tiersOf(ordering, profits, cutOffs) } };
}

/** What the shop has stated in a model, and what is stated now in place of it. */
function wishesWith(rates: CostRates, drivers: CustomerDrivers, now: RateWishes): RateWishes {
  const assumed = defaultRates(drivers);
  const wishes = new Map<string, RateWish>();
  for (const { id, rate, group, basis, isAssumed } of rates.drivers)
    if (!isAssumed) wishes.set(id, { id, rate, group, basis });
  const stated = now.drivers ?? [];
  const ids = stated.map(({ id }) => id);
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice !== undefined)
    throw new PairwellError('bad-input', `The cost driver "${twice}" is stated twice.`);
  for (const wish of stated) wishes.set(wish.id, { ...wishes.get(wish.id), ...wish });
  const shareStated = rates.goodsCostReason !== assumed.goodsCostReason;
  const lossStated = rates.returnedGoodsReason !== assumed.returnedGoodsReason;
  return {
    goodsCostShare: now.goodsCostShare ?? (shareStated ? rates.goodsCostShare : undefined),
    returnedGoodsLost: now.returnedGoodsLost ?? (lossStated ? rates.returnedGoodsLost : undefined),
    drivers: [...wishes.values()],
  };
}

/** So that nobody changes tier but by what customers cost. */
function cutOffsAsBefore({ report: { cutOffs } }: Tiers): TierOptions {
  const { minRevenue, minProfitRate } = cutOffs;
  return minRevenue === null ? { minProfitRate } : { minRevenue, minProfitRate };
}

function movedBetween(before: Int8Array, after: Int8Array, customers: Int32Array): number[][] {
  const moved = tierNames.map(() => tierNames.map(() => 0));
  for (const c of customers) moved[before[c]][after[c]]++;
  return moved;
}

function play(
  scenario: Scenario,
  costs: { drivers: CustomerDrivers; rates: CostRates; profits: CustomerProfits },
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
