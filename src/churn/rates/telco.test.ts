import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { withSharedFile } from '../../../test/support/shared-data.ts';
import { type ContractLiteral, ledgerOf } from '../../customers/testing/ledger.ts';
import { addMonths } from './calendar.ts';
import { churnRates } from './churn-rates.ts';
import { dayOf, sourcesOf } from './testing/shops.ts';

const [lastMonth, today] = [dayOf('2024-03-01'), dayOf('2024-04-01')];

/**
 * Each customer with a contract of as many months as `tenure` says up to the last month, in which those left who did. Those of no month
 * began on the day before it.
 */
function contractOf({ tenure, MonthlyCharges, Churn }: Record<string, string>): ContractLiteral {
  const start = tenure === '0' ? lastMonth - 1 : addMonths(lastMonth, -Number(tenure));
  return { start, amount: Number(MonthlyCharges), ...(Churn === 'Yes' ? { end: lastMonth } : {}) };
}

withSharedFile(
  'data/telco-churn/Telco-Customer-Churn.csv.gz',
  'churn of a telephone company by month',
  (file) => {
    describe('the month in which 1,869 of 7,043 left (../shared/reference/analytics.md, "Churn")', () => {
      const records: Record<string, string>[] = parse(gunzipSync(readFileSync(file)), { columns: true });
      const ledger = ledgerOf({
        customers: {},
        contracts: Object.fromEntries(records.map((record) => [record.customerID, [contractOf(record)]])),
        today,
      });
      const kinds = ['Month-to-month', 'One year', 'Two year'];
      const { report } = churnRates(sourcesOf(ledger), {
        wish: { kind: 'contracts', graceDays: 0 },
        groupings: [
          { name: 'contract', names: kinds, group: records.map(({ Contract }) => kinds.indexOf(Contract)) },
        ],
      });
      const month = report.periods.findIndex(({ label }) => label === '2024-03');

      it('has the share of customers and of money that the file has', () => {
        expect(report.rates[month].customers).toMatchObject({ start: 7043, lost: 1869, end: 5174 });
        expect(report.rates[month].churn!.share).toBeCloseTo(0.26537, 5);
        // awk over the file: the sum of MonthlyCharges is 456,116.60, of those with Churn = Yes 139,130.85.
        expect(report.rates[month].revenue!.start).toBeCloseTo(456_116.6, 2);
        expect(report.rates[month].revenue!.lost).toBeCloseTo(139_130.85, 2);
        expect(report.rates[month].revenue!.grossChurn).toBeCloseTo(139_130.85 / 456_116.6, 12);
      });

      it('has it by kind of contract', () => {
        const groups = report.groupings.find(({ name }) => name === 'contract')!.groups;
        // Counted in the file: 1,655 of 3,875, 166 of 1,473 and 48 of 1,695.
        expect(
          groups.map(({ rates }) => [rates[month].customers.lostOfStart, rates[month].customers.start]),
        ).toEqual([
          [1655, 3875],
          [166, 1473],
          [48, 1695],
        ]);
      });

      it('has everybody as customers up to it, and cohorts by tenure', () => {
        for (const { customers } of report.rates.slice(0, month))
          expect([customers.lost, customers.returned]).toEqual([0, 0]);
        // Those of 72 months, the most, came on the 1st of March 2018: 362, of whom 6 left.
        const [oldest] = report.cohorts.cohorts;
        expect(oldest).toMatchObject({ month: '2018-03', customers: 362 });
        expect(oldest.active.slice(70, 72)).toEqual([362, 356]);
      });
    });
  },
);
