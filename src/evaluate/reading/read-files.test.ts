import { describe, expect, it } from 'vitest';
import { temporaryFiles } from '../../../test/support/files.ts';
import type { Sales } from '../sales.ts';
import { readSalesFiles } from './read-files.ts';

const heading = 'order,time,customer,sku,quantity,price,cost,discount\n';

/** By order: its day, customer and items. */
const spelledOut = ({ day, customer, baskets, itemCodes, customerCodes }: Sales) =>
  Array.from(day, (one, order) => [
    one,
    customerCodes[customer[order]] ?? null,
    Array.from(
      baskets.items.subarray(baskets.offsets[order], baskets.offsets[order + 1]),
      (item) => itemCodes[item],
    ).join(' '),
  ]);

describe('readSalesFiles', () => {
  const write = temporaryFiles();
  const first = write(
    'first.csv',
    `${heading}2,1970-01-03,ann,tea,2,5,3,1\n2,1970-01-03,,jam,1,4,,\n1,1970-01-02,,tea,1,6,3,\n1,1970-01-02,,jam,x,4,,\n` +
      '1,1970-01-02,,jam,-1,4,,\n',
  );

  it('makes orders of rows, the oldest first, and counts what became of each row', async () => {
    const { sales, rows } = await readSalesFiles([first], { format: 'csv' });
    expect(spelledOut(sales)).toEqual([
      [1, null, 'tea'],
      [2, 'ann', 'jam tea'],
    ]);
    expect(rows).toEqual({
      read: 5,
      purchases: 3,
      returns: 1,
      nonProducts: 0,
      ofEarlierFiles: 0,
      rejected: { 'invalid-quantity': 1 },
    });
    const { day, item, revenue, profit } = sales.lines;
    const lines = Array.from(day, (_, n) => [day[n], sales.itemCodes[item[n]], revenue[n], profit[n]]);
    expect(lines).toEqual([
      [2, 'tea', 9, 3],
      [2, 'jam', 4, Number.NaN],
      [1, 'tea', 6, 3],
    ]);
  });

  it('knows what was on promotion when', async () => {
    const rows = [
      '5,1970-01-03,ann,tea,1,5,SPRING',
      '5,1970-01-03,ann,jam,1,5,',
      '6,1970-01-02,bob,jam,1,5,x',
    ];
    const returned = '7,1970-01-05,bob,jam,-1,5,x';
    const file = write(
      'promoted.csv',
      `order,time,customer,sku,quantity,price,promotion\n${[...rows, returned].join('\n')}\n`,
    );
    const { promoted, itemCodes } = (await readSalesFiles([file], { format: 'csv' })).sales;
    const lines = Array.from(promoted.items, (item, n) => [itemCodes[item], promoted.days[n]]);
    expect(lines).toEqual([
      ['tea', 2],
      ['jam', 1],
    ]);
  });

  it('takes an order that two files hold from the first', async () => {
    const second = write(
      'second.csv',
      `${heading}2,1970-01-03,ann,ham,1,5,3,\n3,1970-01-01,bob,ham,1,5,3,\n`,
    );
    const { sales, rows } = await readSalesFiles([first, second], { format: 'csv' });
    expect(spelledOut(sales)).toEqual([
      [0, 'bob', 'ham'],
      [1, null, 'tea'],
      [2, 'ann', 'jam tea'],
    ]);
    expect(rows).toMatchObject({ read: 7, purchases: 4, ofEarlierFiles: 1 });
  });

  it('reads the same whatever order the rows are in', async () => {
    const rows = [
      '5,1970-01-03,ann,tea,1,5,3,',
      '6,1970-01-02,bob,jam,1,5,3,',
      '7,1970-01-04,ann,ham,1,5,3,',
    ];
    const [one, other] = [rows, rows.toReversed()].map((some, n) =>
      write(`${n}.csv`, `${heading}${some.join('\n')}\n`),
    );
    const { lines: _, ...forward } = (await readSalesFiles([one], { format: 'csv' })).sales;
    const { lines: __, ...backward } = (await readSalesFiles([other], { format: 'csv' })).sales;
    expect(forward).toEqual(backward);
  });

  it('reads baskets, those of two files apart', async () => {
    const [one, two] = ['tea,jam\n\njam\n', 'jam,tea\n'].map((text, n) => write(`${n}.basket`, text));
    const { sales } = await readSalesFiles([one, two], { format: 'basket' });
    expect(spelledOut(sales)).toEqual([
      [0, null, 'jam tea'],
      [0, null, 'jam'],
      [0, null, 'jam tea'],
    ]);
  });

  it('refuses a file of which nothing was bought, and says why', async () => {
    const none = write('none.csv', `${heading}1,1970-01-01,,tea,0,1,1,\n`);
    await expect(readSalesFiles([none], { format: 'csv' })).rejects.toThrow(
      'Of 1 rows none is a purchase (kept aside: {"zero-quantity":1}).',
    );
    const odd = write('odd.csv', 'a,b\n1,2\n');
    await expect(readSalesFiles([first, odd], { format: 'csv' })).rejects.toThrow(/^odd\.csv: /);
    await expect(readSalesFiles(['/nowhere.csv'], { format: 'csv' })).rejects.toThrow(/There is no file/);
  });
});
