import type { BlockKernel } from '../block-kernel.ts';

/** What the module compiled from `assembly/index.ts` offers; addresses are byte offsets into its memory. */
interface KernelExports {
  squaredDistances(
    rows: number,
    count: number,
    columns: number,
    centres: number,
    width: number,
    out: number,
  ): void;
  nearestCentres(distances: number, count: number, width: number, labels: number, nearest: number): number;
  addRows(rows: number, count: number, columns: number, labels: number, sums: number, counts: number): void;
  addPotentials(distances: number, count: number, width: number, nearest: number, totals: number): void;
  lowerDistances(distances: number, count: number, width: number, nearest: number): void;
}

/** Rows are worked on in chunks of about so many values, which stay in the processor's nearer memory. */
const chunkValues = 2 ** 16;
const mostChunkRows = 2048;

/** Numbers in a vector. */
const lanes = 4;

const pageBytes = 65_536;
const alignment = 16;

/** Where things are in a kernel's memory. */
interface Views {
  readonly chunkRows: number;
  readonly rows: Float32Array;
  /** By column, `width` values each. */
  readonly centres: Float32Array;
  /** By row and centre: the distances of the chunk. */
  readonly apart: Float32Array;
  readonly labels: Uint16Array;
  readonly nearest: Float32Array;
  readonly sums: Float64Array;
  readonly counts: Int32Array;
}

/**
 * In WebAssembly with vectors of four numbers. The rows are copied into a small memory chunk by chunk, which costs a sixth of
 * the time and lets a matrix be larger than such a memory can be.
 *
 * @param module compiled from `assembly/index.ts`
 */
export class WasmKernel implements BlockKernel {
  readonly #module: WebAssembly.Module;
  #memory: WebAssembly.Memory | undefined;
  #kernel!: KernelExports;
  #views!: Views;
  #shape = '';

  constructor(module: WebAssembly.Module) {
    this.#module = module;
  }

  assign(
    rows: Float32Array,
    columns: number,
    centres: Float32Array,
    labels: Uint16Array,
    distances: Float32Array,
    sums: Float64Array,
    counts: Int32Array,
  ): number {
    const width = this.#open(columns, centres);
    const views = this.#views;
    const { sums: sumsIn, counts: countsIn } = views;
    sumsIn.fill(0);
    countsIn.fill(0);
    let changed = 0;
    for (let from = 0; from < labels.length; from += views.chunkRows) {
      const count = this.#measure(rows, columns, width, from, labels.length);
      const [labelled, near] = [views.labels.subarray(0, count), views.nearest.subarray(0, count)];
      labelled.set(labels.subarray(from, from + count));
      const { nearestCentres, addRows } = this.#kernel;
      changed += nearestCentres(views.apart.byteOffset, count, width, labelled.byteOffset, near.byteOffset);
      addRows(
        views.rows.byteOffset,
        count,
        columns,
        labelled.byteOffset,
        sumsIn.byteOffset,
        countsIn.byteOffset,
      );
      labels.set(labelled, from);
      distances.set(near, from);
    }
    sums.set(sumsIn.subarray(0, sums.length));
    counts.set(countsIn.subarray(0, counts.length));
    return changed;
  }

  potentials(
    rows: Float32Array,
    columns: number,
    candidates: Float32Array,
    distances: Float32Array,
    totals: Float64Array,
  ): void {
    const width = this.#open(columns, candidates);
    const { chunkRows, apart, nearest, sums } = this.#views;
    sums.fill(0);
    for (let from = 0; from < distances.length; from += chunkRows) {
      const count = this.#measure(rows, columns, width, from, distances.length);
      nearest.set(distances.subarray(from, from + count));
      this.#kernel.addPotentials(apart.byteOffset, count, width, nearest.byteOffset, sums.byteOffset);
    }
    totals.set(sums.subarray(0, totals.length));
  }

  lower(rows: Float32Array, columns: number, centre: Float32Array, distances: Float32Array): void {
    const width = this.#open(columns, centre);
    const { chunkRows, apart, nearest } = this.#views;
    for (let from = 0; from < distances.length; from += chunkRows) {
      const count = this.#measure(rows, columns, width, from, distances.length);
      nearest.set(distances.subarray(from, from + count));
      this.#kernel.lowerDistances(apart.byteOffset, count, width, nearest.byteOffset);
      distances.set(nearest.subarray(0, count), from);
    }
  }

  /** Brings the next chunk in and measures it against the centres. Returns how many rows it has. */
  #measure(rows: Float32Array, columns: number, width: number, from: number, end: number): number {
    const { chunkRows, rows: chunk, centres, apart } = this.#views;
    const count = Math.min(chunkRows, end - from);
    chunk.set(rows.subarray(from * columns, (from + count) * columns));
    this.#kernel.squaredDistances(
      chunk.byteOffset,
      count,
      columns,
      centres.byteOffset,
      width,
      apart.byteOffset,
    );
    return count;
  }

  /** Makes room and brings the centres in, infinitely far ones after them to fill the last vector. Returns their number. */
  #open(columns: number, centres: Float32Array): number {
    const count = centres.length / columns;
    const width = Math.ceil(count / lanes) * lanes;
    const shape = `${columns}×${width}`;
    if (shape !== this.#shape) this.#layOut(columns, width);
    this.#shape = shape;
    const { centres: into } = this.#views;
    for (let column = 0; column < columns; column++) {
      for (let centre = 0; centre < width; centre++) {
        into[column * width + centre] =
          centre < count ? centres[centre * columns + column]! : Number.POSITIVE_INFINITY;
      }
    }
    return width;
  }

  #layOut(columns: number, width: number): void {
    const fitting = Math.floor(chunkValues / Math.max(columns, width) / lanes) * lanes;
    const chunkRows = Math.max(lanes, Math.min(mostChunkRows, fitting));
    let top = alignment;
    const place = (bytes: number): number => {
      const start = top;
      top += Math.ceil(bytes / alignment) * alignment;
      return start;
    };
    const [rows, centres, apart] = [chunkRows * columns, columns * width, chunkRows * width];
    const starts = [
      ...[rows * 4, centres * 4, apart * 4, chunkRows * 2, chunkRows * 4, centres * 8, width * 4],
    ].map(place);
    if (!this.#memory || this.#memory.buffer.byteLength < top) {
      const pages = Math.ceil(top / pageBytes);
      this.#memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
      const instance = new WebAssembly.Instance(this.#module, { env: { memory: this.#memory } });
      this.#kernel = instance.exports as KernelExports;
    }
    const { buffer } = this.#memory;
    this.#views = {
      chunkRows,
      rows: new Float32Array(buffer, starts[0], rows),
      centres: new Float32Array(buffer, starts[1], centres),
      apart: new Float32Array(buffer, starts[2], apart),
      labels: new Uint16Array(buffer, starts[3], chunkRows),
      nearest: new Float32Array(buffer, starts[4], chunkRows),
      sums: new Float64Array(buffer, starts[5], centres),
      counts: new Int32Array(buffer, starts[6], width),
    };
  }
}
