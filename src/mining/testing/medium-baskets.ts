import fc from 'fast-check';
import type { Transactions } from '../../baskets/transactions.ts';
import { basketsOf } from './baskets.ts';
import { randomNumbers, range } from './random.ts';

/** What medium databases are made of. */
interface Shape {
  readonly seed: number;
  readonly items: number;
  readonly baskets: number;
  /** How many items are in every basket, and how many in nearly all. */
  readonly everywhere: number;
  readonly nearly: number;
  /** So many items each are always together. */
  readonly block: number;
  /** The share of baskets that the commonest of the other items is in, and how much rarer the others are. */
  readonly density: number;
  readonly skew: number;
  /** The share of baskets that are like an earlier one. */
  readonly repeats: number;
}

/** Databases of 15 to 80 items and 65 to 300 baskets: too many for brute force, few enough for a plain miner. */
export function mediumBaskets(): fc.Arbitrary<Transactions> {
  const shape = fc.record<Shape>({
    seed: fc.nat(),
    items: fc.integer({ min: 15, max: 80 }),
    baskets: fc.integer({ min: 65, max: 300 }),
    everywhere: fc.constantFrom(0, 0, 1, 3),
    nearly: fc.nat(4),
    block: fc.constantFrom(1, 1, 2, 5),
    density: fc.constantFrom(0.1, 0.3, 0.6, 0.9),
    skew: fc.constantFrom(0, 1, 3),
    repeats: fc.constantFrom(0, 0.5, 0.9),
  });
  return shape.map(shaped);
}

function shaped({ seed, baskets, items, repeats, ...shape }: Shape): Transactions {
  const random = randomNumbers(seed);
  const densities = range(items).map((item) => {
    if (item < shape.everywhere) return 1;
    if (item < shape.everywhere + shape.nearly) return 0.97;
    return shape.density * random() ** shape.skew;
  });
  const made: number[][] = [];
  for (let n = 0; n < baskets; n++) {
    const isRepeated = n > 0 && random() < repeats;
    made.push(isRepeated ? made[Math.floor(random() * n)]! : basket());
  }
  return basketsOf(...made);

  function basket(): number[] {
    const isDrawn = densities.map((density) => random() < density);
    return range(items).filter((item) => {
      const isAlone = item < shape.everywhere + shape.nearly || item % 3 === 0;
      return isDrawn[isAlone ? item : item - (item % shape.block)];
    });
  }
}
