import { PairwellError } from '../../errors.ts';
import type { FeatureTable } from '../training-data.ts';
import { cutRoom } from './bins.ts';
import { histogramBytes, type KernelPlace, laneCount } from './tree-kernel.ts';

/** Rows are worked on in chunks of so many. */
export const chunkRows = 2 ** 14;

/** Blocks come in fours, so that up to four threads have as many each. */
const blockGroup = 4;

/** Numbers for a node of the tree that is being grown. */
export const nodeFields = 5;

/** Numbers for the best split of a feature. */
export const splitFields = 6;

/** Numbers by which the leader tells the others what to do. */
const jobFields = 32;

const pageBytes = 65_536;

/** One less than can be addressed: Node.js 20 sends no larger memory to other threads. */
const mostPages = 65_535;

const alignment = 16;

/**
 * What passes over the rows read and write, all of it views of one buffer: of shared memory if several threads are to work on
 * it. Plain data, so that it goes to them without a copy.
 */
export interface Workspace {
  readonly rows: number;
  readonly features: number;
  /** By block, and one more: its first feature. Features are spread evenly over the blocks, eight each at most. */
  readonly blockStarts: Int32Array;
  /** By feature: its block. */
  readonly blockOf: Int32Array;
  /** By block, row and lane: the bin of the block's feature. */
  readonly bins: Uint8Array;
  /** By row: gradient and second derivative as whole numbers, see `fixed-point.ts`. */
  readonly gradients: Int32Array;
  /** Row numbers: those of each node next to each other, then those that the tree is not grown on. */
  readonly order: Int32Array;
  readonly swap: Int32Array;
  /** By slot and feature, as 32-bit words. */
  readonly histograms: Int32Array;
  /** By row: what the trees so far give (log-odds). */
  readonly scores: Float64Array;
  readonly target: Uint8Array;
  readonly weights: Float64Array;
  /** By feature: {@link cutRoom} cuts. */
  readonly cuts: Float64Array;
  /** By feature: how many bins. */
  readonly binCounts: Int32Array;
  /** By feature: whether the tree may use it. */
  readonly isAllowed: Uint8Array;
  readonly monotone: Int8Array;
  /** By chunk, and one more: how many rows go left. */
  readonly lefts: Int32Array;
  /** By chunk: the loss of its validation rows. */
  readonly losses: Float64Array;
  /** By place (of two nodes) and feature: see {@link splitFields}. */
  readonly splits: Float64Array;
  /** By node: see {@link nodeFields}. */
  readonly nodes: Int32Array;
  /** By leaf, and one more: the first place of its rows in `order`. */
  readonly leafStarts: Int32Array;
  /** By leaf. */
  readonly leafValues: Float64Array;
  /** By node: the value of those that are leaves. */
  readonly nodeValues: Float64Array;
  readonly job: Float64Array;
}

type Field = [
  type: typeof Uint8Array | typeof Int8Array | typeof Int32Array | typeof Float64Array,
  length: number,
];

/**
 * @throws PairwellError `limit-exceeded` when it would take more than 4 GB
 */
export function createWorkspace<Place extends KernelPlace>(
  { rows, columns }: FeatureTable,
  maxLeaves: number,
  makePlace: (bytes: number) => Place,
): { workspace: Workspace; place: Place } {
  const features = columns.length;
  const blocks = features === 1 ? 1 : blockGroup * Math.ceil(features / (blockGroup * laneCount));
  const chunks = Math.ceil(rows / chunkRows);
  const nodes = 2 * maxLeaves - 1;
  const fields: Record<Exclude<keyof Workspace, 'rows' | 'features'>, Field> = {
    blockStarts: [Int32Array, blocks + 1],
    blockOf: [Int32Array, features],
    bins: [Uint8Array, blocks * rows * laneCount],
    gradients: [Int32Array, 2 * rows],
    order: [Int32Array, rows],
    swap: [Int32Array, rows],
    histograms: [Int32Array, (maxLeaves * features * histogramBytes) / 4],
    scores: [Float64Array, rows],
    target: [Uint8Array, rows],
    weights: [Float64Array, rows],
    cuts: [Float64Array, features * cutRoom],
    binCounts: [Int32Array, features],
    isAllowed: [Uint8Array, features],
    monotone: [Int8Array, features],
    lefts: [Int32Array, chunks + 1],
    losses: [Float64Array, chunks + 1],
    splits: [Float64Array, 2 * features * splitFields],
    nodes: [Int32Array, nodes * nodeFields],
    leafStarts: [Int32Array, maxLeaves + 1],
    leafValues: [Float64Array, maxLeaves],
    nodeValues: [Float64Array, nodes],
    job: [Float64Array, jobFields],
  };
  let top = alignment;
  const starts = Object.entries(fields).map(([name, [type, length]]) => {
    const start = top;
    top += Math.ceil((length * type.BYTES_PER_ELEMENT) / alignment) * alignment;
    return [name, start] as const;
  });
  if (top > mostPages * pageBytes)
    throw new PairwellError(
      'limit-exceeded',
      `Trees of ${rows} rows with ${features} features would take ${Math.ceil(top / 2 ** 20)} MB of at most 4096 MB; take a sample of the rows or fewer leaves.`,
      { rows, features, bytes: top },
    );
  const place = makePlace(Math.ceil(top / pageBytes) * pageBytes);
  const views = starts.map(([name, start]) => {
    const [type, length] = fields[name as keyof typeof fields];
    return [name, new type(place.buffer as ArrayBuffer, start, length)];
  });
  const workspace = { rows, features, ...Object.fromEntries(views) } as Workspace;
  for (let block = 0; block <= blocks; block++)
    workspace.blockStarts[block] = Math.floor((block * features) / blocks);
  for (let block = 0; block < blocks; block++)
    workspace.blockOf.fill(block, workspace.blockStarts[block], workspace.blockStarts[block + 1]);
  return { workspace, place };
}

/** Where the first row's bin of a feature is, in `bins`. */
export function binsOf({ rows, blockOf, blockStarts }: Workspace, feature: number): number {
  const block = blockOf[feature];
  return block * rows * laneCount + feature - blockStarts[block];
}
