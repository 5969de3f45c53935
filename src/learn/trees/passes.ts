import { logisticLoss } from '../scores.ts';
import { binOf, cutRoom } from './bins.ts';
import { type Bounds, findSplit, type SplitLimits, type Sums } from './split.ts';
import { histogramBytes, laneCount, type TreeKernel } from './tree-kernel.ts';
import { binsOf, chunkRows, nodeFields, splitFields, type Workspace } from './workspace.ts';

/** What can be done in pieces, by the number that stands for it between threads. */
export const passes = ['bin', 'divide', 'gather', 'search', 'update'] as const;

export type Pass = (typeof passes)[number];

/** Does all pieces of a pass, on one thread or several. */
export interface Team {
  run(pass: Pass, pieces: number): void;
}

/** What does not change while trees are grown. */
export interface Training {
  readonly workspace: Workspace;
  readonly columns: readonly (Float32Array | Float64Array)[];
  readonly limits: SplitLimits;
}

/** The entries of a job. */
export const jobOf = {
  /** Of a node: the places of its rows. */
  from: 0,
  to: 1,
  /** How it is divided: the feature, the bin, whether what is missing goes left. */
  feature: 2,
  bin: 3,
  missingLeft: 4,
  /** The slots of histograms: of the node that is counted, and of the parent that becomes its sibling (−1 for none). */
  counted: 5,
  sibling: 6,
  /** Whether a split is sought of the first, and of the second; then what each sums up to and its bounds. */
  wanted: 7,
  sums: 9,
  /** How many leaves the tree has, how many rows it was grown on, how many are to learn from, and how many with those for validation. */
  leaves: 19,
  grown: 20,
  learnt: 21,
  total: 22,
} as const;

const sumFields = 5;

export function writeNode(job: Float64Array, place: number, sums: Sums, { low, high }: Bounds): void {
  job.set([sums.gradient, sums.hessian, sums.rows, low, high], jobOf.sums + place * sumFields);
}

/** Does one piece of a pass. */
export function perform(training: Training, kernel: TreeKernel, pass: Pass, piece: number): void {
  work[pass](training, kernel, piece);
}

