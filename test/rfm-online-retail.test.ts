import { expect, it } from 'vitest';
import { rfm } from '../src/customers/rfm.ts';
import { rfmSegments } from '../src/customers/rfm-segments.ts';
import { onlineRetailPurchases } from './support/online-retail.ts';

/**
 * Of the clean purchases of Online Retail (not on a C invoice, quantity and price above 0, customer known), worked out with
 * pandas 2 by customer in the order of CustomerID: R the days from the last invoice's date to 2011-12-10, F the invoices, M the sum of
 * Quantity × UnitPrice; `pd.qcut(R, 5, labels=[5, 4, 3, 2, 1])`, `pd.qcut(F.rank(method="first"), 5, labels=[1, 2, 3, 4, 5])` and
 * `pd.qcut(M, 5, …)`; medians with `median()`.
 */
const expected = {
  champions: [633, 4_341_073.16, 0.4871, 5, 8, 2612.96],
  loyal: [819, 2_345_818.941, 0.2632, 30, 5, 1740.48],
  'potential-loyalist': [484, 503_951.45, 0.0566, 18, 2, 521.275],
  new: [42, 16_304.94, 0.0018, 8, 1, 274.505],
  promising: [94, 27_636.75, 0.0031, 23, 1, 221.425],
  'need-attention': [187, 167_856.41, 0.0188, 52, 2, 638.06],
  'about-to-sleep': [352, 166_142.02, 0.0186, 53, 1, 330.05],
  'at-risk': [593, 643_129.431, 0.0722, 139, 3, 678.25],
  'cant-lose': [63, 176_157.82, 0.0198, 108, 7, 2225.97],
  hibernating: [1071, 523_336.982, 0.0587, 219, 1, 296.25],
};

it('gives Online Retail the RFM scores and segments that pandas gives it', { timeout: 60_000 }, async () => {
  const ledger = await onlineRetailPurchases();
  const { columns, report } = rfm(ledger);
  const rounded = (value: number | null, digits: number): number => Number(value!.toFixed(digits));
  const found = report.segments.map((row) => [
    row.id,
    [
      row.customers,
      rounded(row.revenue, 3),
      rounded(row.revenueShare, 4),
      row.medianRecency,
      row.medianFrequency,
      rounded(row.medianMonetary, 3),
    ],
  ]);
  expect(Object.fromEntries(found)).toEqual(expected);
  expect(report).toMatchObject({ customers: 4338, withoutOrder: 0, frequencyTied: 3008 });
  expect(report.recency.map(({ customers }) => customers)).toEqual([868, 880, 863, 866, 861]);
  expect(report.frequency.map(({ customers }) => customers)).toEqual([868, 867, 868, 867, 868]);
  expect(report.monetary.map(({ customers }) => customers)).toEqual([868, 867, 868, 867, 868]);
  // The inner quantiles of R are 13.8, 33, 72 and 180 days: whoever is at one belongs to the better score.
  expect(report.recency.map(({ highest }) => highest)).toEqual([13, 33, 72, 180, 374]);
  const of = (code: string) => {
    const c = ledger.customerCodes.indexOf(code);
    return [columns.recency[c], columns.frequency[c], rfmSegments[columns.segment[c]].id];
  };
  expect(of('12346')).toEqual([326, 1, 'hibernating']);
  expect(of('12348')).toEqual([76, 4, 'at-risk']);
  expect(of('14646')).toEqual([2, 73, 'champions']);
});
