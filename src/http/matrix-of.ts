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

/** Those, and what is worth how much in money. */
export const matrixMeasureNames = [...pairMeasureNames, 'profitPerBasket'] as const;
export type MatrixMeasureName = (typeof matrixMeasureNames)[number];

export const matrixOrders = ['clustered', 'frequency'] as const;
export type MatrixOrder = (typeof matrixOrders)[number];

/** How many items a matrix has when nothing is said of it. */
const usualItems = 50;

/**
 * The matrix of a measure for the most frequent items, in that order or so that clusters show.
 *
 * @param items how many; without it 50, or as many as there are
 * @param margins by item: the profit on one sale, for `profitPerBasket`; NaN where it is not known
 * @throws PairwellError `bad-input` for more items than the model counted
 */
export function matrixOf(
  counts: PairCounts,
  measure: MatrixMeasureName,
  items: number | undefined,
  order: MatrixOrder,
  margins?: Float64Array,
): PairMatrix {
  const known = counts.items.length;
  if (items !== undefined && items > known) {
    throw new PairwellError(
      'bad-input',
      `The model has counted the pairs of ${known} items here, not of ${items}: ask for items=${known} or fewer.`,
      { items, known },
    );
  }
  const chosen = mostFrequent(counts, items ?? Math.min(usualItems, known));
  const counted = measure === 'profitPerBasket' ? measures.confidence : measures[measure];
  const matrix = pairMatrix(chosen, counted.of);
  if (measure === 'profitPerBasket') scaleColumns(matrix, margins);
  if (order === 'frequency') return matrix;
  const isOwn = measure !== 'profitPerBasket' && isSimilarity(counted);
  return reordered(matrix, seriate(isOwn ? matrix : pairMatrix(chosen, measures.jaccard.of)));
}

/** Times what a sale of the column's item is worth: the profit to be expected of a basket with the row's item. */
function scaleColumns({ items, values }: PairMatrix, margins: Float64Array = new Float64Array()): void {
  const n = items.length;
  const worth = Float64Array.from(items, (item) => margins[item] ?? Number.NaN);
  for (let at = 0; at < values.length; at++) values[at] *= worth[at % n];
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
