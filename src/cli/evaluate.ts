import { Command, InvalidArgumentError, Option } from 'commander';
import { purchaseReader } from '../../db/queries/purchases.ts';
import { treesKernel } from '../../workers/shared-training.ts';
import {
  type EvaluationRequest,
  evaluate,
  type OwnMethods,
  type Protocol,
  protocols,
} from '../evaluate/evaluate.ts';
import { learnedCart, learnedNextBasket, type RankingTools } from '../evaluate/own/learned-ranking.ts';
import { nextBasketDefaults } from '../evaluate/protocols/next-basket.ts';
import { readSalesFiles } from '../evaluate/reading/read-files.ts';
import { type Sales, salesFigures } from '../evaluate/sales.ts';
import { trainTrees } from '../learn/trees/boost.ts';
import { wasmPlaces } from '../learn/trees/kernel/wasm-kernel.ts';
import { WasmScorer } from '../learn/trees/kernel/wasm-scorer.ts';
import { learners } from '../ranking/learn-ranking.ts';
import { readShopSales } from '../train/read-shop-sales.ts';
import { withDatabase } from './context.ts';
import { realNumber, wholeNumber } from './options.ts';
import { type Progress, progressBar } from './progress.ts';
import { addReadingOptions, type ReadingWords, readingOptions } from './reading-options.ts';

interface ProtocolOptions {
  protocol: Protocol;
  minBaskets: number;
  maxBaskets: number;
  minItemBaskets: number;
  testFrom?: number;
  testShare: number;
  heldOut?: 'newest' | 'random';
  hide: number;
  sample?: number;
  resamples: number;
  seed: number;
  methods?: string[];
}

type CliOptions = ProtocolOptions & ReadingWords & { input?: string[] };

const msPerDay = 86_400_000;

const tools: RankingTools = {
  train: async (data, options) => trainTrees(data, options, wasmPlaces(treesKernel())),
  makeScorer: (model) => new WasmScorer(treesKernel(), model),
};

/** Ways to rank that are held against the baselines. */
const ownMethods: OwnMethods = {
  nextBasket: learners.map((learner) => learnedNextBasket(tools, learner)),
  cart: learners.map((learner) => learnedCart(tools, learner)),
};

/** The options that only some protocols have a use for. */
const onlyFor: Readonly<Record<string, readonly Protocol[]>> = {
  minBaskets: ['next-basket'],
  maxBaskets: ['next-basket'],
  minItemBaskets: ['next-basket'],
  testFrom: ['holdout'],
  testShare: ['cart', 'holdout'],
  heldOut: ['cart'],
  hide: ['cart'],
};

/** The options that are about files alone. */
const ofFiles = [
  'format',
  'map',
  'preset',
  'encoding',
  'delimiter',
  'currency',
  'decimal',
  'dateFormat',
  'time',
];

