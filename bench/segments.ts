import { writeFile } from 'node:fs/promises';
import type { Behaviour } from '../src/customers/behaviour/behaviour.ts';
import { behaviourSegments } from '../src/customers/behaviour/segments.ts';
import { percentText } from '../src/customers/behaviour/words.ts';
import { adjustedRand } from '../src/learn/kmeans/adjusted-rand.ts';
import { plainClusterer } from '../src/learn/kmeans/clusterer.ts';
import { plainKernel } from '../src/learn/kmeans/plain-kernel.ts';
import { seededRandom } from '../src/learn/random.ts';
import type { OrderLine } from '../src/orders/order-line.ts';
import { generateShop } from './support/generate-shop.ts';
import { onlineRetailLines } from './support/online-retail-lines.ts';
import { readOptions, wholeNumber } from './support/options.ts';
import { type Split, splitByTime } from './support/segment-split.ts';
import { arms, hitDifference, runTrial, type TrialOptions } from './support/segment-trial.ts';
import { ledgerOfLines, type ShopLedger } from './support/shop-ledger.ts';
import { printTable, type Row } from './support/table.ts';

/**
 * The segments that behaviour parts Online Retail's customers into, and whether offers are better for them: segments, rules and
 * popular items are learnt before a day, and what was ordered from it on is to be guessed, with those of the shop and with those
 * of the customer's segment. The same with orders like a grocer's, generated for customers of known sorts.
 * `npm run bench:segments` after `npm ci`; `-- --parts table,retail,generated --seed 1 --segments 4 --json FILE`.
 */

const { parts, seed, segments, json } = readOptions({
  parts: ['table', 'retail', 'generated'],
  seed: 1,
  segments: undefined,
  json: undefined,
});
const asked = segments === undefined ? undefined : wholeNumber('segments', segments);
const tables: Record<string, readonly Row[]> = {};

function show(title: string, rows: readonly Row[]): void {
  tables[title] = rows;
  printTable(title, rows);
}

const segmentsOf = ({ ledger, names }: ShopLedger, segments = asked): Promise<Behaviour> =>
  behaviourSegments(ledger, plainClusterer(plainKernel), {
    itemName: (item) => names[item],
    seed,
    segments,
  });

const digits = (value: number, places: number): number => Number(value.toFixed(places));
const dayOf = (date: string): number => Math.floor(Date.parse(date) / 86_400_000);

function showSegments(shop: string, { report }: Behaviour): void {
  const { choice } = report;
  if (choice) {
    show(
      `${shop}: how many segments? ${choice.explanation}`,
      choice.table.map(({ clusters, silhouette, stability }) => ({
        segments: clusters,
        silhouette: digits(silhouette ?? 0, 3),
        'agreement of resamples': digits(stability.mean, 3),
        '95 % interval': stability.interval
          ? `${stability.interval.lower.toFixed(3)} … ${stability.interval.upper.toFixed(3)}`
          : '',
      })),
    );
  }
  show(
    `${shop}: ${report.customers} customers in ${report.segments.length} segments`,
    report.segments.map(({ id, name, customers, customerShare, orders, revenueShare, sureness }) => ({
      id,
      name: name.en,
      名称: name.zh,
      customers,
      'of all': percentText(customerShare),
      orders,
      'of revenue': revenueShare === null ? '' : percentText(revenueShare),
      sureness: digits(sureness, 2),
    })),
  );
  for (const { id, sentence } of report.segments) process.stdout.write(`  ${id}: ${sentence.en}\n`);
  process.stdout.write('\n');
}

function trial(title: string, split: Split, segmentOf: ArrayLike<number>, count: number) {
  for (const [protocol, cases] of Object.entries(split.cases)) {
    const { hits, rules, ruleStrength, popularityStrength } = runTrial(
      split.training.ledger,
      segmentOf,
      count,
      cases,
      byDefault,
    );
    const rows = Object.keys(arms).map((arm): Row => {
      const found = hitDifference(cases, hits[arm as keyof typeof arms], hits.shop, seededRandom(seed));
      return {
        'offers from': arm,
        'hit rate @10 %': digits(100 * found.rate, 2),
        'difference, points': digits(100 * found.difference, 2),
        '95 % interval': `${(100 * found.from).toFixed(2)} … ${(100 * found.to).toFixed(2)}`,
        verdict:
          arm === 'shop' ? '' : found.from > 0 ? 'better' : found.to < 0 ? 'worse' : 'no difference shown',
      };
    });
    const customers = new Set(cases.map(({ customer }) => customer)).size;
    show(
      `${title}, ${protocol}: ${cases.length} orders of ${customers} customers, ${rules} rules, strength of the shop ${Math.round(ruleStrength)} (rules) and ${Math.round(popularityStrength)} (popularity)`,
      rows,
    );
  }
}

/** Rules as training makes them by default. */
const byDefault: TrialOptions = {
  minSupport: 0.005,
  minConfidence: 0.1,
  maxLength: 3,
  limit: 10,
  recentDays: 90,
};

if (parts.includes('table') || parts.includes('retail')) {
  const lines: readonly OrderLine[] = await onlineRetailLines(({ customer }) => customer !== null);
  if (parts.includes('table'))
    showSegments('Online Retail', await segmentsOf(ledgerOfLines(lines, dayOf('2011-12-10'))));
  if (parts.includes('retail')) {
    const split = splitByTime(lines, dayOf('2011-09-10'), seededRandom(seed));
    for (const segments of asked === undefined ? [undefined, 8] : [asked]) {
      const { segmentOf, report } = await segmentsOf(split.training, segments);
      const how = segments === undefined ? 'chosen' : 'given';
      const title = `Online Retail, ${report.segments.length} segments (${how})`;
      trial(title, split, segmentOf, report.segments.length);
    }
  }
}
if (parts.includes('generated')) {
  const sorts = 4;
  const { lines, sortOf } = generateShop({ customers: 3_000, sorts }, seededRandom(seed));
  const split = splitByTime(lines, dayOf('2024-10-01'), seededRandom(seed));
  const known = Int32Array.from(split.training.customerCodes, (code) => sortOf.get(code)!);
  const behaviour = await segmentsOf(split.training, asked ?? sorts);
  const agreement = adjustedRand(Uint16Array.from(known), Uint16Array.from(behaviour.segmentOf));
  trial('Generated, the known sorts as segments', split, known, sorts);
  trial(
    `Generated, ${behaviour.report.segments.length} segments found (adjusted Rand index to the sorts ${agreement.toFixed(3)})`,
    split,
    behaviour.segmentOf,
    behaviour.report.segments.length,
  );
}
if (json) await writeFile(json, `${JSON.stringify(tables)}\n`);
