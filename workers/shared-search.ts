import { readFileSync } from 'node:fs';
import { type MessagePort, threadId } from 'node:worker_threads';
import type { Transactions } from '../src/baskets/transactions.ts';
import { PairwellError } from '../src/errors.ts';
import { chooseAlgorithm, searchOf } from '../src/mining/algorithms.ts';
import { itemsetBuffers } from '../src/mining/itemsets.ts';
import {
  type KernelMemory,
  newMemory,
  reserveMemory,
  usedBytes,
} from '../src/mining/kernel/kernel-memory.ts';
import { cutIntoParts, type Parts } from '../src/mining/parts.ts';
import type { Algorithm } from '../src/mining/request.ts';
import { encodeRoot, type RootDatabase } from '../src/mining/root-database.ts';
import { type Piece, type SearchRequest, searchParts } from '../src/mining/search-parts.ts';
import { kernelPath } from '../src/package-root.ts';
import { type Control, closeTeam, joinTeam, teamOn } from './control.ts';

/** A memory that took no more than this is used again. */
const keptBytes = 2 ** 26;

/** What the last search that this thread led was in. */
let kept: { memory: WebAssembly.Memory; id: string } | undefined;
let memories = 0;

/** A search that any number of threads can take part in; everything large in it is in shared memory. */
export interface SharedSearch {
  readonly algorithm: Exclude<Algorithm, 'apriori'>;
  readonly root: RootDatabase;
  /** Where the root database and the kernels are. */
  readonly place: KernelMemory;
  readonly parts: Parts;
  readonly request: SearchRequest;
  /** Which memory this is, as each thread has an object of its own for it. */
  readonly memoryId: string;
}

let compiled: WebAssembly.Module | undefined;

/** The kernel, compiled once per thread. */
export function kernel(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(readFileSync(kernelPath()));
  return compiled;
}

/** Encodes transactions and cuts the work into parts. */
export function prepareSearch(
  transactions: Transactions,
  algorithm: Exclude<Algorithm, 'apriori'> | 'auto',
  request: SearchRequest,
  threads: number,
): SharedSearch {
  const { target, minSupport, top, budget } = request;
  const { memory, id } = kept ?? { memory: newMemory(), id: `${threadId}/${memories++}` };
  kept = undefined;
  let place!: KernelMemory;
  const root = encodeRoot(transactions, minSupport, (integers, columns) => {
    const { allocate, ...reserved } = reserveMemory(integers, columns, threads, budget.maxBytes, memory);
    place = reserved;
    return allocate;
  });
  return {
    algorithm: algorithm === 'auto' ? chooseAlgorithm(root, target, minSupport) : algorithm,
    root,
    place,
    parts: cutIntoParts(root, target, top === undefined ? 'heaviest-first' : 'commonest-first'),
    request,
    memoryId: id,
  };
}

/** Keeps the memory of a search that all threads have ended, for the next one; unless it is large. */
export function keepMemory({ place, memoryId }: SharedSearch): void {
  if (usedBytes(place) <= keptBytes) kept = { memory: place.memory, id: memoryId };
}

/** Takes part in a search until no part of it is left. */
function takePart({ algorithm, root, place, parts, request }: SharedSearch, control: Control): Piece {
  const factory = searchOf(algorithm, kernel(), place);
  return searchParts({ root, parts, request, factory, team: teamOn(control) });
}

/**
 * Takes part in a search together with the threads at the other end of `ports`, which take part as they come: a thread that
 * comes when nothing is left is not waited for.
 *
 * @throws PairwellError `cancelled` when another thread did not end; whatever the search throws
 */
export async function leadSearch(
  search: SharedSearch,
  control: Control,
  ports: readonly MessagePort[],
): Promise<Piece[]> {
  try {
    for (const port of ports) port.postMessage(search);
    const own = takePart(search, control);
    return [own, ...(await answersFrom(ports, closeTeam(control)))];
  } finally {
    for (const port of ports) port.close();
  }
}

/** Takes part in the search that comes over `port`, and sends what it found. */
export async function helpSearch(port: MessagePort, control: Control): Promise<SharedSearch | undefined> {
  const search = await new Promise<SharedSearch | undefined>((resolve) => {
    port.once('message', resolve);
    port.once('close', () => resolve(undefined));
  });
  if (!search || !joinTeam(control)) return undefined;
  let piece: Piece | undefined;
  try {
    piece = takePart(search, control);
  } finally {
    port.postMessage(piece, piece && 'itemsets' in piece ? piece.itemsets.flatMap(itemsetBuffers) : []);
    port.close();
  }
  return search;
}

/** The answers that come over any of the ports, until so many are there. */
function answersFrom(ports: readonly MessagePort[], count: number): Promise<Piece[]> {
  return new Promise((resolve, reject) => {
    const pieces: Piece[] = [];
    const take = (piece: Piece | undefined): void => {
      if (piece) pieces.push(piece);
      else reject(new PairwellError('cancelled', 'Another thread of the search did not end.'));
      if (pieces.length === count) resolve(pieces);
    };
    if (count === 0) resolve(pieces);
    for (const port of ports) port.on('message', take);
  });
}
