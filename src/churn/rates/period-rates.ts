import { binomialInterval } from '../../stats/binomial-interval.ts';
import { type Cause, causes } from './farewells.ts';
import type { Figure, Tally } from './tally.ts';

/** A share with its confidence interval (Wilson); null where there is nothing that it could be of. */
export type Share = { readonly share: number; readonly low: number; readonly high: number } | null;

/** Customers of a period, and what became of them: `start` + `gained` + `returned` − `lost` = `end`. */
export interface CustomerFlow {
  /** In the evening before the first day. */
  readonly start: number;
  /** First orders, or contracts. */
  readonly gained: number;
  /** Comings back of those who had left. */
  readonly returned: number;
  /** Leavings of anybody, also of those who came in the period, each counted. */
  readonly lost: number;
  readonly end: number;
  /** Those of the start who are no customers at the end. */
  readonly lostOfStart: number;
  /** Those of the start who left, and are customers again at the end. */
  readonly backByEnd: number;
}

/**
 * Money of the customers of the start whose amount is known then and at the end: what contracts bring in a month, else net revenue of
 * the window of days before. `start` − `lost` − `downgrades` + `upgrades` is what the same customers bring at the end.
 */
export interface RevenueFlow {
  readonly start: number;
  /** What those brought who are no customers at the end. */
  readonly lost: number;
  /** By how much less those bring who stayed and bring less, or who are back. */
  readonly downgrades: number;
  readonly upgrades: number;
  /**
   * The part of `upgrades` of customers who came within the window before the period: theirs was not full yet, so that some of it grew
   * without anybody's buying more. 0 with contracts.
   */
  readonly upgradesOfYoung: number;
  /** Customers of the start who are left out of all of this, since an amount is not known. */
  readonly withoutAmount: number;
  /**
   * (lost + downgrades) / start, (lost + downgrades − upgrades) / start and 1 less that: as ChurnZero's Churnopedia ("Net Revenue
   * Retention") and Baremetrics ("Net Revenue Retention") have it, without new and without returning customers. Null without revenue at
   * the start.
   */
  readonly grossChurn: number | null;
  readonly netChurn: number | null;
  readonly netRetention: number | null;
}

export interface PeriodRates {
  readonly customers: CustomerFlow;
  /**
   * `lostOfStart` / `start`; new customers are in neither. Retention is the rest: customers kept of those who could be lost (Farris,
   * Bendle, Pfeifer and Reibstein, Marketing Metrics, 2nd edition, 2010, section 5.1).
   */
  readonly churn: Share;
  readonly retention: Share;
  /** (`lost` − `gained` − `returned`) / `start`: by how much the number of customers shrank, below 0 where it grew. */
  readonly netChurn: number | null;
  /** Of `lostOfStart`: whose doing it was. The shares are of `start` and add up to `churn`. */
  readonly causes: Readonly<Record<Cause, { readonly lost: number; readonly churn: number | null }>>;
  /** Null where the window before the period begins before the data do. */
  readonly revenue: RevenueFlow | null;
}

/** All complete periods together in which somebody could leave, each customer counted in each. */
export interface PooledChurn {
  readonly periods: number;
  /** Customers at the start of each, summed up. */
  readonly atRisk: number;
  readonly lost: number;
  readonly churn: Share;
}

export interface RateOptions {
  /** Confidence of the intervals. Default 0.95. */
  readonly level?: number;
}

/** @throws PairwellError `bad-input` for a level that is not between 0 and 1 */
export function shareOf(part: number, whole: number, { level = 0.95 }: RateOptions = {}): Share {
  const interval = binomialInterval(part, whole, level, 'wilson');
  return whole === 0 ? null : { share: part / whole, ...interval };
}

/**
 * The rates of one period of one group.
 *
 * @param cell of the tally
 * @param hasMoney whether what customers brought before is known
 */
export function ratesAt(
  tally: Tally,
  cell: number,
  hasMoney: boolean,
  options: RateOptions = {},
): PeriodRates {
  const at = (figure: Figure): number => tally[figure][cell];
  const customers: CustomerFlow = {
    start: at('start'),
    gained: at('gained'),
    returned: at('returned'),
    lost: at('lost'),
    end: at('end'),
    lostOfStart: at('lostOfStart'),
    backByEnd: at('backByEnd'),
  };
  const { start, gained, returned, lost, lostOfStart } = customers;
  const ofStart = (count: number): number | null => (start > 0 ? count / start : null);
  const byCause = causes.map((cause) => [cause, { lost: at(cause), churn: ofStart(at(cause)) }]);
  return {
    customers,
    churn: shareOf(lostOfStart, start, options),
    retention: shareOf(start - lostOfStart, start, options),
    netChurn: ofStart(lost - gained - returned),
    causes: Object.fromEntries(byCause) as PeriodRates['causes'],
    revenue: hasMoney ? revenueAt(at) : null,
  };
}

function revenueAt(at: (figure: Figure) => number): RevenueFlow {
  const [start, lost, downgrades, upgrades] = [
    at('money'),
    at('moneyLost'),
    at('downgrades'),
    at('upgrades'),
  ];
  const ofStart = (money: number): number | null => (start > 0 ? money / start : null);
  return {
    start,
    lost,
    downgrades,
    upgrades,
    upgradesOfYoung: at('upgradesOfYoung'),
    withoutAmount: at('withoutAmount'),
    grossChurn: ofStart(lost + downgrades),
    netChurn: ofStart(lost + downgrades - upgrades),
    netRetention: ofStart(start - lost - downgrades + upgrades),
  };
}

/**
 * @param periods whether they are over, and somebody could have left by their first day
 * @param rates by period
 */
export function pooledChurn(
  periods: readonly { readonly isComplete: boolean; readonly isSettled: boolean }[],
  rates: readonly PeriodRates[],
  options: RateOptions = {},
): PooledChurn {
  let [count, atRisk, lost] = [0, 0, 0];
  periods.forEach(({ isComplete, isSettled }, p) => {
    const { start, lostOfStart } = rates[p].customers;
    if (!isComplete || !isSettled || start === 0) return;
    count++;
    atRisk += start;
    lost += lostOfStart;
  });
  return { periods: count, atRisk, lost, churn: shareOf(lost, atRisk, options) };
}
