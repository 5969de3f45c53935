import { historyCount } from '../../baskets/basket-histories.ts';
import { offsetsOf } from '../../baskets/offsets.ts';
import { BestOf } from '../../mining/best-of.ts';
import type { NextBasketMethod } from '../method.ts';
import { type CustomerVectors, type DecayOptions, decayedHistories } from './decayed-histories.ts';
import { customerRanker } from './scored-rankers.ts';

export interface TifuKnnOptions extends DecayOptions {
  readonly neighbours: number;
  /** How much the customer's own vector counts, the mean of the neighbours' making up the rest. */
  readonly alpha: number;
}

/** Those of the published figures on Ta-Feng. */
export const tifuKnnDefaults: TifuKnnOptions = {
  neighbours: 300,
  alpha: 0.7,
  groups: 7,
  withinDecay: 0.9,
  groupDecay: 0.7,
};

/** The customers nearest to one, by the Euclidean distance of their vectors. */
class NearestCustomers {
  readonly #vectors: CustomerVectors;
  readonly #postings: { offsets: Int32Array; customers: Int32Array; weights: Float64Array };
  /** By customer: the square of the vector's length. */
  readonly #squares: Float64Array;
  readonly #products: Float64Array;

  constructor(vectors: CustomerVectors, customers: number, itemCount: number) {
    this.#vectors = vectors;
    this.#squares = new Float64Array(customers);
    this.#products = new Float64Array(customers);
    const { offsets, items, weights } = vectors;
    const sizes = new Int32Array(itemCount);
    for (const item of items) sizes[item]++;
    const starts = offsetsOf(sizes);
    const next = starts.slice();
    const postings = {
      offsets: starts,
      customers: new Int32Array(items.length),
      weights: new Float64Array(items.length),
    };
    for (let c = 0; c < customers; c++) {
      for (let i = offsets[c]; i < offsets[c + 1]; i++) {
        this.#squares[c] += weights[i] ** 2;
        const at = next[items[i]]++;
        postings.customers[at] = c;
        postings.weights[at] = weights[i];
      }
    }
    this.#postings = postings;
  }

  /** The `k` nearest others, ties going to the lower number. Customers without anything bought are nobody's neighbours. */
  of(customer: number, k: number): Int32Array {
    const squares = this.#squares;
    const products = this.#products.fill(0);
    const { offsets, items, weights } = this.#vectors;
    const postings = this.#postings;
    for (let i = offsets[customer]; i < offsets[customer + 1]; i++) {
      const weight = weights[i];
      const end = postings.offsets[items[i] + 1];
      for (let at = postings.offsets[items[i]]; at < end; at++)
        products[postings.customers[at]] += weight * postings.weights[at];
    }
    // The square of the distance, but for the customer's own part, which is the same for all.
    for (let c = 0; c < products.length; c++) products[c] = squares[c] - 2 * products[c];
    const nearest = new BestOf(k, (a, b) => products[a] - products[b] || a - b);
    for (let c = 0; c < products.length; c++) if (c !== customer && squares[c] > 0) nearest.offer(c);
    return nearest.sorted();
  }
}

/**
 * TIFU-KNN: what the customer bought, the later the more, mixed with the same of the customers nearest to them (Hu, He, Gao and
 * Zhang, SIGIR 2020). Popularity behind.
 */
export const tifuKnn = (options: TifuKnnOptions = tifuKnnDefaults): NextBasketMethod => ({
  name: 'tifuknn',
  prepare(past) {
    const { histories } = past;
    const vectors = decayedHistories(histories, options);
    const nearest = new NearestCustomers(vectors, historyCount(histories), histories.itemCount);
    const { neighbours: k, alpha } = options;
    const { offsets, items, weights } = vectors;
    // The list of all items and the one of new items are asked for one after the other.
    let known: { customer: number; neighbours: Int32Array } = { customer: -1, neighbours: new Int32Array(0) };
    return customerRanker(past, (customer, board) => {
      if (known.customer !== customer) known = { customer, neighbours: nearest.of(customer, k) };
      const add = (one: number, share: number): void => {
        for (let i = offsets[one]; i < offsets[one + 1]; i++) board.add(items[i], share * weights[i]);
      };
      add(customer, alpha);
      for (const one of known.neighbours) add(one, (1 - alpha) / known.neighbours.length);
    });
  },
});
