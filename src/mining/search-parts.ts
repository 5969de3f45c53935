import { PairwellError } from '../errors.ts';
import { type Budget, limitReached, megabytes, moreThan, tooLong } from './budget.ts';
import { type Itemsets, sizesHistogram } from './itemsets.ts';
import type { Parts } from './parts.ts';
import type { RootDatabase } from './root-database.ts';
import { longestRepeated, safeLength } from './safe-length.ts';
import type { Search, SearchFactory, SearchOptions, Target } from './search.ts';
import { CountingSink, type Lengths, ListingSink } from './sink.ts';
import { TopThreshold } from './top-itemsets.ts';

/** What is searched for: plain data, so that it can go to other threads. */
export interface SearchRequest extends Lengths {
  readonly target: Target;
  /** The least number of transactions that hold an itemset, ≥ 1. */
  readonly minSupport: number;
  /** Whether sets are counted, or listed. */
  readonly counting: boolean;
  /** Only so many sets, those of highest support, are wanted: lets the search raise its minimum support. */
  readonly top?: number | undefined;
  readonly budget: Budget;
}

/** What the threads of one search share. */
export interface Team {
  /** The number of the next part to work on; no other thread gets it. Beyond the last part there is nothing left. */
  nextPart(): number;
  /** Tells that a share of all work is done. */
  done(share: number): void;
  /** The share of the work that all threads have done. */
  progress(): number;
  /** Tells of more itemsets that were found; returns how many all threads have found. */
  found(more: number): number;
  /** Tells that sets of less support are not wanted any more; returns the least support that is, by all threads. */
  raise(minSupport: number): number;
  /** Asked many times a second: whether to stop, and why. */
  stop(): 'cancelled' | 'out-of-time' | undefined;
}

/** What one thread found. */
export type Piece =
  | { readonly bySize: bigint[] }
  | {
      /** What was found, in chunks. */
      readonly itemsets: readonly Itemsets[];
      /** The parts that it worked on, and how many itemsets it had after each. */
      readonly parts: number[];
      readonly ends: number[];
    };

/** What is to be searched, and with whom. */
export interface Task {
  readonly root: RootDatabase;
  readonly parts: Parts;
  readonly request: SearchRequest;
  readonly factory: SearchFactory;
  readonly team: Team;
}

/** What one thread has found so far. */
interface Seen {
  readonly sizes: readonly number[];
  readonly supports?: Int32Array | undefined;
}

/**
 * Works on parts until none is left.
 *
 * @throws PairwellError `limit-exceeded` when the budget is used up, `cancelled` when the team is told to stop
 */
export function searchParts(task: Task): Piece {
  return task.request.counting ? { bySize: countParts(task) } : listParts(task);
}

function countParts(task: Task): bigint[] {
  const sink = new CountingSink(task.request);
  let search: Search | undefined;
  const limits = limitsOf(task, () => {
    search?.finish();
    return { sizes: sink.bySize().map(Number) };
  });
  search = task.factory(task.root, limits.options, sink);
  mineParts(task, search);
  search.finish();
  return sink.bySize();
}

function listParts(task: Task): Piece {
  const { root, request, factory, team } = task;
  const { minSupport, budget, top } = request;
  let told = 0;
  const limits = limitsOf(task, () => {
    const found = sink.build();
    return { sizes: sizesHistogram(found), supports: found.supports };
  });
  const tell = (): void => {
    if (team.found(sink.count - told) > budget.maxItemsets) limits.exceeded(moreThan(budget.maxItemsets));
    told = sink.count;
    if (sink.byteLength > budget.maxBytes)
      limits.exceeded(`The itemsets take more than ${megabytes(budget.maxBytes)}`);
    limits.options.tick();
  };
  // Candidates are not generators yet, so neither their lengths nor their supports say what is wanted.
  const sifted = request.target === 'generator';
  const best = top === undefined || sifted ? undefined : new TopThreshold(top);
  const sink: ListingSink = new ListingSink(
    { minLength: sifted ? 1 : request.minLength, maxLength: request.maxLength, top: best && top },
    { onEach: best && ((support) => best.offer(support)), onMany: tell },
  );
  const search = factory(root, limits.options, sink);
  const worked: number[] = [];
  const ends: number[] = [];
  mineParts(
    task,
    search,
    () => best && search.raise(team.raise(Math.max(minSupport, best.threshold))),
    (part) => {
      worked.push(part);
      ends.push(sink.count);
    },
  );
  tell();
  return { itemsets: sink.chunks(), parts: worked, ends };
}

/** Takes parts from the team until none is left, and tells how far it got. */
function mineParts(
  { parts, team }: Task,
  search: Search,
  before: () => void = ignore,
  after: (part: number) => void = ignore,
): void {
  const { ranks, ends, shares, shareCounts, weights } = parts;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  for (let part = team.nextPart(); part < ranks.length; part = team.nextPart()) {
    before();
    for (let rank = ranks[part]; rank < ends[part]; rank++)
      search.mine(rank, shares[part], shareCounts[part]);
    team.done(weights[part] / total);
    after(part);
  }
}

/**
 * The limits of a search, whose errors say what was reached.
 *
 * @param seen tells what the thread has found; it is asked when a limit is reached
 */
function limitsOf(
  { root, request, team }: Task,
  seen: () => Seen,
): { options: SearchOptions; exceeded: (what: string) => never } {
  const { target, minSupport, maxLength, budget } = request;
  const exceeded = (what: string): never => {
    const own = seen();
    const count = own.sizes.reduce((sum, size) => sum + size, 0);
    const itemsets = Math.max(team.found(0), count);
    const safe = (most: number): number => safeLength(root, minSupport, most);
    // A condensed target does not list the subsets of what it lists.
    const longest = target === 'all' ? Math.max(own.sizes.length, longestRepeated(root, minSupport)) : 0;
    const reached = { share: team.progress(), itemsets, minSupport, safeLength: safe, longest, ...own };
    throw limitReached(what, reached, Math.min(itemsets, budget.maxItemsets));
  };
  const options = {
    target,
    minSupport,
    maxLength,
    maxBytes: budget.maxBytes,
    tick: () => {
      const stop = team.stop();
      if (stop === 'cancelled') throw new PairwellError('cancelled', 'The work was cancelled.');
      if (stop) exceeded(tooLong(budget.maxMs));
    },
    full: (bytes: number) => exceeded(`The search needs more than ${megabytes(bytes)} on one of its threads`),
  };
  return { options, exceeded };
}

function ignore(): void {}
