import { join } from 'node:path';
import { Command } from 'commander';
import { sql } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { activeVersion } from '../../db/queries/models.ts';
import type { Config } from '../config.ts';
import { importFile } from '../import/import-file.ts';
import { reportText } from '../import/report-text.ts';
import { packageRoot } from '../package-root.ts';
import { trainSettings } from '../train/settings.ts';
import { withDatabase } from './context.ts';
import { wholeNumber } from './options.ts';
import { progressBar } from './progress.ts';
import { serve } from './serve.ts';
import { untilSignalled } from './signals.ts';
import { describeModel, trainHere } from './train.ts';

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** Brings in the shipped data set and trains on it, whatever of that is not done yet. */
async function prepare(database: Database, config: Config, signal: AbortSignal): Promise<void> {
  const path = join(packageRoot(), 'db', 'seed', 'online-retail', 'online_retail.csv.gz');
  say('Importing UCI Online Retail, if it is not here yet …');
  const bar = await progressBar('Importing');
  const onProgress = (share: number): void => bar.update(share, '');
  const report = await importFile(database, { path, preset: 'online-retail', signal, onProgress }).finally(
    bar.stop,
  );
  if (!report.unchanged) say(reportText(report).trimEnd());
  if ((await activeVersion(database)) !== undefined) return;
  say('Training …');
  say(describeModel(await trainHere(database, config, trainSettings.parse({}), signal)));
}

/** A customer with many orders and the best-selling product: they make a telling example. */
async function example(database: Database): Promise<{ customer: string; product: string }> {
  const [customer] = await database.rows<{ code: string }>(
    sql`select c.code from orders o join customers c on c.id = o.customer_id
        group by c.id order by count(*) desc, c.code limit 1`,
  );
  const [product] = await database.rows<{ code: string }>(
    sql`select p.code from order_lines l join products p on p.id = l.product_id
        where l.quantity > 0 and not p.non_product group by p.id order by count(*) desc, p.code limit 1`,
  );
  return { customer: customer.code, product: product.code };
}

export function demoCommand(): Command {
  return new Command('demo')
    .description("Import a real shop's orders (UCI Online Retail), train, and serve")
    .option('--port <number>', 'port to listen on (default: PORT, else 8080)', wholeNumber(0, 65535))
    .action(async ({ port }: { port?: number }) => {
      await untilSignalled((signal) =>
        withDatabase(async (database, config) => {
          await prepare(database, config, signal);
          const { customer, product } = await example(database);
          // A demo is read on a terminal: only what went wrong is logged, unless asked otherwise.
          const level = process.env.PAIRWELL_LOG_LEVEL ? config.PAIRWELL_LOG_LEVEL : 'warn';
          const bound = { ...config, PORT: port ?? config.PORT, PAIRWELL_LOG_LEVEL: level };
          await serve(database, bound, signal, ({ url }) => {
            say(`\nServing. API reference: ${url}/docs\nTry:\n`);
            say(`  curl '${url}/v1/customers/${customer}/offers?placement=cart&items=${product}'\n`);
            say('Stop with Ctrl-C.');
          });
        }),
      );
    });
}
