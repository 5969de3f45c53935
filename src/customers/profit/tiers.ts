import { PairwellError } from '../../errors.ts';
import { shareOf } from '../value-deciles.ts';
import { leastLarge } from './least-large.ts';
import type { CustomerMoney } from './profit.ts';

/**
 * What a customer is to the profit of the shop, after Jonathan Byrnes (Islands of Profit in a Sea of Red Ink, 2010): large
 * with a high net profit, large with a low or negative one, or small. Size is the revenue before returns: who buys much and
 * sends it back is large, and costs what large customers cost.
 */
export const tierNames = ['peak', 'drain', 'desert'] as const;
export type TierName = (typeof tierNames)[number];

export interface TierOptions {
  /**
   * Large are the customers who, from the largest down, bring this share of the revenue before returns together: 0 < share ≤ 1.
   * Default 0.8.
   */
  readonly largeRevenueShare?: number | undefined;
  /** Instead: large is who brought this much before returns, money > 0. */
  readonly minRevenue?: number | undefined;
  /**
   * A large customer is a peak from this net profit on, as a share of its revenue before returns, and else a drain. Default: half
   * of what all customers together make, and at least 0.
   */
  readonly minProfitRate?: number | undefined;
}

export interface TierCutOffs {
  /** Money, before returns; null where nobody is large. */
  readonly minRevenue: number | null;
  /** Of the revenue before returns. */
  readonly minProfitRate: number;
  /** Both in words. */
  readonly definition: string;
}

export interface TierRow {
  readonly tier: TierName;
  readonly customers: number;
  /** Of all customers with an order. Null where there are none. */
  readonly customerShare: number | null;
  /** The revenue before returns, which makes them large or small. */
  readonly spent: number;
  readonly spentShare: number | null;
  readonly revenue: number;
  /** Of the total; null where that is not above 0, as all shares here. */
  readonly revenueShare: number | null;
  readonly profit: number;
  /** Below 0 for a loss; above 1 where others lose money. */
  readonly profitShare: number | null;
  /** Profit over revenue; null without revenue. */
  readonly profitRate: number | null;
  /** Of what the goods cost, the part that is assumed, 0 … 1; null without any. */
  readonly assumedGoodsShare: number | null;
}

export interface TierReport {
  readonly cutOffs: TierCutOffs;
  readonly rows: readonly TierRow[];
  /** "18 % of the customers (peaks) made 140 % of the profit." and the like. */
  readonly sentences: readonly string[];
  /** Why there are neither peaks nor drains, if so. */
  readonly code: 'no-customers' | 'no-revenue' | null;
}

export interface Tiers {
  /** By customer: the position in {@link tierNames}; −1 without an order. */
  readonly tier: Int8Array;
  readonly report: TierReport;
}

export type TierInput = Omit<CustomerMoney, 'costToServe'>;

/** What a row is made from, in the order of the sums of a tier. */
const columns = ['customers', 'spent', 'revenue', 'profit', 'goodsCost', 'assumedGoodsCost'] as const;
type Sums = Readonly<Record<(typeof columns)[number], number>>;

/**
 * Each customer with an order is in exactly one tier. Takes a few passes over the customers.
 *
 * @param customers the numbers of those with an order
 * @throws PairwellError `bad-input` for a cut-off out of its range, and for two that say where large begins
 */
export function tiersOf(customers: Int32Array, input: TierInput, options: TierOptions = {}): Tiers {
  checkOptions(options);
  const { spent, profit } = input;
  const { minRevenue, minProfitRate } = boundsOf(customers, input, options);
  const tier = new Int8Array(spent.length).fill(-1);
  const largeFrom = minRevenue ?? Number.POSITIVE_INFINITY;
  for (let i = 0; i < customers.length; i++) {
    const c = customers[i];
    tier[c] = spent[c] < largeFrom ? 2 : profit[c] >= minProfitRate * spent[c] ? 0 : 1;
  }
  const rows = rowsOf(sumsByTier(customers, tier, input));
  const cutOffs = { minRevenue, minProfitRate, definition: definitionOf(minRevenue, minProfitRate, options) };
  const code = customers.length === 0 ? 'no-customers' : minRevenue === null ? 'no-revenue' : null;
  return { tier, report: { cutOffs, rows, sentences: rows.flatMap(sentenceOf), code } };
}

