import { PairwellError } from '../../errors.ts';
import { megabytes } from '../budget.ts';
import type { AllocateColumn, RootDatabase } from '../root-database.ts';

/** What the threads of one search have their kernels in: one shared memory, with a part of it for each. */
export interface KernelMemory {
  readonly memory: WebAssembly.Memory;
  /** Addresses: the first part begins at `arenaStart`, each has `arenaBytes`. */
  readonly arenaStart: number;
  readonly arenaBytes: number;
  readonly arenas: number;
}

/** A kernel's part of the memory: addresses. */
export interface Arena {
  readonly start: number;
  readonly end: number;
}

const pageBytes = 65_536;

/** One less than can be addressed: Node.js 20 sends no larger memory to other threads. */
const mostPages = 65_535;

/** The memory begins with two cells: how many parts were taken, and how many pages of them were used. */
const headerBytes = 64;
const takenCell = 0;
const usedCell = 1;

/** Columns begin at multiples of so many bytes. */
const alignment = 16;

/** A kernel gets no part smaller than this where a copy of the root database is the other way. */
const leastArenaBytes = 2 ** 29;

/** A memory of as much address space as there can be; only what is written to takes memory. */
export function newMemory(): WebAssembly.Memory {
  return new WebAssembly.Memory({ initial: mostPages, maximum: mostPages, shared: true });
}

/**
 * Lays out a memory for a root database of at most so many integers in `columns` columns, and for the kernels.
 *
 * @param threads how many kernels there will be; where there is too little for all of them, the last ones get no part
 * @param maxBytes the most for each kernel
 * @param memory one of an earlier search that has ended, in which what was written to need not be asked of the system again
 * @returns the memory, and what allocates columns in it
 * @throws PairwellError `limit-exceeded` when the root database alone is too large
 */
export function reserveMemory(
  integers: number,
  columns: number,
  threads: number,
  maxBytes: number,
  memory: WebAssembly.Memory = newMemory(),
): KernelMemory & { allocate: AllocateColumn } {
  const rootBytes = headerBytes + integers * Int32Array.BYTES_PER_ELEMENT + columns * alignment;
  const free = mostPages * pageBytes - rootBytes - alignment;
  if (rootBytes > maxBytes || free < pageBytes)
    throw tooLarge(rootBytes, Math.min(maxBytes, mostPages * pageBytes));
  const wanted = Math.min(maxBytes, leastArenaBytes);
  const arenas = Math.max(1, Math.min(threads, Math.floor(free / wanted)));
  const arenaBytes = Math.floor(Math.min(maxBytes, free / arenas) / alignment) * alignment;
  const arenaStart = Math.ceil(rootBytes / alignment) * alignment;
  new Int32Array(memory.buffer, 0, headerBytes / Int32Array.BYTES_PER_ELEMENT).fill(0);
  let top = headerBytes;
  return {
    memory,
    arenaStart,
    arenaBytes,
    arenas,
    allocate: (length) => {
      const column = new Int32Array(memory.buffer, top, length);
      top += Math.ceil((length * Int32Array.BYTES_PER_ELEMENT) / alignment) * alignment;
      return column;
    },
  };
}

function tooLarge(bytes: number, most: number): PairwellError {
  return new PairwellError(
    'limit-exceeded',
    `The transactions take ${megabytes(bytes)} for a search, more than the ${megabytes(most)} that a thread may take. ` +
      'Raise the minimum support so that fewer items count, leave items or long transactions out, allow more memory ' +
      '(4096 MB at most), or mine a sample.',
    { bytes, maxBytes: most },
  );
}

/** Takes one of the parts; no other kernel gets it. Undefined when there is none left. */
export function takeArena(place: KernelMemory): Arena | undefined {
  const number = Atomics.add(header(place), takenCell, 1);
  if (number >= place.arenas) return undefined;
  const start = place.arenaStart + number * place.arenaBytes;
  return { start, end: start + place.arenaBytes };
}

/** Tells how much of its part a kernel used. */
export function tellUsed(place: KernelMemory, bytes: number): void {
  Atomics.add(header(place), usedCell, Math.ceil(bytes / pageBytes));
}

/** About how many bytes were written to: by the root database, and by the kernels that told. */
export function usedBytes(place: KernelMemory): number {
  return place.arenaStart + Atomics.load(header(place), usedCell) * pageBytes;
}

const header = ({ memory }: KernelMemory): Int32Array =>
  new Int32Array(memory.buffer, 0, headerBytes / Int32Array.BYTES_PER_ELEMENT);

/** The columns of a root database that a kernel reads. */
const columnsRead = ['everywhere', 'items', 'rows', 'content', 'holderStarts', 'holders'] as const;

/** A copy of a root database in a memory of its own, for one kernel. */
export function placed(root: RootDatabase, maxBytes: number): { root: RootDatabase; place: KernelMemory } {
  const integers = columnsRead.reduce((sum, name) => sum + root[name].length, 0);
  const { allocate, ...place } = reserveMemory(integers, columnsRead.length, 1, maxBytes);
  const copies = columnsRead.map((name) => {
    const copy = allocate(root[name].length);
    copy.set(root[name]);
    return [name, copy] as const;
  });
  return { root: { ...root, ...Object.fromEntries(copies) }, place };
}
