import { type Budget, limitReached } from './budget.ts';
import type { Itemsets } from './itemsets.ts';
import type { Parts } from './parts.ts';
import type { RootDatabase } from './root-database.ts';
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
  /** Called many times a second; what it throws ends the search. */
  tick(): void;
}

/** What one thread found. */
export type Piece =
  | { readonly bySize: bigint[] }
  | {
      readonly itemsets: Itemsets;
      /** The parts that it worked on, and how many itemsets it had after each. */
      readonly parts: number[];
      readonly ends: number[];
    };

/** After so many itemsets a thread tells the others. */
const stride = 1024;

/**
 * Works on parts until none is left.
 *
 * @throws PairwellError `limit-exceeded` when the budget is used up; whatever `team.tick` throws
 */
export function searchParts(
  root: RootDatabase,
  parts: Parts,
  request: SearchRequest,
  factory: SearchFactory,
  team: Team,
): Piece {
  return request.counting
    ? { bySize: countParts(root, parts, request, factory, team) }
    : listParts(root, parts, request, factory, team);
}

function countParts(
  root: RootDatabase,
  parts: Parts,
  request: SearchRequest,
  factory: SearchFactory,
  team: Team,
): bigint[] {
  const sink = new CountingSink(request);
  const search = factory(root, optionsOf(request, team), sink);
  const total = sumOf(parts.weights);
  for (let part = team.nextPart(); part < parts.ranks.length; part = team.nextPart()) {
    minePart(search, parts, part);
    team.done(parts.weights[part] / total);
  }
  search.finish();
  return sink.bySize();
}

function listParts(
  root: RootDatabase,
  parts: Parts,
  request: SearchRequest,
  factory: SearchFactory,
  team: Team,
): Piece {
  const { minSupport, budget, top } = request;
  let told = 0;
  const limit = (what: string): never => {
    const reached = { share: team.progress(), itemsets: team.found(0), sample: sink.build(), minSupport };
    throw limitReached(what, reached, budget.maxItemsets);
  };
  const tell = (): void => {
    if (team.found(sink.count - told) > budget.maxItemsets) limit(`more than ${budget.maxItemsets} itemsets`);
    told = sink.count;
    if (sink.byteLength > budget.maxBytes) {
      limit(`itemsets of more than ${Math.round(budget.maxBytes / 2 ** 20)} MB`);
    }
  };
  // Candidates are not generators yet, so neither their lengths nor their supports say what is wanted.
  const sifted = request.target === 'generator';
  const best = top === undefined || sifted ? undefined : new TopThreshold(top);
  const lengths = { minLength: sifted ? 1 : request.minLength, maxLength: request.maxLength };
  const limits = { minSupport, maxItemsets: Number.POSITIVE_INFINITY };
  const sink: ListingSink = new ListingSink(lengths, limits, (support) => {
    best?.offer(support);
    if (sink.count - told >= stride) tell();
  });
  const search = factory(root, optionsOf(request, team), sink);
  const total = sumOf(parts.weights);
  const worked: number[] = [];
  const ends: number[] = [];
  for (let part = team.nextPart(); part < parts.ranks.length; part = team.nextPart()) {
    if (best) search.raise(team.raise(Math.max(minSupport, best.threshold)));
    minePart(search, parts, part);
    team.done(parts.weights[part] / total);
    worked.push(part);
    ends.push(sink.count);
  }
  tell();
  return { itemsets: sink.build(), parts: worked, ends };
}

function minePart(search: Search, { ranks, ends, shares, shareCounts }: Parts, part: number): void {
  for (let rank = ranks[part]; rank < ends[part]; rank++) search.mine(rank, shares[part], shareCounts[part]);
}

const optionsOf = ({ target, minSupport, maxLength, budget }: SearchRequest, team: Team): SearchOptions => ({
  target,
  minSupport,
  maxLength,
  maxBytes: budget.maxBytes,
  tick: () => team.tick(),
});

const sumOf = (weights: Float64Array): number => weights.reduce((sum, weight) => sum + weight, 0);
