import { rowCount } from './matrix.ts';
import type { Team, Workspace } from './workspace.ts';

/** What labelling all rows came to. */
export interface Assigned {
  /** The sum of the squared distances to the nearest centres. */
  readonly inertia: number;
  /** How many labels changed. */
  readonly changed: number;
  /** By centre: how many rows. */
  readonly counts: Int32Array;
  /** By centre and column: the sums of these rows. */
  readonly sums: Float64Array;
}

/** Passes over all rows. What the pieces found is added up in their order, whoever did them. */
export class Sweeps {
  readonly workspace: Workspace;
  readonly #team: Team;

  constructor(workspace: Workspace, team: Team) {
    this.workspace = workspace;
    this.#team = team;
  }

  get rows(): number {
    return rowCount(this.workspace.matrix);
  }

  get columns(): number {
    return this.workspace.matrix.columns;
  }

  row(row: number): Float32Array {
    const { values, columns } = this.workspace.matrix;
    return values.subarray(row * columns, (row + 1) * columns);
  }

  centre(centre: number): Float32Array {
    return this.workspace.centres.subarray(centre * this.columns, (centre + 1) * this.columns);
  }

  /** Labels all rows with the nearest of the first `width` centres. */
  assign(width: number): Assigned {
    this.#run('assign', width);
    const { columns } = this;
    const { pieces, room, sums, counts, changed } = this.workspace;
    const found = {
      inertia: this.inertia(),
      changed: changed.reduce((sum, count) => sum + count, 0),
      counts: new Int32Array(width),
      sums: new Float64Array(width * columns),
    };
    for (let piece = 0; piece < pieces; piece++) {
      for (let at = 0; at < width; at++) found.counts[at]! += counts[piece * room + at]!;
      const from = piece * room * columns;
      for (let at = 0; at < width * columns; at++) found.sums[at]! += sums[from + at]!;
    }
    return found;
  }

  /** Starts anew, as if no row were near anything. */
  forget(): void {
    this.workspace.distances.fill(Number.POSITIVE_INFINITY);
  }

  /** Makes `row` a further centre: lowers the distances to those from it. Returns the inertia. */
  add(row: number, centre: number): number {
    this.centre(centre).set(this.row(row));
    this.workspace.candidates.set(this.row(row));
    this.#run('lower', 1);
    return this.inertia();
  }

  /** Which of some rows as a further centre would leave the least inertia; of several the first. */
  bestOf(candidates: readonly number[]): number {
    const { candidates: into, potentials, pieces, room } = this.workspace;
    candidates.forEach((row, n) => {
      into.set(this.row(row), n * this.columns);
    });
    this.#run('potentials', candidates.length);
    const left = candidates.map((_, n) => {
      let sum = 0;
      for (let piece = 0; piece < pieces; piece++) sum += potentials[piece * room + n]!;
      return sum;
    });
    return candidates[left.indexOf(Math.min(...left))]!;
  }

  /** The sum of the distances. */
  inertia(): number {
    return this.workspace.inertia.reduce((sum, part) => sum + part, 0);
  }

  /** A row, as likely as it is far: the first one at which the sum of the distances passes `target`, never one without any. */
  rowAt(target: number): number {
    const { inertia, distances, pieces, pieceRows } = this.workspace;
    let left = target;
    let last = 0;
    for (let piece = 0; piece < pieces; piece++) {
      if (inertia[piece] === 0) continue;
      last = piece;
      if (left < inertia[piece]!) break;
      left -= inertia[piece]!;
    }
    let found = 0;
    for (let row = last * pieceRows; row < Math.min((last + 1) * pieceRows, this.rows); row++) {
      if (distances[row] === 0) continue;
      found = row;
      left -= distances[row]!;
      if (left < 0) break;
    }
    return found;
  }

  /** The row that is farthest from its centre, of several the first; undefined when all are at theirs. */
  farthest(): number | undefined {
    const { distances } = this.workspace;
    let best = 0;
    for (let row = 1; row < distances.length; row++) if (distances[row]! > distances[best]!) best = row;
    return distances[best] === 0 ? undefined : best;
  }

  #run(pass: Parameters<Team['run']>[0], width: number): void {
    this.#team.run(pass, width, this.workspace.pieces);
  }
}
