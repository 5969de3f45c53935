import { benjaminiHochbergLogs } from '../stats/adjust.ts';
import { logLowerTail, logUpperTail } from '../stats/hypergeometric.ts';
import { logLowerTailAtMost, logUpperTailAtMost } from '../stats/poisson-binomial.ts';
import type { PairTallies } from './pair-tallies.ts';

/** What two products are to each other. */
export type Relation = 'complement' | 'substitute' | 'unrelated';

/** The pair of two items, and what speaks for its relation. */
export interface PairRelation {
  /** Positions in the tallies' items. */
  readonly a: number;
  readonly b: number;
  readonly relation: Relation;
  /** Baskets with both, and how many times as many as by chance. */
  readonly together: number;
  readonly lift: number;
  /**
   * Natural logarithms of p: Fisher's exact test towards the side the lift is on, by Benjamini and Hochberg among all pairs; and
   * what it is at most when basket sizes are held still (Hoeffding's bound: `src/stats/poisson-binomial.ts`). The larger one counts.
   */
  readonly logP: number;
  readonly logPBeyondSize: number;
  /** How alike the baskets are that they are in: the cosine of what else is bought with each, 0 … 1. */
  readonly similarity: number;
  /** Whether both are of the same category; null where that is not known of both. */
  readonly sameCategory: boolean | null;
  /** 1 − the larger p for a relation; for none, how far from it: the larger p. */
  readonly confidence: number;
}

export interface RelationOptions {
  /** By position: the number of its category; −1 where that is not known. */
  readonly categoryOf: ArrayLike<number>;
  /** Level of the tests, after correction. Default .01. */
  readonly alpha?: number;
  /** Substitutes are in baskets at least so alike. Default .3. */
  readonly minSimilarity?: number;
  /** Whether a promotion alone brings two positions together: they are no complements then. */
  readonly onlyInPromotion?: (a: number, b: number) => boolean;
}

/**
 * Complements and substitutes among all pairs of items. Complements are bought together more often than by chance, trip size
 * held still, and not for a promotion alone. Substitutes are bought together less often than by chance, trip size held still,
 * are of one category, and are bought in alike baskets (after Tian, Lautz, Wallis and Lambiotte, EPJ Data Science 10:45, 2021).
 * What is bought by different people, such as dog and cat food, looks like a substitute too: hence the category.
 *
 * Takes O(items³) for the similarity of pairs that are candidates for substitutes, O(items²) for the others.
 *
 * @returns one entry for each pair a < b, ordered by b, then a
 */
export function relationsOf(tallies: PairTallies, options: RelationOptions): PairRelation[] {
  const { categoryOf, alpha = 0.01, minSimilarity = 0.3, onlyInPromotion } = options;
  const { items, counts, transactionCount: n } = tallies;
  const pairs = (items.length * (items.length - 1)) / 2;
  const logP = new Float64Array(pairs);
  const logPBeyondSize = new Float64Array(pairs);
  eachPair(items.length, (a, b, pair) => {
    const together = tallies.together(a, b);
    const more = together * n > counts[a] * counts[b];
    const { count, expected, trials } = tallies.withinSizes(a, b);
    logP[pair] = (more ? logUpperTail : logLowerTail)(together, n, counts[a], counts[b]);
    logPBeyondSize[pair] = (more ? logUpperTailAtMost : logLowerTailAtMost)(count, trials, expected);
  });
  // Each pair is tested towards the side it lies on, so its p is one of two that could have been.
  const adjusted = benjaminiHochbergLogs(logP.map(twoSided));
  const adjustedBeyond = benjaminiHochbergLogs(logPBeyondSize.map(twoSided));
  const likeness = new BasketLikeness(tallies);
  const relations: PairRelation[] = [];
  eachPair(items.length, (a, b, pair) => {
    const together = tallies.together(a, b);
    const expected = counts[a] * counts[b];
    const lift = (together * n) / expected;
    const larger = Math.max(adjusted[pair], adjustedBeyond[pair]);
    const known = categoryOf[a] >= 0 && categoryOf[b] >= 0;
    const sameCategory = known ? categoryOf[a] === categoryOf[b] : null;
    const similarity = likeness.of(a, b);
    let relation: Relation = 'unrelated';
    if (larger <= Math.log(alpha)) {
      if (lift > 1 && !onlyInPromotion?.(a, b)) relation = 'complement';
      else if (lift < 1 && sameCategory && similarity >= minSimilarity) relation = 'substitute';
    }
    relations.push({
      a,
      b,
      relation,
      together,
      lift,
      logP: adjusted[pair],
      logPBeyondSize: adjustedBeyond[pair],
      similarity,
      sameCategory,
      confidence: relation === 'unrelated' ? Math.exp(larger) : -Math.expm1(larger),
    });
  });
  return relations;
}

const twoSided = (logP: number): number => Math.min(0, Math.LN2 + logP);

function eachPair(items: number, visit: (a: number, b: number, pair: number) => void): void {
  for (let b = 1, pair = 0; b < items; b++) for (let a = 0; a < b; a++) visit(a, b, pair++);
}

/**
 * How alike the baskets of two items are: the cosine of what else is bought with each, every other item counting by how many
 * times as often as by chance it is there (positive pointwise mutual information, as in Levy and Goldberg, NIPS 2014).
 */
class BasketLikeness {
  readonly #size: number;
  /** A row for each item; its own column is 0. */
  readonly #vectors: Float64Array;
  readonly #squares: Float64Array;

  constructor(tallies: PairTallies) {
    const { items, counts, transactionCount: n } = tallies;
    const size = items.length;
    this.#size = size;
    this.#vectors = new Float64Array(size * size);
    this.#squares = new Float64Array(size);
    eachPair(size, (a, b) => {
      const together = tallies.together(a, b);
      if (together === 0) return;
      const information = Math.max(0, Math.log((together * n) / (counts[a] * counts[b])));
      this.#vectors[a * size + b] = information;
      this.#vectors[b * size + a] = information;
      this.#squares[a] += information ** 2;
      this.#squares[b] += information ** 2;
    });
  }

  /** 0 where either is bought with nothing else. */
  of(a: number, b: number): number {
    const size = this.#size;
    const vectors = this.#vectors;
    let product = 0;
    for (let c = 0; c < size; c++) product += vectors[a * size + c] * vectors[b * size + c];
    // Without each other: their own columns are 0 in the product already.
    const between = vectors[a * size + b] ** 2;
    const length = Math.sqrt((this.#squares[a] - between) * (this.#squares[b] - between));
    return length > 0 ? product / length : 0;
  }
}