/** The cut-offs as stated, and by the customers where they are not. */
function boundsOf(
  customers: Int32Array,
  { spent, profit }: TierInput,
  { largeRevenueShare = 0.8, minRevenue, minProfitRate }: TierOptions,
): Pick<TierCutOffs, 'minRevenue' | 'minProfitRate'> {
  if (minRevenue !== undefined && minProfitRate !== undefined) return { minRevenue, minProfitRate };
  let [allSpent, allProfit] = [0, 0];
  for (let i = 0; i < customers.length; i++) {
    allSpent += spent[customers[i]];
    allProfit += profit[customers[i]];
  }
  const hasSpent = allSpent > 0;
  return {
    minRevenue: minRevenue ?? (hasSpent ? leastLarge(customers, spent, largeRevenueShare * allSpent) : null),
    minProfitRate: minProfitRate ?? (hasSpent ? Math.max(0, allProfit / allSpent / 2) : 0),
  };
}

/** Of all customers of each tier. */
function sumsByTier(customers: Int32Array, tier: Int8Array, input: TierInput): Sums[] {
  const { spent, revenue, profit, goodsCost, assumedGoodsCost } = input;
  const sums = tierNames.map(() => new Float64Array(columns.length));
  for (let i = 0; i < customers.length; i++) {
    const c = customers[i];
    const sum = sums[tier[c]];
    sum[0]++;
    sum[1] += spent[c];
    sum[2] += revenue[c];
    sum[3] += profit[c];
    sum[4] += goodsCost[c];
    sum[5] += assumedGoodsCost[c];
  }
  return sums.map((sum) => Object.fromEntries(columns.map((name, at) => [name, sum[at]])) as Sums);
}

function rowsOf(sums: readonly Sums[]): TierRow[] {
  const total = (name: keyof Sums): number => sums.reduce((sum, tier) => sum + tier[name], 0);
  return sums.map(({ customers, spent, revenue, profit, goodsCost, assumedGoodsCost }, at) => ({
    tier: tierNames[at],
    customers,
    customerShare: shareOf(customers, total('customers')),
    spent,
    spentShare: shareOf(spent, total('spent')),
    revenue,
    revenueShare: shareOf(revenue, total('revenue')),
    profit,
    profitShare: shareOf(profit, total('profit')),
    profitRate: shareOf(profit, revenue),
    assumedGoodsShare: assumedShareOf(assumedGoodsCost, goodsCost),
  }));
}

/** Of what goods cost, the part that is assumed: null where they cost nothing. */
export function assumedShareOf(assumed: number, goodsCost: number): number | null {
  // Returns of the one kind may outweigh what was bought of it.
  return goodsCost > 0 ? Math.min(1, Math.max(0, assumed / goodsCost)) : null;
}

function definitionOf(
  minRevenue: number | null,
  minProfitRate: number,
  { minRevenue: given, largeRevenueShare = 0.8 }: TierOptions,
): string {
  const who =
    given === undefined
      ? `Large are the customers who bring ${percent(largeRevenueShare)} of the revenue before returns together`
      : 'Large are the customers';
  const from = minRevenue === null ? '' : `, from ${money(minRevenue)} of revenue before returns on`;
  return (
    `${who}${from}: peaks where the net profit is at least ${percent(minProfitRate)} of that revenue, drains where it is ` +
    'less. All others are deserts.'
  );
}

function sentenceOf({ tier, customers, customerShare, profitShare }: TierRow): string[] {
  if (customers === 0 || customerShare === null || profitShare === null) return [];
  const who = `${percent(customerShare)} of the customers (${tier}s)`;
  return [
    profitShare < 0
      ? `${who} consumed ${percent(-profitShare)} of the profit.`
      : `${who} made ${percent(profitShare)} of the profit.`,
  ];
}

const percent = (share: number): string => `${Number((100 * share).toPrecision(3))} %`;
const money = (amount: number): string => amount.toLocaleString('en', { maximumFractionDigits: 2 });

function checkOptions({ largeRevenueShare, minRevenue, minProfitRate = 0 }: TierOptions): void {
  const stated = {
    largeRevenueShare: String(largeRevenueShare),
    minRevenue: String(minRevenue),
    minProfitRate: String(minProfitRate),
  };
  if (largeRevenueShare !== undefined && minRevenue !== undefined) {
    const message =
      '"largeRevenueShare" and "minRevenue" both say where large customers begin: state one and leave out the other.';
    throw new PairwellError('bad-input', message, stated);
  }
  const share = largeRevenueShare ?? 1;
  const least = minRevenue ?? 1;
  if (share > 0 && share <= 1 && least > 0 && Number.isFinite(least) && Number.isFinite(minProfitRate))
    return;
  const message =
    'Tiers want a share of revenue above 0 and up to 1, a revenue above 0 and a finite rate of profit.';
  throw new PairwellError('bad-input', message, stated);
}
