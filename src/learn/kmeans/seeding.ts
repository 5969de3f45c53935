import { below, type Random } from '../random.ts';
import type { Sweeps } from './sweeps.ts';

/** How many rows compete to be the next centre (scikit-learn's number; Arthur & Vassilvitskii propose several in section 7). */
export const trialsFor = (clusters: number): number => 2 + Math.floor(Math.log(clusters));

/**
 * Puts the first centres at rows: the first one anywhere, each further one at a row drawn as likely as its squared distance to
 * the nearest centre is large; of several that are drawn, the one that leaves the least inertia (greedy k-means++; Arthur &
 * Vassilvitskii, k-means++: the advantages of careful seeding, SODA 2007, section 2.2).
 *
 * @returns how many centres there are: fewer than `clusters` when the rows are not so many different ones
 */
export function seedCentres(sweeps: Sweeps, clusters: number, random: Random): number {
  const trials = trialsFor(clusters);
  sweeps.forget();
  let inertia = sweeps.add(below(sweeps.rows, random), 0);
  for (let centre = 1; centre < clusters; centre++) {
    if (inertia === 0) return centre;
    const drawn = Array.from({ length: trials }, () => sweeps.rowAt(random() * inertia));
    inertia = sweeps.add(sweeps.bestOf(drawn), centre);
  }
  return clusters;
}
