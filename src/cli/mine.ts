import { createWriteStream } from 'node:fs';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command, Option } from 'commander';
import { createComputePool, createMiningEngine } from '../../workers/mining.ts';
import { type Transactions, transactionCount } from '../baskets/transactions.ts';
import { readBaskets } from '../import/read-baskets.ts';
import type { FileFormat } from '../import/reading.ts';
import type { Algorithm } from '../mining/algorithms.ts';
import { type Condensed, condense, select } from '../mining/condense.ts';
import { type Itemsets, itemsetCount, sizesHistogram } from '../mining/itemsets.ts';
import { absoluteSupport } from '../mining/options.ts';
import { confidence, lift } from '../rules/measures.ts';
import { type RuleColumns, ruleCount } from '../rules/rule-columns.ts';
import { untilSignalled } from './context.ts';
import { realNumber, wholeNumber } from './options.ts';
import { progressBar } from './progress.ts';

type Target = 'all' | Condensed | 'rules';

interface MineOptions {
  format: FileFormat;
  minSupport: number;
  target: Target;
  algorithm: 'auto' | Algorithm;
  minConfidence: number;
  maxLength?: number;
  maxItemsets?: number;
  out?: string;
  count?: boolean;
}

/** The last of these digits may differ from the true figure; they are for people and other programs to read. */
const digits = 6;

/** Lines are written in chunks of about this many characters. */
const chunkLength = 64 * 1024;

function nameSet(items: Int32Array, names: readonly string[]): string {
  return Array.from(items, (item) => names[item]).join(' ');
}

/** SPMF's lines: the items, and the number of baskets that hold them. */
function* itemsetLines({ offsets, items, supports }: Itemsets, names: readonly string[]): Generator<string> {
  for (let s = 0; s < supports.length; s++) {
    yield `${nameSet(items.subarray(offsets[s], offsets[s + 1]), names)} #SUP: ${supports[s]}\n`;
  }
}

function* ruleLines(rules: RuleColumns, names: readonly string[]): Generator<string> {
  const { antecedentOffsets, antecedentItems, consequent, supportCount, antecedentCount, consequentCount } =
    rules;
  for (let r = 0; r < consequent.length; r++) {
    const antecedent = antecedentItems.subarray(antecedentOffsets[r], antecedentOffsets[r + 1]);
    const count = supportCount[r];
    const sure = confidence(count, antecedentCount[r]);
    const raised = lift(count, antecedentCount[r], consequentCount[r], rules.transactionCount);
    yield `${nameSet(antecedent, names)} ==> ${names[consequent[r]]} #SUP: ${count} ` +
      `#CONF: ${sure.toPrecision(digits)} #LIFT: ${raised.toPrecision(digits)}\n`;
  }
}

function* inChunks(lines: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const line of lines) {
    chunk += line;
    if (chunk.length < chunkLength) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}

/** Writes no faster than `out` takes it, so that memory stays small. */
async function writeLines(lines: Iterable<string>, out: string): Promise<void> {
  const stdout = out === '-';
  const sink: Writable = stdout ? process.stdout : createWriteStream(out);
  await pipeline(Readable.from(inChunks(lines)), sink, { end: !stdout });
}

interface Mined {
  readonly itemsets: Itemsets;
  readonly rules?: RuleColumns;
}

