import type { ClusterChoice } from '../../learn/kmeans/choose-clusters.ts';
import type { Clusterer } from '../../learn/kmeans/clusterer.ts';
import type { Matrix } from '../../learn/kmeans/matrix.ts';
import { segmentWords } from '../segment-words.ts';
import type { BehaviourNote } from './behaviour.ts';
import type { Words } from './words.ts';

/** Half of the rows that a clusterer looks at by itself, as training waits for it. */
const look = { sampleRows: 2_000 };

/** Without a number asked for, fewer customers are not worth parting. */
const fewestCustomers = 50;

export interface WantedSegments {
  /** How many, or undefined for the best number of `least` … `most`. */
  readonly segments: number | undefined;
  readonly least: number;
  readonly most: number;
  readonly seed: number;
}

export interface SegmentNumber {
  /** 0 without customers. */
  readonly k: number;
  readonly choice: ClusterChoice | null;
  readonly notes: readonly BehaviourNote[];
}

/**
 * How many segments to make of customers, whatever these are.
 *
 * @param matrix may have no columns
 */
export async function numberOfSegments(
  matrix: Matrix,
  customers: number,
  clusterer: Clusterer,
  { segments, least, most, seed }: WantedSegments,
): Promise<SegmentNumber> {
  const without = (k: number, code: BehaviourNote['code'], words: Words): SegmentNumber => ({
    k,
    choice: null,
    notes: [{ code, words }],
  });
  if (customers === 0) return without(0, 'no-customers', segmentWords.nobodyToPart());
  const wanted = segments ?? most;
  if (wanted === 1) return { k: 1, choice: null, notes: [] };
  if (segments === undefined && customers < fewestCustomers)
    return without(1, 'too-few-customers', segmentWords.fewToPart(customers, fewestCustomers));
  const different = matrix.columns === 0 ? 1 : differentRows(matrix, wanted);
  if (different === 1) return without(1, 'all-alike', segmentWords.allAlike());
  if (segments !== undefined) {
    if (different >= segments) return { k: segments, choice: null, notes: [] };
    return without(different, 'fewer-than-asked', segmentWords.fewerThanAsked(different, segments));
  }
  const fewest = Math.max(2, least);
  const choice = await clusterer.choose(matrix, { seed, fewest, most: Math.max(fewest, most), ...look });
  return { k: Math.max(1, choice.clusters), choice, notes: [] };
}

/** How many rows differ from each other, or `enough` once there are so many. */
function differentRows({ values, columns }: Matrix, enough: number): number {
  const seen = new Set<string>();
  for (let from = 0; from < values.length && seen.size < enough; from += columns)
    seen.add(values.subarray(from, from + columns).join());
  return seen.size;
}
