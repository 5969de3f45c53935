import { expect, it } from 'vitest';
import { churnRates } from '../src/churn/rates/churn-rates.ts';
import { ledgerPurchaseDays } from '../src/customers/lifetime/ledger-days.ts';
import { onlineRetailPurchases } from './support/online-retail.ts';

/**
 * Of the clean purchases of Online Retail (not on a C invoice, quantity and price above 0, customer known), worked out by a program of
 * its own in Python 3 that asks of each customer each evening whether the last purchase is more than 90 days ago: customers at the
 * start, gained, returned, lost, at the end and lost of the start; then Quantity × UnitPrice of the 180 days before the start, of those
 * lost, and the sums of what came to less and to more 180 days before the end.
 */
const expected: Readonly<Record<string, readonly number[]>> = {
  '2011-03': [1682, 452, 47, 405, 1776, 358],
  '2011-04': [1776, 300, 83, 258, 1901, 236],
  '2011-05': [1901, 284, 118, 325, 1978, 290],
  '2011-06': [1978, 242, 148, 377, 1991, 341, 2_881_309.51, 200_572.11, 187_750.42, 295_228.46],
  '2011-07': [1991, 188, 166, 320, 2025, 279, 3_023_469.56, 176_165.54, 188_642.04, 271_572.56],
  '2011-08': [2025, 169, 153, 413, 1934, 370, 3_111_423.77, 218_588.33, 195_075.32, 314_979.37],
  '2011-09': [1934, 299, 308, 390, 2151, 318, 3_175_881.74, 206_612.38, 162_187.55, 444_381.32],
  '2011-10': [2151, 358, 276, 314, 2471, 264, 3_583_461.77, 174_563.03, 165_841.21, 542_577.39],
  '2011-11': [2471, 323, 325, 268, 2851, 228, 4_149_283.24, 147_043.79, 207_294, 562_075.12],
  '2011-12': [2851, 41, 84, 87, 2889, 84, 4_701_048.89, 43_551.05, 112_962.48, 242_232.37],
};

it('finds in Online Retail the churn that a look at it every evening finds', {
  timeout: 60_000,
}, async () => {
  const ledger = await onlineRetailPurchases();
  const sources = { ledger, days: ledgerPurchaseDays(ledger) };
  const { report } = churnRates(sources, { wish: { kind: 'silence', days: 90 } });
  const found = report.periods.map(({ label }, p) => {
    const { customers, revenue } = report.rates[p];
    const { start, gained, returned, lost, end, lostOfStart } = customers;
    const money = revenue ? [revenue.start, revenue.lost, revenue.downgrades, revenue.upgrades] : [];
    const cents = money.map((each) => Number(each.toFixed(2)));
    return [label, [start, gained, returned, lost, end, lostOfStart, ...cents]];
  });
  expect(Object.fromEntries(found.slice(3))).toEqual(expected);
  // Of 4,338 customers 1,449 have been silent for more than 90 days; 1,708 of the 3,157 farewells were none.
  const own = report.sensitivity.find(({ isChosen }) => isChosen)!;
  expect(own).toMatchObject({ gone: 1449, customers: 2889, farewells: 3157, falseFarewells: 1708 });
});