const work: Record<Pass, (training: Training, kernel: TreeKernel, piece: number) => void> = {
  /** By chunk of rows: puts values into bins. */
  bin({ workspace, columns }, _kernel, piece) {
    const { bins, cuts, rows } = workspace;
    const [first, end] = [piece * chunkRows, Math.min(rows, (piece + 1) * chunkRows)];
    for (const [feature, column] of columns.entries()) {
      const place = binsOf(workspace, feature);
      const from = feature * cutRoom;
      for (let row = first; row < end; row++) bins[place + row * laneCount] = binOf(cuts, from, column[row]);
    }
  },

  /** By chunk of a node's rows: divides it. */
  divide({ workspace }, kernel, piece) {
    const { bins, order, swap, job, lefts } = workspace;
    const [from, to] = chunkOf(job, piece);
    lefts[piece] = kernel.partition(
      bins.byteOffset + binsOf(workspace, job[jobOf.feature]),
      order.byteOffset + 4 * from,
      to - from,
      job[jobOf.bin],
      job[jobOf.missingLeft],
      swap.byteOffset + 4 * from,
    );
  },

  /** By chunk of a node's rows: brings its two parts to where the sides begin, for which `lefts` holds sums by now. */
  gather({ workspace: { order, swap, job, lefts } }, _kernel, piece) {
    const [from, to] = chunkOf(job, piece);
    const [before, after] = [lefts[piece], lefts[piece + 1]];
    const allLeft = lefts[Math.ceil((job[jobOf.to] - job[jobOf.from]) / chunkRows)];
    const middle = from + after - before;
    order.set(swap.subarray(from, middle), job[jobOf.from] + before);
    let into = allLeft + from - before;
    for (let place = to - 1; place >= middle; place--) order[into++] = swap[place];
  },

  /** By block: counts the histograms of a node, and of its sibling, and seeks the best splits of the block's features. */
  search({ workspace, limits }, kernel, piece) {
    const { rows, features, blockStarts, bins, order, gradients, histograms, job } = workspace;
    const [first, end] = [blockStarts[piece], blockStarts[piece + 1]];
    if (first === end) return;
    const placeOf = (slot: number, feature: number): number =>
      histograms.byteOffset + (slot * features + feature) * histogramBytes;
    const counted = placeOf(job[jobOf.counted], first);
    kernel.histogram(
      bins.byteOffset + piece * rows * laneCount,
      order.byteOffset + 4 * job[jobOf.from],
      job[jobOf.to] - job[jobOf.from],
      gradients.byteOffset,
      end - first,
      counted,
    );
    const slots = [job[jobOf.counted], job[jobOf.sibling]];
    if (slots[1] >= 0) kernel.subtract(placeOf(slots[1], first), counted, end - first);
    for (let place = 0; place < 2; place++) {
      if (job[jobOf.wanted + place] === 0) continue;
      const [gradient, hessian, nodeRows, low, high] = job.subarray(jobOf.sums + place * sumFields);
      const sums = { gradient, hessian, rows: nodeRows };
      for (let feature = first; feature < end; feature++) {
        const out = (place * features + feature) * splitFields;
        if (workspace.isAllowed[feature] === 0) {
          workspace.splits[out] = 0;
          continue;
        }
        findSplit(
          histograms,
          ((slots[place] * features + feature) * histogramBytes) / 4,
          workspace.binCounts[feature],
          sums,
          { low, high },
          workspace.monotone[feature],
          limits,
          workspace.splits,
          out,
        );
      }
    }
  },

  /** By chunk of places: adds the tree to the scores, then sums up the loss of validation rows and derives the others'. */
  update({ workspace, limits }, kernel, piece) {
    const { order, scores, target, weights, gradients, job } = workspace;
    const { leafStarts, leafValues } = workspace;
    const [leaves, grown] = [job[jobOf.leaves], job[jobOf.grown]];
    const [from, to] = [piece * chunkRows, Math.min(job[jobOf.total], (piece + 1) * chunkRows)];
    for (let leaf = 0; leaf < leaves; leaf++) {
      const [first, end] = [Math.max(from, leafStarts[leaf]), Math.min(to, leafStarts[leaf + 1])];
      if (first < end)
        kernel.addValue(order.byteOffset + 4 * first, end - first, scores.byteOffset, leafValues[leaf]);
    }
    if (leaves > 0)
      for (let place = Math.max(from, grown); place < to; place++)
        scores[order[place]] += walk(workspace, order[place]);
    kernel.derive(
      order.byteOffset + 4 * from,
      to - from,
      scores.byteOffset,
      target.byteOffset,
      weights.byteOffset,
      gradients.byteOffset,
      1 / limits.gradient,
      1 / limits.hessian,
    );
    let loss = 0;
    for (let place = Math.max(from, job[jobOf.learnt]); place < to; place++) {
      const row = order[place];
      loss += weights[row] * logisticLoss(scores[row], target[row]);
    }
    workspace.losses[piece] = loss;
  },
};

/** The places of a chunk of the job's node. */
function chunkOf(job: Float64Array, piece: number): [number, number] {
  const from = job[jobOf.from] + piece * chunkRows;
  return [from, Math.min(job[jobOf.to], from + chunkRows)];
}

/** The value of the leaf that a row belongs to, by its bins. */
function walk({ nodes, nodeValues, bins }: Workspace, row: number): number {
  let node = 0;
  for (;;) {
    const at = node * nodeFields;
    const left = nodes[at];
    if (left === 0) return nodeValues[node];
    const missingLeft = nodes[at + 4];
    const bin = (bins[nodes[at + 2] + row * laneCount] + missingLeft) & 255;
    node = bin <= nodes[at + 3] + missingLeft ? left : nodes[at + 1];
  }
}

/** All pieces, one after the other, on this thread. */
export function alone(training: Training, kernel: TreeKernel): Team {
  return {
    run: (pass, pieces) => {
      for (let piece = 0; piece < pieces; piece++) perform(training, kernel, pass, piece);
    },
  };
}
