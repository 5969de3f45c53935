import type { Literal } from './expression.ts';
import type { Membership } from './membership.ts';

/**
 * What is known of the degrees z of an AND of two parts, over the customers.
 *
 * @param sum Σ z
 * @param squares Σ z²
 * @param target Σ z × target
 * @param against Σ z × what the sums are held against
 */
export type EachAnd<First> = (
  first: First,
  literal: Literal,
  sum: number,
  squares: number,
  target: number,
  against: number,
) => void;

/**
 * The sums of the ANDs of all pairs of literals, 4 for each pair of sets, in the time of the pairs that a customer is in both sets of:
 * for degrees a and b, with m = min(a, b) and l = max(0, a + b − 1), are min(a, 1 − b) = a − l and min(1 − a, 1 − b) = 1 − a − b + m,
 * the squares a² − l (1 + a − b) and 1 − 2 (a + b − m) + a² + b² − m². Only Σ m and Σ l have to be made anew for other weights.
 */
export class PairSums {
  readonly #membership: Membership;
  readonly #minimaSquares: Float64Array;
  /** Σ l (1 + a − b), and Σ l (1 + b − a), for a of the set that comes first. */
  readonly #overlapSquares: readonly [Float64Array, Float64Array];
  readonly #squares: Float64Array;
  readonly #plain: Weighed;
  readonly #target: Weighed;

  constructor(membership: Membership, target: Float64Array) {
    const size = membership.sets;
    this.#membership = membership;
    this.#plain = weighed(membership, new Float64Array(membership.rows.length).fill(1));
    this.#target = weighed(membership, target);
    this.#squares = new Float64Array(size);
    this.#minimaSquares = new Float64Array(size * size);
    this.#overlapSquares = [new Float64Array(size * size), new Float64Array(size * size)];
    const { starts, set, degree } = membership;
    const squares = this.#squares;
    const minimaSquares = this.#minimaSquares;
    const [first, second] = this.#overlapSquares;
    for (let n = 0; n < membership.rows.length; n++)
      for (let i = starts[n]; i < starts[n + 1]; i++) {
        const a = degree[i];
        squares[set[i]] += a * a;
        const from = set[i] * size;
        for (let j = i + 1; j < starts[n + 1]; j++) {
          const b = degree[j];
          const at = from + set[j];
          minimaSquares[at] += a < b ? a * a : b * b;
          const overlap = a + b - 1;
          if (overlap <= 0) continue;
          first[at] += overlap * (1 + a - b);
          second[at] += overlap * (1 + b - a);
        }
      }
  }

  /** The literals by themselves and the ANDs of two, each once; not of a set with itself or its NOT. */
  each(against: Float64Array, each: EachAnd<Literal | null>): void {
    const size = this.#membership.sets;
    const n = this.#membership.rows.length;
    const [one, own, held] = [this.#plain, this.#target, weighed(this.#membership, against)];
    const squares = this.#squares;
    const [firstSquares, secondSquares] = this.#overlapSquares;
    for (let i = 0; i < size; i++) {
      const sum = one.sums[i];
      each(null, 2 * i, sum, squares[i], own.sums[i], held.sums[i]);
      each(
        null,
        2 * i + 1,
        n - sum,
        n - 2 * sum + squares[i],
        own.all - own.sums[i],
        held.all - held.sums[i],
      );
    }
    for (let i = 0; i < size; i++)
      for (let j = i + 1; j < size; j++) {
        const at = i * size + j;
        const both = (of: Weighed): number => of.minima[at];
        const onlyFirst = (of: Weighed): number => of.sums[i] - of.overlaps[at];
        const onlySecond = (of: Weighed): number => of.sums[j] - of.overlaps[at];
        const neither = (of: Weighed): number => of.all - of.sums[i] - of.sums[j] + of.minima[at];
        const minSquares = this.#minimaSquares[at];
        const [a, b] = [squares[i], squares[j]];
        const noneSquares = n - 2 * (one.sums[i] + one.sums[j] - both(one)) + a + b - minSquares;
        each(2 * i, 2 * j, both(one), minSquares, both(own), both(held));
        each(2 * i, 2 * j + 1, onlyFirst(one), a - firstSquares[at], onlyFirst(own), onlyFirst(held));
        each(2 * i + 1, 2 * j, onlySecond(one), b - secondSquares[at], onlySecond(own), onlySecond(held));
        each(2 * i + 1, 2 * j + 1, neither(one), noneSquares, neither(own), neither(held));
      }
  }
}

/** Sums of weights over the customers. */
interface Weighed {
  readonly all: number;
  /** By set: × the degree. */
  readonly sums: Float64Array;
  /** By pair of sets, the first × sets + the second: × min(a, b). */
  readonly minima: Float64Array;
  /** Likewise × max(0, a + b − 1). */
  readonly overlaps: Float64Array;
}

function weighed({ rows, sets, starts, set, degree }: Membership, weights: Float64Array): Weighed {
  const sums = new Float64Array(sets);
  const minima = new Float64Array(sets * sets);
  const overlaps = new Float64Array(sets * sets);
  let all = 0;
  for (let n = 0; n < rows.length; n++) {
    const weight = weights[n];
    all += weight;
    if (weight === 0) continue;
    const to = starts[n + 1];
    for (let i = starts[n]; i < to; i++) {
      const a = degree[i];
      const from = set[i] * sets;
      sums[set[i]] += weight * a;
      for (let j = i + 1; j < to; j++) {
        const b = degree[j];
        const at = from + set[j];
        minima[at] += weight * (a < b ? a : b);
        const overlap = a + b - 1;
        if (overlap > 0) overlaps[at] += weight * overlap;
      }
    }
  }
  return { all, sums, minima, overlaps };
}

/**
 * The sums of the ANDs of one column of degrees with each literal.
 *
 * @param column by row of the membership
 */
export function columnSums<First>(
  membership: Membership,
  column: Float64Array,
  target: Float64Array,
  against: Float64Array,
  first: First,
  each: EachAnd<First>,
): void {
  const { rows, sets, starts, set, degree } = membership;
  // By set: Σ min(z, b), its squares, × target, × against; then what NOT takes away from those of the column.
  const width = 8;
  const sums = new Float64Array(sets * width);
  const own = new Float64Array(4);
  for (let n = 0; n < rows.length; n++) {
    const z = column[n];
    if (z === 0) continue;
    const y = target[n];
    const e = against[n];
    own[0] += z;
    own[1] += z * z;
    own[2] += z * y;
    own[3] += z * e;
    for (let at = starts[n]; at < starts[n + 1]; at++) {
      const b = degree[at];
      const to = set[at] * width;
      const least = z < b ? z : b;
      sums[to] += least;
      sums[to + 1] += least * least;
      sums[to + 2] += least * y;
      sums[to + 3] += least * e;
      const overlap = z + b - 1;
      if (overlap <= 0) continue;
      sums[to + 4] += overlap;
      sums[to + 5] += overlap * (1 + z - b);
      sums[to + 6] += overlap * y;
      sums[to + 7] += overlap * e;
    }
  }
  for (let at = 0, literal = 0; at < sums.length; at += width, literal += 2) {
    each(first, literal, sums[at], sums[at + 1], sums[at + 2], sums[at + 3]);
    const [sum, squares, ones, held] = [0, 1, 2, 3].map((one) => own[one] - sums[at + 4 + one]);
    each(first, literal + 1, sum, squares, ones, held);
  }
}
