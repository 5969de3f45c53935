import { afterAll, describe, expect, it } from 'vitest';
import { twoSorts } from '../src/customers/behaviour/testing/shop.ts';
import { basketsOf } from '../src/mining/testing/baskets.ts';
import { mined } from '../src/rules/testing/mined.ts';
import { customerSettings, studiedAs } from '../src/train/customer-settings.ts';
import { createComputePool } from './mining.ts';
import { createCustomerStudent } from './studying.ts';

const ledger = twoSorts(1_000, 5, 2);
const baskets = basketsOf([0, 1]);
const input = {
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
    rules: mined(baskets, 1).rules,
    ruleNumbers: new Int32Array(0),
    day: Int32Array.of(0),
    customer: Int32Array.of(-1),
    recentDays: 90,
    listLength: 10,
  },
  settings: studiedAs(customerSettings.parse({})),
  before: null,
};

describe('createCustomerStudent', () => {
  const pools = [1, 3].map((size) => createComputePool({ size, queueLimit: 32 }));
  const [alone, helped] = pools.map((pool, n) => createCustomerStudent(pool, [1, 3][n]!));
  afterAll(() => Promise.all(pools.map((pool) => pool.close())));

  it('finds the same segments where other threads cluster, also while another study waits', async () => {
    const settings = { ...input.settings, behaviour: { seed: 1, segments: 2 } };
    const [one, other, next] = await Promise.all([
      alone!.studyCustomers(input),
      helped!.studyCustomers(input),
      helped!.studyCustomers({ ...input, settings }),
    ]);
    expect(other!.behaviour).toEqual(one!.behaviour);
    expect(one!.behaviour.report.choice!.table).toHaveLength(6);
    expect(next!.behaviour.model.segments).toHaveLength(2);
    expect(pools.map(({ threads }) => threads)).toEqual([1, 3]);
  }, 60_000);

  it('ends when it is cancelled, and the threads take the next study', async () => {
    const abort = new AbortController();
    const studying = helped!.studyCustomers(input, { signal: abort.signal });
    setTimeout(() => abort.abort(), 200);
    await expect(studying).rejects.toMatchObject({ code: 'cancelled' });
    const { behaviour } = await helped!.studyCustomers(input);
    expect(behaviour.model.segments.length).toBeGreaterThan(1);
  });

  it('tells what was wrong with the input', async () => {
    const settings = { ...input.settings, behaviour: { seed: 1, segments: 0 } };
    await expect(helped!.studyCustomers({ ...input, settings })).rejects.toMatchObject({ code: 'bad-input' });
  });
});
