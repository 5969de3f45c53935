import { type RootDatabase, rowCountOf } from '../root-database.ts';
import type { Search, SearchFactory, SearchOptions, Target } from '../search.ts';
import { CountingSink, type Sink } from '../sink.ts';
import { type Arena, type KernelMemory, placed, takeArena, tellUsed } from './kernel-memory.ts';

/** What the module compiled from `assembly/index.ts` offers; addresses are byte offsets into its memory. */
interface KernelExports {
  open(
    arenaStart: number,
    arenaEnd: number,
    target: number,
    minSupport: number,
    maxLength: number,
    list: number,
    itemCount: number,
  ): void;
  openRoot(
    rowCount: number,
    rows: number,
    content: number,
    rankCount: number,
    items: number,
    holderStarts: number,
    holders: number,
    everywhereCount: number,
    everywhere: number,
  ): void;
  setMinSupport(minSupport: number): void;
  ranksTogether(): number;
  mineTogether(): void;
  mineRank(rank: number, share: number, shares: number): void;
  flush(): void;
  histogramAddress(): number;
  histogramSize(): number;
  arenaUsed(): number;
}

/** The numbers that the kernel knows the targets by. */
const targetNumbers: Readonly<Record<Target, number>> = { all: 0, closed: 1, maximal: 2, generator: 3 };

const bytesPerEntry = Int32Array.BYTES_PER_ELEMENT;

/**
 * Pattern growth in WebAssembly.
 *
 * @param module compiled from `assembly/index.ts`
 * @param place the memory that the root database is in, for the kernel to read it there; without it, and where all its parts
 *   are taken, the kernel reads a copy
 */
export function kernelSearch(module: WebAssembly.Module, place?: KernelMemory): SearchFactory {
  return (root, options, sink) => {
    const arena = place && takeArena(place);
    if (arena) return new KernelSearch(module, root, place, arena, options, sink);
    const copy = placed(root, options.maxBytes);
    return new KernelSearch(module, copy.root, copy.place, takeArena(copy.place)!, options, sink);
  };
}

class KernelSearch implements Search {
  readonly #supports: Int32Array;
  readonly #options: SearchOptions;
  readonly #sink: Sink;
  readonly #listing: boolean;
  readonly #kernel: KernelExports;
  readonly #place: KernelMemory;
  readonly #column: Int32Array;
  /** Ranks below this one are dealt with together. */
  readonly #together: number;
  #minSupport: number;

  constructor(
    module: WebAssembly.Module,
    root: RootDatabase,
    place: KernelMemory,
    arena: Arena,
    options: SearchOptions,
    sink: Sink,
  ) {
    const { target, minSupport, maxLength, tick, full } = options;
    const { memory } = place;
    this.#supports = root.supports;
    this.#options = options;
    this.#sink = sink;
    this.#listing = !(sink instanceof CountingSink);
    this.#minSupport = minSupport;
    this.#place = place;
    this.#column = new Int32Array(memory.buffer);
    const host = {
      take: (items: number, ends: number, supports: number, count: number) => {
        const endOf = this.#integers(ends, count);
        sink.takeMany(this.#integers(items, endOf[count - 1]), endOf, this.#integers(supports, count));
      },
      takeAll: (set: number, size: number, perfect: number, perfectCount: number, support: number) =>
        sink.take(
          this.#integers(set, size),
          size,
          this.#integers(perfect, perfectCount),
          perfectCount,
          support,
        ),
      countLarge: (size: number, perfectCount: number) =>
        sink.take(this.#column, size, this.#column, perfectCount, 0),
      tick,
      full: () => full(arena.end - arena.start),
    };
    const instance = new WebAssembly.Instance(module, { env: { memory }, host });
    this.#kernel = instance.exports as KernelExports;
    const itemCount = root.items.length + root.everywhere.length;
    const list = this.#listing ? 1 : 0;
    this.#kernel.open(arena.start, arena.end, targetNumbers[target], minSupport, maxLength, list, itemCount);
    this.#kernel.openRoot(
      rowCountOf(root),
      root.rows.byteOffset,
      root.content.byteOffset,
      root.items.length,
      root.items.byteOffset,
      root.holderStarts.byteOffset,
      root.holders.byteOffset,
      root.everywhere.length,
      root.everywhere.byteOffset,
    );
    this.#together = this.#kernel.ranksTogether();
  }

  mine(rank: number, share: number, shares: number): void {
    this.#options.tick();
    if (rank >= this.#together) {
      if (this.#supports[rank] >= this.#minSupport) this.#kernel.mineRank(rank, share, shares);
    } else if (rank === this.#together - 1 && share === 0) this.#kernel.mineTogether();
    if (this.#listing) this.#kernel.flush();
  }

  raise(minSupport: number): void {
    this.#minSupport = minSupport;
    this.#kernel.setMinSupport(minSupport);
  }

  finish(): void {
    tellUsed(this.#place, this.#kernel.arenaUsed() >>> 0);
    if (!(this.#sink instanceof CountingSink)) return;
    const side = this.#kernel.histogramSize();
    const address = this.#kernel.histogramAddress() >>> 0;
    const cells = new BigUint64Array(this.#place.memory.buffer, address, side * side);
    for (let cell = 0; cell < cells.length; cell++) {
      if (cells[cell] > 0n) this.#sink.add(Math.floor(cell / side), cell % side, Number(cells[cell]));
    }
  }

  /** The integers from an address on. */
  #integers(address: number, count: number): Int32Array {
    const from = (address >>> 0) / bytesPerEntry;
    return this.#column.subarray(from, from + count);
  }
}
