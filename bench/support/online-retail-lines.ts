import { join } from 'node:path';
import { planReading } from '../../src/import/reading.ts';
import { openSource } from '../../src/import/source.ts';
import type { OrderLine } from '../../src/orders/order-line.ts';
import { packageRoot } from '../../src/package-root.ts';

/** The lines of UCI Online Retail, which is part of the project, that are wanted, as an import cleans them. */
export async function onlineRetailLines(isWanted: (line: OrderLine) => boolean): Promise<OrderLine[]> {
  const path = join(packageRoot(), 'db', 'seed', 'online-retail', 'online_retail.csv.gz');
  const reading = await planReading(await openSource(path), { preset: 'online-retail' });
  const clean = reading.cleaner('', 0);
  const lines: OrderLine[] = [];
  let rowNo = 0;
  for await (const rows of reading.rows('')) {
    for (const row of rows) {
      const line = clean(row, ++rowNo);
      if (typeof line !== 'string' && isWanted(line)) lines.push(line);
    }
  }
  return lines;
}
