import type { BlockKernel } from './block-kernel.ts';
import { type Matrix, rowCount } from './matrix.ts';

/** A matrix is cut into so many pieces at most, of so many rows at least: results depend on the cuts, not on the threads. */
const mostPieces = 512;
const leastPieceRows = 1024;

/**
 * What passes over a matrix read and write. All of it in shared memory if the matrix is to be worked on by several threads;
 * plain data, so that it goes to them without a copy.
 */
export interface Workspace {
  readonly matrix: Matrix;
  readonly pieceRows: number;
  readonly pieces: number;
  /** The most centres, and the most candidates for one. */
  readonly room: number;
  /** `room × columns`. */
  readonly centres: Float32Array;
  /** `room × columns`: rows that may become a centre. */
  readonly candidates: Float32Array;
  /** By row: the nearest centre. */
  readonly labels: Uint16Array;
  /** By row: squared, to the nearest centre. */
  readonly distances: Float32Array;
  /** By piece, centre and column: the sums of the rows. */
  readonly sums: Float64Array;
  /** By piece and centre: how many rows. */
  readonly counts: Int32Array;
  /** By piece: how many labels changed. */
  readonly changed: Int32Array;
  /** By piece: the sum of the distances. */
  readonly inertia: Float64Array;
  /** By piece and candidate: what would be left of that sum. */
  readonly potentials: Float64Array;
}

/** What can be done with one piece, by the number that stands for it between threads. */
export const passes = ['assign', 'potentials', 'lower'] as const;

export type Pass = (typeof passes)[number];

/** Does all pieces of a pass, on one thread or several. */
export interface Team {
  /** @param width how many centres, or candidates, the pass is about */
  run(pass: Pass, width: number, pieces: number): void;
}

export function createWorkspace(matrix: Matrix, room: number, shared = false): Workspace {
  const bytes = (count: number): ArrayBuffer | SharedArrayBuffer =>
    shared ? new SharedArrayBuffer(count) : new ArrayBuffer(count);
  const rows = rowCount(matrix);
  const pieceRows = Math.max(leastPieceRows, Math.ceil(rows / mostPieces));
  const pieces = Math.ceil(rows / pieceRows);
  const entries = room * matrix.columns;
  return {
    matrix,
    pieceRows,
    pieces,
    room,
    centres: new Float32Array(bytes(4 * entries)),
    candidates: new Float32Array(bytes(4 * entries)),
    labels: new Uint16Array(bytes(2 * rows)),
    distances: new Float32Array(bytes(4 * rows)),
    sums: new Float64Array(bytes(8 * pieces * entries)),
    counts: new Int32Array(bytes(4 * pieces * room)),
    changed: new Int32Array(bytes(4 * pieces)),
    inertia: new Float64Array(bytes(8 * pieces)),
    potentials: new Float64Array(bytes(8 * pieces * room)),
  };
}

/** Does one piece of a pass. */
export function perform(
  workspace: Workspace,
  kernel: BlockKernel,
  pass: Pass,
  width: number,
  piece: number,
): void {
  const { matrix, pieceRows, room } = workspace;
  const { columns, values } = matrix;
  const [from, to] = [piece * pieceRows, Math.min((piece + 1) * pieceRows, rowCount(matrix))];
  const rows = values.subarray(from * columns, to * columns);
  const distances = workspace.distances.subarray(from, to);
  const candidates = workspace.candidates.subarray(0, width * columns);
  if (pass === 'potentials') {
    const totals = workspace.potentials.subarray(piece * room, piece * room + width);
    kernel.potentials(rows, columns, candidates, distances, totals);
    return;
  }
  if (pass === 'lower') {
    kernel.lower(rows, columns, candidates, distances);
  } else {
    const sumsFrom = piece * room * columns;
    workspace.changed[piece] = kernel.assign(
      rows,
      columns,
      workspace.centres.subarray(0, width * columns),
      workspace.labels.subarray(from, to),
      distances,
      workspace.sums.subarray(sumsFrom, sumsFrom + width * columns),
      workspace.counts.subarray(piece * room, piece * room + width),
    );
  }
  let sum = 0;
  for (let row = 0; row < distances.length; row++) sum += distances[row]!;
  workspace.inertia[piece] = sum;
}

/** All pieces, one after the other, on this thread. */
export function alone(workspace: Workspace, kernel: BlockKernel): Team {
  return {
    run: (pass, width, pieces) => {
      for (let piece = 0; piece < pieces; piece++) perform(workspace, kernel, pass, width, piece);
    },
  };
}
