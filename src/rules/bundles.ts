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
  return withoutOverlap(worthIt, assumed.overlap);
}

/** Those that share no more than `most` of the smaller set's items with any before them that stays. */
function withoutOverlap(bundles: readonly Bundle[], most: number): Bundle[] {
  const kept: Bundle[] = [];
  /** By item: the bundles of `kept` that have it. All others share nothing. */
  const having = new Map<number, number[]>();
  /** By bundle of `kept`: how many items it has, and shares with the one that is looked at. */
  const sizes = new Int32Array(bundles.length);
  const shared = new Int32Array(bundles.length);
  for (const bundle of bundles) {
    const lists = bundle.items.map((item) => having.get(item) ?? []);
    const size = bundle.items.length;
    const overlaps = lists.some((list) =>
      list.some((other) => ++shared[other] > most * Math.min(size, sizes[other])),
    );
    for (const list of lists) for (const other of list) shared[other] = 0;
    if (overlaps) continue;
    bundle.items.forEach((item, i) => {
      lists[i].push(kept.length);
      having.set(item, lists[i]);
    });
    sizes[kept.length] = size;
    kept.push(bundle);
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
  // Baskets that hold all but one item, and what they would add if each took it at its full price.
  const incomplete = without.reduce((sum, count) => sum + count - together, 0);
  const added = items.reduce(
    (sum, item, i) => sum + (without[i] - together) * (prices[item] - costs[item]),
    0,
  );
  let discount = Number.NaN;
  let extra = Number.NEGATIVE_INFINITY;
  for (let step = 0; step <= steps; step++) {
    const tried = (largestDiscount * step) / steps;
    if (!(marginAfter(tried, price, cost) >= leastMargin)) break;
    const accepting = Math.min(1, acceptance * (1 + elasticity * tried));
    // Who completes the bundle, and who would have bought it whole anyway, gets the discount on all of it.
    const earned = accepting * (added - incomplete * price * tried) - together * price * tried;
    // It rises to one peak: concave while acceptance grows, and falling once all accept.
    if (earned < extra) break;
    if (earned > extra) {
      discount = tried;
      extra = earned;
    }
  }
  if (Number.isNaN(discount)) return undefined;
  return {
    items,
    together,
    without,
    price,
    margin: price - cost,
    discount,
    bundlePrice: price * (1 - discount),
    marginLeft: marginAfter(discount, price, cost),
    extraProfit: (1000 * extra) / transactionCount,
  };
}

/** As a share of the price after the discount. */
function marginAfter(discount: number, price: number, cost: number): number {
  const paid = price * (1 - discount);
  return (paid - cost) / paid;
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
