import { expect, it } from 'vitest';
import { purchaseReader } from '../../db/queries/purchases.ts';
import { importFile } from '../../src/import/import-file.ts';
import { readPurchases } from '../../src/train/read-purchases.ts';
import { describeDatabases } from '../support/databases.ts';
import { temporaryFiles } from '../support/files.ts';

describeDatabases('import of totals', (opened) => {
  const write = temporaryFiles();

  it('keeps prices and costs of one unit so that the totals of the file come back to the cent', async () => {
    const rows = [
      [100_000, 123.45, 60],
      [7000, 1.99, 0.01],
      [3, 100, 50],
      [999_983, 0.01, 0.01],
      [1_000_000, 9_999_999.99, 7_654_321.09],
      [-7, -0.13, -0.06],
    ];
    const lines = rows.map((row, n) => `T${n},2024-05-01,t-${n},t-ann,${row.join(',')}\n`);
    const map = [{ column: 'cost of all', field: 'total-cost' }];
    const heading = 'order,time,product,customer,quantity,total,cost of all\n';
    await importFile(opened().database, { path: write('totals.csv', heading + lines.join('')), map });
    const { ledger } = await readPurchases(purchaseReader(opened().database), 'country', 30_000);
    const totals = (each: Float64Array) =>
      Array.from(each, (money, line) => Math.round(100 * money * ledger.lines.quantity[line]) / 100);
    const cents = (column: number) => rows.map((row) => row[column]).sort();
    expect(totals(ledger.lines.price).sort()).toEqual(cents(1));
    expect(totals(ledger.lines.cost).sort()).toEqual(cents(2));
  });
});
