import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { transactionCount } from '../baskets/transactions.ts';
import type { CustomerInsights } from '../customers/customer-insights.ts';
import { studyCustomers } from '../customers/study-customers.ts';
import { anyLedger, type LedgerLiteral, ledgerOf, type NamedLedger } from '../customers/testing/ledger.ts';
import { plainClusterer } from '../learn/kmeans/clusterer.ts';
import { plainKernel } from '../learn/kmeans/plain-kernel.ts';
import { basketsOf } from '../mining/testing/baskets.ts';
import { pack, unpack } from '../model/packed.ts';
import { decodeSections, encodeSections } from '../model/sections.ts';
import { mined } from '../rules/testing/mined.ts';
import { customerSettings, studiedAs } from './customer-settings.ts';

const baskets = basketsOf([0, 1], [0, 1], [1]);
const { rules } = mined(baskets, 1);

/** By the settings that training has unless told otherwise. */
function studied(ledger: NamedLedger, settings: object = {}): Promise<CustomerInsights> {
  return studyCustomers(
    {
      ledger,
      asides: {
        laterDocuments: 0,
        laterEvents: 0,
        laterContracts: 0,
        negativeCosts: 0,
        unreadKilograms: 0,
        attributesLeftOut: [],
      },
      productNames: ledger.productCodes,
      orders: {
        baskets,
        rules,
        ruleNumbers: Int32Array.from(rules.consequent, (_, rule) => rule),
        day: new Int32Array(transactionCount(baskets)),
        customer: new Int32Array(transactionCount(baskets)).fill(-1),
        recentDays: 90,
        listLength: 10,
      },
      settings: studiedAs(customerSettings.parse(settings)),
      before: null,
    },
    plainClusterer(plainKernel),
  );
}

const of = (customers: LedgerLiteral['customers'], more: Partial<LedgerLiteral> = {}) =>
  studied(ledgerOf({ customers, ...more }));

describe('studyCustomers', () => {
  it('has something to say of any shop, which a model can keep', async () => {
    await fc.assert(
      fc.asyncProperty(anyLedger(), async (ledger) => {
        const insights = await studied(ledger);
        const { shape, sections } = pack('customer', insights);
        const decoded = decodeSections<{ shape: unknown }>(encodeSections({ shape }, sections));
        expect(unpack(decoded.meta.shape, decoded)).toEqual(insights);
        const { rfm, behaviour, value, profit, lifetime } = insights;
        const withOrder = rfm.report.customers;
        expect(value.report.customers).toBe(withOrder);
        expect(profit.report.customers).toBe(withOrder);
        expect(behaviour.report.customers).toBe(withOrder);
        expect(lifetime.report.customers).toBe(withOrder);
        expect(behaviour.report.segments.reduce((sum, { customers }) => sum + customers, 0)).toBe(withOrder);
      }),
      { numRuns: 25 },
    );
  });

  it('says what cannot be told of one order in all', async () => {
    const { behaviour, lifetime, differences, holdings, rhythm } = await of({
      anna: [{ day: 5, lines: ['tea'] }],
    });
    expect(behaviour.report.segments).toMatchObject([{ customers: 1, customerShare: 1 }]);
    expect(behaviour.report.notes).not.toEqual([]);
    expect(lifetime.report).toMatchObject({
      purchases: { method: 'shrunk-rates', refusal: { code: 'too-few-repeat-buyers' } },
      spend: { method: 'shrunk-means' },
    });
    expect(lifetime.holdOut).toBeNull();
    expect(differences.revenue.code).toBe('too-few-customers');
    expect(holdings.code).not.toBeNull();
    expect(rhythm.report.withRhythm).toBe(0);
  });

  it('finds one segment where all customers are alike', async () => {
    const alike = { day: 3, lines: ['tea', 'sugar'] };
    const names = Array.from({ length: 300 }, (_, n) => `c${n}`);
    const { behaviour, value } = await of(Object.fromEntries(names.map((name) => [name, [alike]])));
    expect(behaviour.report.notes).toMatchObject([{ code: 'all-alike' }]);
    expect(behaviour.report.segments).toHaveLength(1);
    expect(value.report.revenue.concentration.gini).toBe(0);
  });

  it('makes no more segments than there are customers, and says so', async () => {
    const ledger = ledgerOf({
      customers: {
        anna: [{ day: 1, lines: ['tea'] }],
        ben: [{ day: 9, minute: 60, lines: ['tea', 'jam', 'rum'] }],
      },
    });
    const { behaviour } = await studied(ledger, { segments: 5 });
    expect(behaviour.report.segments.length).toBeLessThanOrEqual(2);
    expect(behaviour.report.notes.map(({ code }) => code)).toContain('fewer-than-asked');
  });

  it('does not test what the groups were made by', async () => {
    const names = Array.from({ length: 100 }, (_, n) => `c${n}`);
    const customers = Object.fromEntries(
      names.map((name, n) => [name, [{ day: n % 7, lines: [{ product: 'tea', quantity: n + 1 }] }]]),
    );
    const { differences } = await of(customers);
    const tested = ({ differences: found }: typeof differences.revenue) => found.map(({ name }) => name);
    expect(tested(differences.revenue)).not.toContain('revenue');
    expect(differences.revenue.notTested).toContainEqual(expect.objectContaining({ name: 'revenue' }));
    expect(differences.profit.differences.find(({ name }) => name === 'revenue')).toMatchObject({
      isPart: true,
    });
  });
});
