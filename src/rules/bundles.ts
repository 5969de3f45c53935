import { PairwellError } from '../errors.ts';

/** A set of products that might be sold together. */
export interface BundleCandidate {
  /** Item ids, ascending, two or more. */
  readonly items: readonly number[];
  /** Transactions that hold all of them. */
  readonly together: number;
  /** By position in `items`: transactions that hold all of them but this one. */
  readonly without: readonly number[];
}

/** What the shop supposes of how customers answer to a bundle: no order history tells it. */
export interface BundleAssumptions {
  /**
   * Of the baskets that hold all items but one, the share that takes the missing one too because the bundle is offered, without
   * a discount. Default .03.
   */
  readonly acceptance: number;
  /** By how many per cent acceptance grows with each per cent of discount. Default 5. */
  readonly elasticity: number;
  /** The least margin of a bundle, as a share of its price. Default .1. */
  readonly leastMargin: number;
  /** The largest discount, as a share of the joint price. Default .3. */
  readonly largestDiscount: number;
  /** Of two bundles that share more than this share of their items, one is left out. Default .5. */
  readonly overlap: number;
}

export const defaultAssumptions: BundleAssumptions = {
  acceptance: 0.03,
  elasticity: 5,
  leastMargin: 0.1,
  largestDiscount: 0.3,
  overlap: 0.5,
};

/** Prices and costs by item id, in the shop's money; NaN where not known. */
export interface Costing {
  readonly prices: ArrayLike<number>;
  readonly costs: ArrayLike<number>;
}

export interface Bundle extends BundleCandidate {
  /** The sum of the items' prices, and of their prices less their costs. */
  readonly price: number;
  readonly margin: number;
  /** The discount, as a share of the price, that is expected to earn most, and what the bundle then costs. */
  readonly discount: number;
  readonly bundlePrice: number;
  /** The margin left, as a share of `bundlePrice`. */
  readonly marginLeft: number;
  /** Profit beyond today's, per thousand transactions: of baskets completed, less the discount to those complete anyway. */
  readonly extraProfit: number;
}

/** Discounts are tried in such steps. */
const steps = 100;

/**
 * The bundles worth offering, by expected extra profit, overlapping ones removed. The figures rest on `assumptions`: state them
 * beside the figures.
 *
 * @param candidates sets that are productive, and whose items are complements: this is not looked at here
 * @param transactionCount how many transactions the counts are of
 * @throws PairwellError `bad-input` for impossible assumptions
 */
export function bundlesOf(
  candidates: Iterable<BundleCandidate>,
  transactionCount: number,
  costing: Costing,
  assumptions: Partial<BundleAssumptions> = {},
): Bundle[] {
  const assumed = checked({ ...defaultAssumptions, ...assumptions });
  const worthIt: Bundle[] = [];
  for (const candidate of candidates) {
    const bundle = priced(candidate, transactionCount, costing, assumed);
    if (bundle && bundle.extraProfit > 0) worthIt.push(bundle);
  }
  worthIt.sort((a, b) => b.extraProfit - a.extraProfit || byItems(a.items, b.items));
  const kept: Bundle[] = [];
  for (const bundle of worthIt) {
    if (!kept.some(({ items }) => shared(items, bundle.items) > assumed.overlap)) kept.push(bundle);
  }
  return kept;
}

/** The bundle at its best discount; undefined where a price or cost is missing, or no discount leaves margin enough. */
function priced(
  candidate: BundleCandidate,
  transactionCount: number,
  { prices, costs }: Costing,
  { acceptance, elasticity, leastMargin, largestDiscount }: BundleAssumptions,
): Bundle | undefined {
  const { items, together, without } = candidate;
  const price = items.reduce((sum, item) => sum + prices[item], 0);
  const cost = items.reduce((sum, item) => sum + costs[item], 0);
  if (!(price > 0) || !(cost >= 0)) return undefined;
  let best: Bundle | undefined;
  for (let step = 0; step <= steps; step++) {
    const discount = (largestDiscount * step) / steps;
    const bundlePrice = price * (1 - discount);
    const marginLeft = (bundlePrice - cost) / bundlePrice;
    if (!(marginLeft >= leastMargin)) break;
    const accepting = Math.min(1, acceptance * (1 + elasticity * discount));
    let extra = -together * price * discount;
    items.forEach((item, i) => {
      // Baskets that hold the others and not this one; they get the discount on the whole.
      const missing = without[i] - together;
      extra += missing * accepting * (prices[item] - costs[item] - price * discount);
    });
    const extraProfit = (1000 * extra) / transactionCount;
    if (best && best.extraProfit >= extraProfit) continue;
    best = { ...candidate, price, margin: price - cost, discount, bundlePrice, marginLeft, extraProfit };
  }
  return best;
}

/** The share of the smaller set's items that both have. */
function shared(a: readonly number[], b: readonly number[]): number {
  const both = a.filter((item) => b.includes(item)).length;
  return both / Math.min(a.length, b.length);
}

function byItems(a: readonly number[], b: readonly number[]): number {
  const differing = a.findIndex((item, i) => item !== b[i]);
  return differing < 0 ? a.length - b.length : a[differing] - (b[differing] ?? -1);
}

function checked(assumptions: BundleAssumptions): BundleAssumptions {
  const share = (name: keyof BundleAssumptions, most: number): void => {
    const value = assumptions[name];
    if (value >= 0 && value <= most) return;
    throw new PairwellError(
      'bad-input',
      `The ${name} of bundles must lie between 0 and ${most}, not at ${value}.`,
    );
  };
  share('acceptance', 1);
  share('elasticity', 1000);
  share('leastMargin', 1);
  share('largestDiscount', 1);
  share('overlap', 1);
  return assumptions;
}
