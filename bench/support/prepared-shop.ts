import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openDatabase } from '../../db/open.ts';
import { activeVersion } from '../../db/queries/models.ts';
import { packageRoot } from '../../src/package-root.ts';
import { runPairwell } from './server.ts';
import { type ServingPlan, servingShop } from './serving-shop.ts';

/** Baskets that must hold an itemset: of a thousand times as many few hold the same. */
const rulesFrom = '100';

/**
 * A shop in an embedded database, imported and trained as a shop does it; what is there already stays.
 *
 * @param folder of the database
 * @param plan of a generated shop; without one Online Retail
 */
export async function prepareShop(folder: string, plan?: ServingPlan): Promise<void> {
  await mkdir(folder, { recursive: true });
  const database = await openDatabase({ folder });
  const version = await activeVersion(database);
  await database.close();
  if (version !== undefined) return;
  const env = { PAIRWELL_DATA: folder, DATABASE_URL: '' };
  if (!plan) {
    const seed = join(packageRoot(), 'db', 'seed', 'online-retail', 'online_retail.csv.gz');
    await runPairwell(['import', seed, '--preset', 'online-retail'], env);
    await runPairwell(['train'], env);
    return;
  }
  const file = join(folder, '..', `orders-${plan.customers}.csv`);
  const { heading, blocks } = servingShop(plan);
  await pipeline(Readable.from([heading]), createWriteStream(file));
  await pipeline(Readable.from(blocks()), createWriteStream(file, { flags: 'a' }));
  await runPairwell(['import', file], env);
  await rm(file);
  await runPairwell(['train', '--min-support', rulesFrom], env);
}
