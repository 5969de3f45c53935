import { Command, Option } from 'commander';
import { type Transactions, transactionCount } from '../baskets/transactions.ts';
import { readBaskets } from '../import/read-baskets.ts';
import type { FileFormat } from '../import/reading.ts';
import { itemsetChunks } from '../mining/spmf-lines.ts';
import { ruleCount } from '../rules/rule-columns.ts';
import { ruleChunks } from '../rules/rule-lines.ts';
import { checkWritable, stdout, writeChunks } from './mine-output.ts';
import { wrongUsage } from './mine-usage.ts';
import { type Mined, type MineOptions, readAndMine } from './mine-work.ts';
import { filePath, realNumber, supportNumber, wholeNumber } from './options.ts';

/** How many items are in at least `minSupport` baskets. */
function countFrequent({ items, itemCount }: Transactions, minSupport: number): number {
  const counts = new Int32Array(itemCount);
  for (const item of items) counts[item]++;
  return counts.reduce((frequent, count) => frequent + (count >= minSupport ? 1 : 0), 0);
}

/** JSON in which integers of any size keep all their digits. */
function exactJson(value: object): string {
  const text = JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? `integer ${part}` : part));
  return text.replace(/"integer (\d+)"/g, '$1');
}

const tenths = (ms: number): number => Math.round(ms * 10) / 10;

/** What was found in figures alone, as a line of JSON. */
function countsLine(mined: Mined, { maxBasket }: MineOptions): Uint8Array {
  const { bySize, readMs, mineMs } = mined;
  const figures = {
    transactions: transactionCount(mined.transactions),
    items: mined.names.length,
    frequentItems: countFrequent(mined.transactions, mined.minSupport),
    itemsets: bySize.reduce((sum, count) => sum + count, 0n),
    bySize,
    rules: mined.rules && ruleCount(mined.rules),
    skippedBaskets: maxBasket === undefined ? undefined : mined.skippedBaskets,
    algorithm: mined.algorithm,
    threads: mined.threads,
    peakMemoryMb: Math.round(process.resourceUsage().maxRSS / 1024),
    ms: { read: tenths(readMs), mine: tenths(mineMs), total: tenths(readMs + mineMs) },
  };
  return Buffer.from(`${exactJson(figures)}\n`);
}

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

type CliOptions = MineOptions & { format: FileFormat; out: string };

async function run(path: string, options: CliOptions, command: Command): Promise<void> {
  const wrong = wrongUsage(options, (option) => command.getOptionValueSource(option) === 'cli');
  if (wrong !== undefined) command.error(`error: ${wrong}`);
  const { format, out, count, maxBasket } = options;
  await checkWritable(out);
  const mined = await readAndMine(() => readBaskets(path, { format }), options);
  if (count) return writeChunks([countsLine(mined, options)], out);
  if (maxBasket !== undefined) {
    const skipped = plural(mined.skippedBaskets, 'basket');
    process.stderr.write(`left out ${skipped} of more than ${plural(maxBasket, 'item')}\n`);
  }
  const { names, rules, itemsets } = mined;
  if (mined.tied) process.stderr.write('left out itemsets of the same support as the last one\n');
  await writeChunks(rules ? ruleChunks(rules, names) : itemsetChunks(itemsets!, names), out);
}

/** An option's parser for names, comma-separated. */
const nameList = (text: string): string[] => text.split(',').filter((name) => name !== '');

export function mineCommand(): Command {
  return new Command('mine')
    .description('Mine a file of baskets for itemsets or rules, without a database')
    .argument('<file>', 'plain or gzip-compressed text')
    .addOption(
      new Option('--format <format>', 'fimi: item numbers, basket: item names, csv: rows under headings')
        .choices(['fimi', 'basket', 'csv'])
        .default('fimi'),
    )
    .option(
      '--min-support <n>',
      'baskets that must hold an itemset: a share under 1, a count from 1 on; may be left out with --top',
      supportNumber,
    )
    .addOption(
      new Option('--target <sets>', 'which sets, or rules')
        .choices(['all', 'closed', 'maximal', 'generator', 'rules'])
        .default('all'),
    )
    .addOption(
      new Option('--algorithm <name>', 'auto takes what is likely to be the quickest for the data')
        .choices(['auto', 'apriori', 'eclat', 'fpgrowth'])
        .default('auto'),
    )
    .option('--threads <n>', 'threads that share the work (default: one per core)', wholeNumber(1, 256))
    .option('--min-confidence <share>', 'least confidence of a rule', realNumber(0, 1), 0.5)
    .option(
      '--min-length <k>',
      'fewest items in a set, or in both sides of a rule',
      wholeNumber(1, 2 ** 31 - 1),
    )
    .option(
      '--max-length <k>',
      'most items in a set, or in both sides of a rule',
      wholeNumber(1, 2 ** 31 - 1),
    )
    .option('--top <k>', 'only the best: sets by support, rules as --by says', wholeNumber(1, 1e7))
    .addOption(
      new Option('--by <measure>', 'what the best rules are best by')
        .choices(['support', 'confidence', 'lift', 'leverage'])
        .default('leverage'),
    )
    .option('--only <items>', 'leave out all but these items, comma-separated', nameList)
    .option('--never <items>', 'leave out these items', nameList)
    .option('--left <items>', 'rules with these items alone on the left', nameList)
    .option('--right <items>', 'rules with one of these items on the right', nameList)
    .option(
      '--max-basket <n>',
      'leave out baskets of more items, and tell how many',
      wholeNumber(1, 2 ** 31 - 1),
    )
    .option(
      '--max-itemsets <n>',
      'stop with an error when more sets would be listed (default: 10 million)',
      wholeNumber(1, 2 ** 31 - 1),
    )
    .option(
      '--max-memory <mb>',
      'stop with an error when a thread needs more (default: 2048)',
      wholeNumber(16, 4096),
    )
    .option('--max-seconds <s>', 'stop with an error when mining takes longer', realNumber(0.001, 1e9))
    .option('--out <file>', 'where the lines go, or with --count the object; - is stdout', filePath, stdout)
    .option('--count', 'print one JSON object with counts, and no sets')
    .action(run);
}
