import { unservable } from '../offers/catalogue.ts';
import type { BundleCandidate, Costing } from '../rules/bundles.ts';
import type { LiveShop } from '../serving/live-shop.ts';
import type { RuleBook } from '../serving/rule-book.ts';

export interface SellableCandidates {
  readonly candidates: readonly BundleCandidate[];
  /** Of all items that candidates have. */
  readonly costing: Costing;
  readonly leftOut: {
    /** Candidates with a product that cannot be sold now. */
    readonly notOnSale: number;
    /** Of the others, those with a product without a price or a cost. */
    readonly withoutPriceOrCost: number;
  };
}

/** The candidates of a model that can be sold now, at the prices and costs of now. */
export function sellableCandidates(
  { itemCodes, insights }: Pick<RuleBook, 'itemCodes' | 'insights'>,
  shop: LiveShop,
): SellableCandidates {
  const prices = new Float64Array(itemCodes.size).fill(Number.NaN);
  const costs = new Float64Array(itemCodes.size).fill(Number.NaN);
  const onSale = new Uint8Array(itemCodes.size);
  const { offsets, items, together, without } = insights.bundles;
  for (const item of new Set(items)) {
    const product = shop.product(itemCodes.get(item));
    if (!product || unservable(product)) continue;
    onSale[item] = 1;
    prices[item] = product.price ?? Number.NaN;
    costs[item] = product.cost ?? Number.NaN;
  }
  const candidates: BundleCandidate[] = [];
  let notOnSale = 0;
  let withoutPriceOrCost = 0;
  for (let set = 0; set < together.length; set++) {
    const [from, to] = [offsets[set], offsets[set + 1]];
    const own = Array.from(items.subarray(from, to));
    if (own.some((item) => onSale[item] === 0)) notOnSale++;
    else if (own.some((item) => Number.isNaN(prices[item] + costs[item]))) withoutPriceOrCost++;
    else
      candidates.push({
        items: own,
        together: together[set],
        without: Array.from(without.subarray(from, to)),
      });
  }
  return { candidates, costing: { prices, costs }, leftOut: { notOnSale, withoutPriceOrCost } };
}
