import { expect, it } from 'vitest';
import type { ImportReport } from './import-file.ts';
import { reportText } from './report-text.ts';

const report: ImportReport = {
  file: 'orders.csv',
  importId: 3,
  preset: 'online-retail',
  currency: null,
  rowsResumed: 0,
  unchanged: false,
  inTwoCategories: { products: 0, examples: [] },
  rowsRead: 1_234,
  lines: { purchases: 1_000, anonymousPurchases: 200, returns: 0 },
  alreadyStored: 4,
  rejected: { 'no-order': 10, 'zero-price': 20 },
  orders: { total: 12, purchases: 11, anonymousPurchases: 1, returns: 0 },
  customers: { total: 5, buying: 5 },
  ordersAfterToday: 0,
  products: 7,
  nonProducts: 1,
};

it('puts a reconciliation into a table', () => {
  expect(reportText(report)).toBe(`\
orders.csv (import 3, columns of online-retail)
  rows read                          1,234
  purchase lines of known customers  1,000  11 orders of 5 customers
  anonymous purchase lines             200  1 order
  rows of orders stored before           4  left as they are
  rows kept aside                       30
    no order number                     10  no-order
    price is zero or below              20  zero-price
  in all 12 orders, 5 customers, 7 products and 1 non-product
`);
});

it('says when there was less to do than there are rows', () => {
  expect(reportText({ ...report, unchanged: true })).toMatch(/imported before; nothing was changed\.\n$/);
  expect(reportText({ ...report, rowsResumed: 500 })).toMatch(
    /completed: 500 rows had been stored before\.\n$/,
  );
});

it('says how many orders are dated after today', () => {
  expect(reportText({ ...report, ordersAfterToday: 1 })).toMatch(
    /\n {2}1 order dated after today: until then, .*\n$/,
  );
});

it('names the currency', () => {
  const rejected = { 'other-currency': 1 } as const;
  const text = reportText({ ...report, preset: null, currency: 'EUR', rejected });
  expect(text).toMatch(/^orders\.csv \(import 3, amounts in EUR\)\n/);
  expect(text).toMatch(/\n {4}amounts in another currency than the shop's +1 {2}other-currency\n/);
});

it('names a product that is in two categories', () => {
  const examples = [{ product: 'mug', kept: ['Home', 'Mugs'], other: ['Kitchen'] }];
  expect(reportText({ ...report, inTwoCategories: { products: 12, examples } })).toMatch(
    /12 products in more than one category: .*Such as mug: Home > Mugs, and not Kitchen\.\n$/,
  );
});