/** Mines on a thread, and shows how it goes on a terminal. */
async function mine(
  transactions: Transactions,
  {
    target,
    algorithm,
    minSupport,
    minConfidence,
    maxLength,
    maxItemsets,
  }: MineOptions & { algorithm: Algorithm },
): Promise<Mined> {
  const count = transactionCount(transactions);
  const pool = createComputePool({ size: 1, queueLimit: 1 });
  const bar = progressBar('Mining');
  try {
    return await untilSignalled(async (signal) => {
      const engine = createMiningEngine(pool);
      const hooks = { signal, onProgress: (share: number) => bar.update(share, '') };
      // What is closed or maximal shows among all sets only, so a length limit comes afterwards.
      const longest = target === 'all' || target === 'rules' ? maxLength : undefined;
      const request = { algorithm, minSupport, maxLength: longest, maxItemsets };
      if (target === 'rules') return engine.mineRules(transactions, request, { minConfidence }, hooks);
      const itemsets = await engine.mine(transactions, request, hooks);
      if (target === 'all') return { itemsets };
      const condensed = condense(itemsets, count, target);
      if (maxLength === undefined) return { itemsets: condensed };
      const { offsets } = condensed;
      return { itemsets: select(condensed, (s) => offsets[s + 1] - offsets[s] <= maxLength) };
    });
  } finally {
    bar.stop();
    await pool.close();
  }
}

/** How many items are in at least `minSupport` baskets. */
function countFrequent({ items, itemCount }: Transactions, minSupport: number): number {
  const counts = new Int32Array(itemCount);
  for (const item of items) counts[item]++;
  return counts.reduce((frequent, count) => frequent + (count >= minSupport ? 1 : 0), 0);
}

async function run(path: string, options: MineOptions): Promise<void> {
  const started = performance.now();
  const { transactions, names } = await readBaskets(path, { format: options.format });
  const read = performance.now();
  const minSupport = absoluteSupport(options.minSupport, transactionCount(transactions));
  const algorithm = options.algorithm === 'auto' ? 'fpgrowth' : options.algorithm;
  const { itemsets, rules } = await mine(transactions, { ...options, algorithm, minSupport });
  const ended = performance.now();
  if (!options.count) {
    await writeLines(rules ? ruleLines(rules, names) : itemsetLines(itemsets, names), options.out ?? '-');
    return;
  }
  const figures = {
    transactions: transactionCount(transactions),
    items: names.length,
    frequentItems: countFrequent(transactions, minSupport),
    itemsets: itemsetCount(itemsets),
    bySize: sizesHistogram(itemsets),
    rules: rules && ruleCount(rules),
    algorithm,
    threads: 1,
    peakMemoryMb: Math.round(process.resourceUsage().maxRSS / 1024),
    ms: { read: tenths(read - started), mine: tenths(ended - read), total: tenths(ended - started) },
  };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
}

const tenths = (ms: number): number => Math.round(ms * 10) / 10;

export function mineCommand(): Command {
  return new Command('mine')
    .description('Mine a file of baskets for itemsets or rules, without a database')
    .argument('<file>', 'plain or gzip-compressed text')
    .addOption(
      new Option('--format <format>', 'fimi: item numbers, basket: item names, csv: rows under headings')
        .choices(['fimi', 'basket', 'csv'])
        .default('fimi'),
    )
    .requiredOption(
      '--min-support <n>',
      'baskets that must hold an itemset: a share under 1, a count from 1 on',
      realNumber(Number.MIN_VALUE, 2 ** 31 - 1),
    )
    .addOption(
      new Option('--target <sets>', 'which sets, or rules')
        .choices(['all', 'closed', 'maximal', 'generator', 'rules'])
        .default('all'),
    )
    .addOption(
      new Option('--algorithm <name>', 'miner; auto takes fpgrowth')
        .choices(['auto', 'apriori', 'eclat', 'fpgrowth'])
        .default('auto'),
    )
    .option('--min-confidence <share>', 'least confidence of a rule', realNumber(0, 1), 0.5)
    .option('--max-length <k>', 'most items in a set', wholeNumber(1, 2 ** 31 - 1))
    .option(
      '--max-itemsets <n>',
      'stop with an error when there would be more frequent sets (default: 10 million)',
      wholeNumber(1, 2 ** 31 - 1),
    )
    .option('--out <file>', 'where the lines go; - is stdout, which is the default')
    .option('--count', 'print one JSON object with counts, and no sets')
    .action(run);
}
