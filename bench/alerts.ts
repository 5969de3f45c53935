import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { earlyWarnings, fitWarnings } from '../src/churn/signals/early-warnings.ts';
import { signalHistory } from '../src/churn/signals/history.ts';
import { allowances, defaultFalseAlarms, signalNames } from '../src/churn/signals/signal-names.ts';
import { signalRecord } from '../src/churn/signals/signal-record.ts';
import { seededRandom } from '../src/learn/random.ts';
import { simulatedShop } from './support/alerts-shop.ts';
import {
  aprilRows,
  contractRows,
  detectionRows,
  falseAlarmRows,
  recordRow,
  signalRows,
  type Watchers,
} from './support/alerts-tables.ts';
import { plainRules, watchSilence, watchYear } from './support/alerts-trial.ts';
import { simulatedContracts } from './support/contract-shop.ts';
import { median } from './support/median.ts';
import { onlineRetailLines } from './support/online-retail-lines.ts';
import { ledgerOfLines } from './support/shop-ledger.ts';
import { printTable, type Row } from './support/table.ts';

/**
 * Early warnings: a simulated year in which it is known who leaves, looked at every week, beside two plain rules; the same of contracts
 * without orders; alarms on Online Retail and what became of those customers; and the time that a large shop takes.
 * `npm run bench:alerts` after `npm ci`; `-- --customers 2000 --seed 1 --large 100000 --json FILE`.
 */

const { values } = parseArgs({
  options: {
    customers: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    large: { type: 'string', default: '100000' },
    json: { type: 'string' },
  },
});
const [customers, seed, large] = [values.customers, values.seed, values.large].map(Number);
if (![customers, large].every((count) => Number.isInteger(count) && count >= 1))
  throw new Error('--customers and --large: 1 or more');

const tables: Record<string, readonly Row[]> = {};
function show(title: string, rows: readonly Row[]): void {
  tables[title] = rows;
  printTable(title, rows);
}

const week = 7;

function simulate(): void {
  const shop = simulatedShop(customers, seededRandom(seed));
  const ours = watchYear(shop, week);
  const plain = Object.entries(plainRules).map(([name, limit]) => [name, watchSilence(shop, week, limit)]);
  const watchers: Watchers = { ours, ...Object.fromEntries(plain) };
  show(
    'Customers of whom nothing changes: alarmed in a year',
    falseAlarmRows(shop, watchers, defaultFalseAlarms),
  );
  const allowed = allowances(
    defaultFalseAlarms,
    signalNames.map(() => true),
  );
  show('The same by signal, ours', signalRows(shop, ours, allowed));
  show('Customers who change: alarmed, and after how many of their own gaps', detectionRows(shop, watchers));
  show('Customers who order every April', aprilRows(shop, watchers));
}

function simulateContracts(): void {
  const shop = simulatedContracts(customers, seededRandom(seed));
  show(
    'Contracts without orders: alarmed in a year, by what becomes of them',
    contractRows(shop, watchYear(shop, week), defaultFalseAlarms),
  );
}

const dayOf = (date: string): number => Date.parse(date) / 86_400_000;

const cutOffs = ['2011-06-01', '2011-09-01'];
const awayDays = 90;

async function onlineRetail(): Promise<void> {
  const lines = await onlineRetailLines(({ customer }) => customer !== null);
  const history = signalHistory(ledgerOfLines(lines, dayOf('2011-12-10')).ledger);
  const rows = cutOffs.flatMap((date) => {
    const model = fitWarnings(history, dayOf(date));
    return [defaultFalseAlarms, 0.25, 0.5, 1].map((falseAlarms) => {
      const warnings = earlyWarnings(history, model, dayOf(date), { falseAlarms });
      return recordRow(date, falseAlarms, signalRecord(history, warnings, awayDays));
    });
  });
  show(`Online Retail: alarms, and customers without an order in the ${awayDays} days after`, rows);
}

function speed(): void {
  const { history, from } = simulatedShop(large, seededRandom(seed));
  const times = { fit: [] as number[], watch: [] as number[] };
  for (let run = 0; run < 3; run++) {
    const start = performance.now();
    const model = fitWarnings(history, from - 1);
    times.fit.push(performance.now() - start);
    const fitted = performance.now();
    earlyWarnings(history, model, from);
    times.watch.push(performance.now() - fitted);
  }
  show(`${large} customers with ${history.orders.day.length} days with an order, eleven signals`, [
    ...Object.entries(times).map(([step, ms]) => ({ step, s: Number((median(ms) / 1000).toPrecision(2)) })),
  ]);
}

simulate();
simulateContracts();
await onlineRetail();
speed();
const figures = JSON.stringify({
  node: process.version,
  cpu: cpus()[0]?.model,
  cores: availableParallelism(),
  customers,
  seed,
  tables,
});
if (values.json) await writeFile(values.json, `${figures}\n`);
else process.stdout.write(`${figures}\n`);
