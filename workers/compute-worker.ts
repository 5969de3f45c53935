import { readFileSync } from 'node:fs';
import * as Comlink from 'comlink';
import { type Transactions, transactionCount } from '../src/baskets/transactions.ts';
import { PairwellError } from '../src/errors.ts';
import { chooseAlgorithm, searchOf } from '../src/mining/algorithms.ts';
import { apriori } from '../src/mining/apriori.ts';
import { percentOf } from '../src/mining/budget.ts';
import { type Itemsets, itemsetBuffers } from '../src/mining/itemsets.ts';
import { joinItemsets } from '../src/mining/join-pieces.ts';
import { type KernelMemory, reserveMemory } from '../src/mining/kernel/kernel-memory.ts';
import { cutIntoParts, type Parts } from '../src/mining/parts.ts';
import type { Algorithm } from '../src/mining/request.ts';
import { encodeRoot, type RootDatabase, rootSize } from '../src/mining/root-database.ts';
import { type Piece, type SearchRequest, searchParts } from '../src/mining/search-parts.ts';
import { sift } from '../src/mining/sift.ts';
import { kernelPath } from '../src/package-root.ts';
import { generateRules, type RuleOptions } from '../src/rules/generate.ts';
import { type RuleColumns, ruleBuffers } from '../src/rules/rule-columns.ts';
import { type Control, progressInto, teamOn } from './control.ts';
import { serve } from './serve.ts';

/** A search that any number of threads can take part in; everything large in it is in shared memory. */
export interface SharedSearch {
  readonly algorithm: Exclude<Algorithm, 'apriori'>;
  readonly root: RootDatabase;
  /** Where the root database and the kernels are. */
  readonly place: KernelMemory;
  readonly parts: Parts;
  readonly request: SearchRequest;
}

let compiled: WebAssembly.Module | undefined;

/** The kernel, compiled once per thread. */
function kernel(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(readFileSync(kernelPath()));
  return compiled;
}

const transferred = (itemsets: Itemsets): Itemsets => Comlink.transfer(itemsets, itemsetBuffers(itemsets));

/** Mining on a thread of its own: what is in shared memory comes without a copy, results leave without one. */
const api = {
  /** Gets the thread ready to search. */
  warmUp(): void {
    kernel();
  },

  /** Encodes transactions and cuts the work into parts. */
  prepare(
    transactions: Transactions,
    algorithm: Exclude<Algorithm, 'apriori'> | 'auto',
    request: SearchRequest,
    threads: number,
  ): SharedSearch {
    const { integers, columns } = rootSize(transactions);
    const { allocate, ...place } = reserveMemory(integers, columns, threads, request.budget.maxBytes);
    const root = encodeRoot(transactions, request.minSupport, allocate);
    const order = request.top === undefined ? 'heaviest-first' : 'commonest-first';
    return {
      algorithm: algorithm === 'auto' ? chooseAlgorithm(root, request.target, request.minSupport) : algorithm,
      root,
      place,
      parts: cutIntoParts(root, request.target, order),
      request,
    };
  },

  /** Takes part in a search until no part of it is left. */
  search({ algorithm, root, place, parts, request }: SharedSearch, control: Control): Piece {
    const { maxMs } = request.budget;
    const deadline = performance.now() + maxMs;
    const team = teamOn(control, () => {
      if (performance.now() > deadline) throw outOfTime(team.progress(), maxMs);
    });
    const piece = searchParts(root, parts, request, searchOf(algorithm, kernel(), place), team);
    return 'itemsets' in piece ? Comlink.transfer(piece, itemsetBuffers(piece.itemsets)) : piece;
  },

  /** The itemsets of a search whose pieces are all there. */
  join({ root, request }: SharedSearch, pieces: readonly Piece[]): Itemsets {
    const condensed = request.target === 'generator' ? 'generator' : undefined;
    const itemsets = joinItemsets(root, request, pieces);
    return transferred(sift(itemsets, root.transactionCount, request, condensed));
  },

  /** Mines level by level, which shares no work. */
  apriori(transactions: Transactions, request: SearchRequest, control: Control): Itemsets {
    const { target, minSupport, maxLength, budget } = request;
    const all = apriori(transactions, {
      minSupport,
      // What is closed or maximal shows among sets of any length only.
      ...(target === 'all' || target === 'generator' ? { maxLength } : {}),
      maxItemsets: budget.maxItemsets,
      onProgress: progressInto(control),
    });
    const condensed = target === 'all' ? undefined : target;
    return transferred(sift(all, transactionCount(transactions), request, condensed));
  },

  rules(itemsets: Itemsets, transactionCount: number, options: RuleOptions): RuleColumns {
    const rules = generateRules(itemsets, transactionCount, options);
    return Comlink.transfer(rules, ruleBuffers(rules));
  },
};

function outOfTime(share: number, maxMs: number): PairwellError {
  return new PairwellError(
    'limit-exceeded',
    `The search took more than the ${maxMs / 1000} seconds it may take; about ${percentOf(share)} of the ` +
      'work was done. Raise the minimum support, limit the length, or allow more time.',
    { share, maxMs },
  );
}

export type ComputeApi = typeof api;

serve(api);
