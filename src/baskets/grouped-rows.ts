import { offsetsOf } from './offsets.ts';

/** Rows of `width` numbers in groups: group g has the rows `offsets[g]` … `offsets[g + 1] - 1`. Plain data, for threads. */
export interface GroupedRows {
  readonly width: number;
  readonly offsets: Int32Array;
  /** Row after row. */
  readonly values: Float64Array;
}

/** Collects rows of numbers that belong to groups, in flat memory. */
export class RowCollector {
  readonly #width: number;
  #groups = new Int32Array(256);
  #values: Float64Array;
  #count = 0;

  constructor(width: number) {
    this.#width = width;
    this.#values = new Float64Array(this.#groups.length * width);
  }

  /** @param row as many numbers as the rows are wide */
  add(group: number, row: readonly number[]): void {
    if (this.#count === this.#groups.length) this.#grow();
    this.#values.set(row, this.#count * this.#width);
    this.#groups[this.#count++] = group;
  }

  /** The rows of each group in the order in which they came. */
  grouped(groupCount: number): GroupedRows {
    const width = this.#width;
    const sizes = new Int32Array(groupCount);
    for (let row = 0; row < this.#count; row++) sizes[this.#groups[row]]++;
    const offsets = offsetsOf(sizes);
    const next = offsets.slice();
    const values = new Float64Array(this.#count * width);
    for (let row = 0; row < this.#count; row++) {
      const to = next[this.#groups[row]]++ * width;
      for (let n = 0; n < width; n++) values[to + n] = this.#values[row * width + n];
    }
    return { width, offsets, values };
  }

  #grow(): void {
    const groups = new Int32Array(2 * this.#groups.length);
    groups.set(this.#groups);
    this.#groups = groups;
    const values = new Float64Array(2 * this.#values.length);
    values.set(this.#values);
    this.#values = values;
  }
}

/** The rows of a group, as views. */
export function* rowsOf({ width, offsets, values }: GroupedRows, group: number): Generator<Float64Array> {
  for (let row = offsets[group]; row < offsets[group + 1]; row++)
    yield values.subarray(row * width, (row + 1) * width);
}
