import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { transactionCount } from '../src/baskets/transactions.ts';
import { packageRoot } from '../src/package-root.ts';
import { changedRows, placeRows, placesOf, promotionRows, verdictRow } from './support/influence-tables.ts';
import {
  adjusted,
  inPromotions,
  type RuleWishes,
  significantRulesOf,
  storeDays,
} from './support/influence-work.ts';
import { readOptions } from './support/options.ts';
import { foodMart, onlineRetail, type Sales } from './support/sales.ts';
import { printTable, type Row } from './support/table.ts';

/**
 * An example: which rules change when season, weekday, store or promotion are held still. It mines Online Retail, and FoodMart
 * where it is beside the project or `--data` names its folder, takes the rules that are significant, and prints what becomes
 * of them. `npm run bench:influences` after `npm ci`; `-- --data FOLDER --most 10 --json FILE`.
 */

const { data, most, json } = readOptions({
  data: join(packageRoot(), '..', 'shared', 'data', 'foodmart'),
  most: 10,
  json: undefined,
});
const tables: Record<string, readonly Row[]> = {};
function show(title: string, rows: readonly Row[]): void {
  tables[title] = rows;
  printTable(title, rows);
}

/** A table of verdicts, and one of the most changed rules for each influence that is given. */
function study(shop: string, sales: Sales, wishes: RuleWishes, influences: readonly string[]): void {
  const { mined, rules } = significantRulesOf(sales, wishes);
  const days = storeDays(sales);
  const studied = influences.map((name) => [name, adjusted(rules, days, days.groupings[name])] as const);
  show(
    `${shop}: ${transactionCount(sales.baskets)} baskets, ${mined} rules, ${rules.consequent.length} of them significant`,
    studied.map(([name, found]) => verdictRow(name, found)),
  );
  for (const [name, found] of studied)
    show(`${shop}: most changed by ${name}`, changedRows(found, sales.names, most));
  const byPromotion = studied.find(([name]) => name === 'promotion')?.[1];
  if (!byPromotion) return;
  const found = placesOf(inPromotions(rules, days), byPromotion);
  show(`${shop}: inside and outside of promotions`, placeRows(found));
  show(`${shop}: of promotions alone`, promotionRows(found, sales.names, most));
}

study('Online Retail', await onlineRetail(), { minSupport: 0.005, minConfidence: 0.1, maxLength: 3 }, [
  'month of the year',
  'weekday',
]);
const sales = existsSync(data) ? await foodMart(data) : undefined;
if (sales) {
  study('FoodMart', sales, { minSupport: 20, minConfidence: 0, maxLength: 3 }, [
    'promotion',
    'month of the year',
    'store',
  ]);
} else {
  process.stdout.write(`  skipped: FoodMart: ${data} has no sales_1997.csv.gz and products.csv.gz\n`);
}
if (json) await writeFile(json, `${JSON.stringify(tables)}\n`);
