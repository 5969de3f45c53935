import { PairwellError } from '../errors.ts';
import { below, type Random } from '../learn/random.ts';

/**
 * Deals rows into folds at random, those of each class evenly: the folds of a class differ by one row at most, and so do all folds.
 *
 * @param classOf by row
 * @param folds 2 … 255, and no more than rows
 * @returns by row: its fold
 * @throws PairwellError `bad-input` for another number of folds
 */
export function stratifiedFolds(classOf: Uint8Array, folds: number, random: Random): Uint8Array {
  const rows = classOf.length;
  if (!Number.isInteger(folds) || folds < 2 || folds > Math.min(255, rows))
    throw new PairwellError('bad-input', `${rows} rows cannot be dealt into ${folds} folds.`, {
      rows,
      folds,
    });
  const order = Uint32Array.from(classOf.keys());
  for (let last = rows - 1; last > 0; last--) {
    const other = below(last + 1, random);
    [order[last], order[other]] = [order[other], order[last]];
  }
  // Stable: rows of a class stay shuffled. Dealing goes on where the class before ended.
  order.sort((a, b) => classOf[a] - classOf[b]);
  const foldOf = new Uint8Array(rows);
  for (const [place, row] of order.entries()) foldOf[row] = place % folds;
  return foldOf;
}
