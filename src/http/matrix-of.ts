import { PairwellError } from '../errors.ts';
import { type PairCounts, type PairMatrix, pairMatrix, reordered } from '../rules/matrix.ts';
import type { CountMeasure } from '../rules/measures/measure.ts';
import { type MeasureName, measureNames, measures } from '../rules/measures/measures.ts';
import { seriate } from '../rules/seriation.ts';

type CountMeasureName = {
  [Name in MeasureName]: (typeof measures)[Name] extends CountMeasure ? Name : never;
}[MeasureName];

/** The measures that the counts of a pair suffice for. */
export const pairMeasureNames = measureNames.filter(
  (name): name is CountMeasureName => 'of' in measures[name],
);

export const matrixOrders = ['clustered', 'frequency'] as const;
export type MatrixOrder = (typeof matrixOrders)[number];

/** How many items a matrix has when nothing is said of it. */
const usualItems = 50;

/**
 * The matrix of a measure for the most frequent items, in that order or so that clusters show.
 *
 * @param items how many; without it 50, or as many as there are
 * @throws PairwellError `bad-input` for more items than the model counted
 */
export function matrixOf(
  counts: PairCounts,
  measure: CountMeasureName,
  items: number | undefined,
  order: MatrixOrder,
): PairMatrix {
  const counted = counts.items.length;
  if (items !== undefined && items > counted) {
    throw new PairwellError(
      'bad-input',
      `The model has counted the pairs of ${counted} items here, not of ${items}: ask for items=${counted} or fewer.`,
      { items, counted },
    );
  }
  const chosen = mostFrequent(counts, items ?? Math.min(usualItems, counted));
  const { of } = measures[measure];
  const matrix = pairMatrix(chosen, of);
  if (order === 'frequency') return matrix;
  const similarities = isSimilarity(measures[measure]) ? matrix : pairMatrix(chosen, measures.jaccard.of);
  return reordered(matrix, seriate(similarities));
}

/** Whether clusters may be looked for by it: it has a ceiling, and grows with the transactions that hold both. */
function isSimilarity({ range, of }: CountMeasure): boolean {
  return Number.isFinite(range[1]) && of(30, 40, 40, 100) > of(10, 40, 40, 100);
}

/** The rows of the most transactions, the most frequent first, equal ones as they came. */
function mostFrequent(counts: PairCounts, n: number): PairCounts {
  const { items, itemCounts, pairs } = counts;
  const rows = items
    .map((_, row) => row)
    .sort((a, b) => itemCounts[b] - itemCounts[a] || a - b)
    .subarray(0, n);
  const chosen = new Int32Array((n * (n - 1)) / 2);
  for (let row = 1, pair = 0; row < n; row++) {
    for (let column = 0; column < row; column++, pair++) {
      const higher = Math.max(rows[row], rows[column]);
      chosen[pair] = pairs[(higher * (higher - 1)) / 2 + Math.min(rows[row], rows[column])];
    }
  }
  return {
    transactionCount: counts.transactionCount,
    items: rows.map((row) => items[row]),
    itemCounts: rows.map((row) => itemCounts[row]),
    pairs: chosen,
  };
}
