import { PairwellError } from '../../errors.ts';
import { shareOf } from '../value-deciles.ts';

/**
 * What a customer is to the profit of the shop, after Jonathan Byrnes (Islands of Profit in a Sea of Red Ink, 2010): large
 * with a high net profit, large with a low or negative one, or small.
 */
export const tierNames = ['peak', 'drain', 'desert'] as const;
export type TierName = (typeof tierNames)[number];

export interface TierOptions {
  /** Large are the customers who, from the largest down, bring this share of the revenue together: 0 < share ≤ 1. Default 0.8. */
  readonly largeRevenueShare?: number;
  /** Instead: large is who brought this much, money > 0. */
  readonly minRevenue?: number;
  /**
   * A large customer is a peak from this net profit on, as a share of its revenue, and else a drain. Default: half of
   * what all customers together make, and at least 0.
   */
  readonly minProfitRate?: number;
}

export interface TierCutOffs {
  /** Money; null where nobody is large. */
  readonly minRevenue: number | null;
  readonly minProfitRate: number;
  /** Both in words. */
  readonly definition: string;
}

export interface TierRow {
  readonly tier: TierName;
  readonly customers: number;
  /** Of all customers with an order. Null where there are none. */
  readonly customerShare: number | null;
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

export interface TierInput {
  readonly revenue: Float64Array;
  readonly profit: Float64Array;
  readonly goodsCost: Float64Array;
  readonly assumedGoodsCost: Float64Array;
}

/**
 * Each customer with an order is in exactly one tier.
 *
 * @param customers the numbers of those with an order
 * @throws PairwellError `bad-input` for a cut-off out of its range
 */
export function tiersOf(customers: Int32Array, input: TierInput, options: TierOptions = {}): Tiers {
  checkOptions(options);
  const { revenue, profit } = input;
  const sum = (values: Float64Array): number => customers.reduce((total, c) => total + values[c], 0);
  const [allRevenue, allProfit] = [sum(revenue), sum(profit)];
  const { largeRevenueShare = 0.8 } = options;
  const ordered = Float64Array.from(customers, (c) => revenue[c]).sort();
  const minRevenue = options.minRevenue ?? revenueOfLeastLarge(ordered, largeRevenueShare * allRevenue);
  const usual = allRevenue > 0 ? Math.max(0, allProfit / allRevenue / 2) : 0;
  const minProfitRate = options.minProfitRate ?? usual;

  const tier = new Int8Array(revenue.length).fill(-1);
  for (const c of customers) {
    const isLarge = minRevenue !== null && revenue[c] >= minRevenue;
    tier[c] = !isLarge ? 2 : profit[c] >= minProfitRate * revenue[c] ? 0 : 1;
  }
  const rows = tierNames.map((name, t) =>
    rowOf(
      name,
      customers.filter((c) => tier[c] === t),
      customers,
      input,
    ),
  );
  const cutOffs = { minRevenue, minProfitRate, definition: definitionOf(minRevenue, minProfitRate, options) };
  const code = customers.length === 0 ? 'no-customers' : minRevenue === null ? 'no-revenue' : null;
  return { tier, report: { cutOffs, rows, sentences: rows.flatMap(sentenceOf), code } };
}

/** The revenue of the last of the largest customers that it takes to bring `wanted`; null where that is nothing. */
function revenueOfLeastLarge(ascending: Float64Array, wanted: number): number | null {
  if (!(wanted > 0)) return null;
  let total = 0;
  let at = ascending.length;
  // Rounding must not ask for one customer more.
  while (at > 0 && ascending[at - 1] > 0 && total < wanted * (1 - 1e-12)) total += ascending[--at];
  return ascending[at];
}

function rowOf(
  tier: TierName,
  members: Int32Array,
  customers: Int32Array,
  { revenue, profit, goodsCost, assumedGoodsCost }: TierInput,
): TierRow {
  const sum = (values: Float64Array, of = members): number => of.reduce((total, c) => total + values[c], 0);
  return {
    tier,
    customers: members.length,
    customerShare: shareOf(members.length, customers.length),
    revenue: sum(revenue),
    revenueShare: shareOf(sum(revenue), sum(revenue, customers)),
    profit: sum(profit),
    profitShare: shareOf(sum(profit), sum(profit, customers)),
    profitRate: shareOf(sum(profit), sum(revenue)),
    assumedGoodsShare: assumedShareOf(sum(assumedGoodsCost), sum(goodsCost)),
  };
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
      ? `Large are the customers who bring ${percent(largeRevenueShare)} of the revenue together`
      : 'Large are the customers';
  const from = minRevenue === null ? '' : `, from a revenue of ${money(minRevenue)} on`;
  return (
    `${who}${from}: peaks where the net profit is at least ${percent(minProfitRate)} of the revenue, drains where it is ` +
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

function checkOptions({ largeRevenueShare = 0.8, minRevenue = 1, minProfitRate = 0 }: TierOptions): void {
  const isShare = largeRevenueShare > 0 && largeRevenueShare <= 1;
  if (isShare && minRevenue > 0 && Number.isFinite(minRevenue) && Number.isFinite(minProfitRate)) return;
  throw new PairwellError(
    'bad-input',
    'Tiers want a share of revenue above 0 and up to 1, a revenue above 0 and a finite rate of profit.',
    {
      largeRevenueShare: String(largeRevenueShare),
      minRevenue: String(minRevenue),
      minProfitRate: String(minProfitRate),
    },
  );
}