/** What is wrong with how the options go together, if anything. */
function wrongUsage(options: CliOptions, isGiven: (option: string) => boolean): string | undefined {
  const written = (name: string): string =>
    `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  for (const [name, allowed] of Object.entries(onlyFor)) {
    if (isGiven(name) && !allowed.includes(options.protocol))
      return `${written(name)} goes with --protocol ${allowed.join(' or ')} alone`;
  }
  if (isGiven('testFrom') && isGiven('testShare')) return 'state --test-from or --test-share, not both';
  if (options.minBaskets > options.maxBaskets) return '--min-baskets is more than --max-baskets';
  const stray = options.input === undefined ? ofFiles.find(isGiven) : undefined;
  return stray && `${written(stray)} is about a file: add --input`;
}

function requestOf(options: ProtocolOptions): EvaluationRequest {
  const { protocol, sample, resamples, seed, methods } = options;
  const drawing = { sample, resamples, seed, methods };
  if (protocol === 'cart') {
    const { heldOut, testShare, hide } = options;
    return { protocol, heldOut, testShare, hide, ...drawing };
  }
  if (protocol === 'holdout') {
    const { testFrom, testShare } = options;
    return { protocol, testFrom, testShare, ...drawing };
  }
  const { minBaskets, maxBaskets, minItemBaskets } = options;
  return { protocol, minBaskets, maxBaskets, minItemBaskets, ...drawing };
}

/** The sales to evaluate on, and where they came from. */
async function readSales(
  { input, ...options }: CliOptions,
  bar: Progress,
): Promise<{ sales: Sales; source: Record<string, unknown> }> {
  if (input !== undefined) {
    const reading = readingOptions(options);
    const { sales, rows } = await readSalesFiles(input, reading, (share) => bar.update(share, 'reading'));
    return { sales, source: { files: input, rows } };
  }
  return withDatabase(async (database, { PAIRWELL_SEGMENT_BY }) => {
    const today = Math.floor(Date.now() / msPerDay);
    const { sales, laterOrders } = await readShopSales(purchaseReader(database), PAIRWELL_SEGMENT_BY, today);
    return { sales, source: { database: database.kind, laterOrders } };
  });
}

async function run(options: CliOptions, command: Command): Promise<void> {
  const wrong = wrongUsage(options, (option) => command.getOptionValueSource(option) === 'cli');
  if (wrong !== undefined) command.error(`error: ${wrong}`);
  const bar = await progressBar('Evaluating');
  try {
    const started = performance.now();
    const { sales, source } = await readSales(options, bar);
    const read = performance.now();
    const request = requestOf(options);
    const { test, methods } = await evaluate(sales, request, ownMethods, {
      now: () => performance.now(),
      onProgress: (method, share) => bar.update(share, method),
    });
    const { protocol, ...settings } = request;
    const ms = { read: Math.round(read - started), evaluate: Math.round(performance.now() - read) };
    const report = { protocol, settings, data: { ...source, ...salesFigures(sales) }, test, methods, ms };
    process.stdout.write(`${JSON.stringify(report)}\n`);
  } finally {
    bar.stop();
  }
}

function parseDay(text: string): number {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(time)) throw new InvalidArgumentError('Write the day as 2024-12-31.');
  return time / msPerDay;
}

const { minBaskets, maxBaskets, minItemBaskets } = nextBasketDefaults;
const count = wholeNumber(1, 2 ** 31 - 1);

export function evaluateCommand(): Command {
  const command = new Command('evaluate')
    .description(
      'Hold ways to rank offers against each other on orders they have not seen, and print one JSON object; nothing is stored',
    )
    .addOption(
      new Option(
        '--protocol <name>',
        'next-basket: the last basket of each customer; cart: an item left out of a basket; holdout: all after a day',
      )
        .choices([...protocols])
        .makeOptionMandatory(),
    )
    .option(
      '--input <file...>',
      'files of orders, plain or gzip-compressed (default: the orders of the database)',
    );
  return addReadingOptions(command)
    .option(
      '--min-baskets <n>',
      'next-basket: days with an order that a customer must have',
      wholeNumber(2, 1e6),
      minBaskets,
    )
    .option('--max-baskets <n>', 'next-basket: and may have at most', wholeNumber(2, 1e6), maxBaskets)
    .option(
      '--min-item-baskets <n>',
      'next-basket: in how many baskets that may be seen an item must be',
      wholeNumber(1, 1e6),
      minItemBaskets,
    )
    .option('--test-from <day>', 'holdout: the first day tested (default: by --test-share)', parseDay)
    .option(
      '--test-share <share>',
      'cart: of the baskets that is held out; holdout: of the days that is tested',
      realNumber(0.001, 0.999),
      0.2,
    )
    .addOption(
      new Option(
        '--held-out <baskets>',
        'cart: which baskets (default: the newest where there are dates)',
      ).choices(['newest', 'random']),
    )
    .option(
      '--hide <n>',
      'cart: items of a basket that are hidden in turn, by chance where it has more',
      count,
      10,
    )
    .option('--sample <n>', 'ask about so many customers, or baskets, by chance (default: all)', count)
    .option('--resamples <n>', 'of customers, for intervals of 95 %', wholeNumber(100, 100_000), 1000)
    .option('--seed <n>', 'of all that is drawn', wholeNumber(0, 2 ** 31 - 1), 1)
    .option('--methods <names>', 'only these, such as pairwell,tifuknn (default: all)', (text: string) =>
      text.split(',').map((name) => name.trim()),
    )
    .action(run);
}
