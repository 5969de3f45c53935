import type { RootDatabase } from '../root-database.ts';

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

/** The memory begins with a cell that counts the parts that were taken. */
const headerBytes = 64;

/** Columns begin at multiples of so many bytes. */
const alignment = 16;

/**
 * Reserves address space for a root database of at most so many integers in `columns` columns, and for the kernels. Only
 * what is written to takes memory.
 *
 * @param maxBytes the most for each kernel; they get less when there is not so much for all of them
 * @returns the memory, and what allocates columns in it
 */
export function reserveMemory(
  integers: number,
  columns: number,
  arenas: number,
  maxBytes: number,
): KernelMemory & { allocate(length: number): Int32Array } {
  const arenaStart = headerBytes + integers * Int32Array.BYTES_PER_ELEMENT + columns * alignment;
  const free = mostPages * pageBytes - arenaStart;
  const arenaBytes = Math.floor(Math.min(maxBytes, free / arenas) / alignment) * alignment;
  const pages = Math.min(mostPages, Math.ceil((arenaStart + arenas * arenaBytes) / pageBytes));
  const memory = new WebAssembly.Memory({ initial: pages, maximum: mostPages, shared: true });
  let top = headerBytes;
  return {
    memory,
    arenaStart: Math.ceil(arenaStart / alignment) * alignment,
    arenaBytes,
    arenas,
    allocate: (length) => {
      const column = new Int32Array(memory.buffer, top, length);
      top += Math.ceil((length * Int32Array.BYTES_PER_ELEMENT) / alignment) * alignment;
      return column;
    },
  };
}

/** Takes one of the parts; no other kernel gets it. Undefined when there is none left. */
export function takeArena(place: KernelMemory): Arena | undefined {
  const number = Atomics.add(new Int32Array(place.memory.buffer, 0, 1), 0, 1);
  if (number >= place.arenas) return undefined;
  const start = place.arenaStart + number * place.arenaBytes;
  return { start, end: start + place.arenaBytes };
}

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
