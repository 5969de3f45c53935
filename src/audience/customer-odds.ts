import type { ItemProbabilities } from '../ranking/item-probabilities.ts';

/** How likely customers buy something, a few customers at a time. */
export interface CustomerOdds {
  /** Customers by number, those of whom nothing is known included. */
  readonly customers: number;
  /** Writes those of the customers `from … to - 1` to the beginning of `out`; NaN where no basket of the customer is known. */
  fill(from: number, to: number, out: Float64Array): void;
}

/**
 * The weighted mean of a customer's probabilities of several items.
 *
 * @param weights of the items, in their order; their sum is 1
 */
export function learntOdds(items: ItemProbabilities, weights: Float64Array): CustomerOdds {
  const width = weights.length;
  let each = new Float64Array(0);
  return {
    customers: items.customers,
    fill(from, to, out) {
      if (each.length < (to - from) * width) each = new Float64Array((to - from) * width);
      items.fill(from, to, each);
      for (let c = 0; c < to - from; c++) {
        let mean = 0;
        for (let n = 0; n < width; n++) mean += weights[n] * each[c * width + n];
        out[c] = mean;
      }
    },
  };
}
