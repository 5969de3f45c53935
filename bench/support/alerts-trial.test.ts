import { describe, expect, it } from 'vitest';
import { defaultFalseAlarms } from '../../src/churn/signals/signal-names.ts';
import { seededRandom } from '../../src/learn/random.ts';
import { habits, simulatedShop } from './alerts-shop.ts';
import { aprilFigures, figuresOf, plainRules, watchSilence, watchYear } from './alerts-trial.ts';
import { type contractFates, holders, simulatedContracts } from './contract-shop.ts';

/** What chance may add to a share, 3 standard deviations. */
const slack = (share: number, customers: number): number => 3 * Math.sqrt((share * (1 - share)) / customers);

describe('a simulated year of 500 customers', () => {
  const shop = simulatedShop(500, seededRandom(11));
  const ours = watchYear(shop, 7);
  const stay = (c: number): boolean => shop.fate[c] === 'stays';

  it('has no more false alarms than stated, whatever the rhythm', () => {
    const all = figuresOf(shop, ours, stay);
    expect(all.customers).toBeGreaterThan(250);
    expect(all.alarmed).toBeLessThan(defaultFalseAlarms);
    for (const habit of habits) {
      const own = figuresOf(shop, ours, (c) => stay(c) && shop.habit[c] === habit);
      expect(own.alarmed).toBeLessThan(defaultFalseAlarms + slack(defaultFalseAlarms, own.customers));
    }
  });

  it('has no alarm of who orders every April before April, and finds who left by the end of May', () => {
    const { customers, beforeDue, leavers, foundByMay } = aprilFigures(shop, ours);
    expect(customers).toBeGreaterThan(60);
    expect(beforeDue).toBe(0);
    expect(foundByMay).toBeGreaterThan(0.7 * leavers);
  });

  it('finds who left, who orders evenly within two gaps', () => {
    const even = figuresOf(shop, ours, (c) => shop.fate[c] === 'leaves' && shop.habit[c] === 'even');
    expect(even.alarmed).toBe(1);
    expect(even.delay).toBeLessThan(2);
    const all = figuresOf(shop, ours, (c) => shop.fate[c] === 'leaves');
    expect(all.alarmed).toBeGreaterThan(0.8);
  });

  it('is beaten in false alarms by no plain rule', () => {
    for (const limit of Object.values(plainRules)) {
      const plain = watchSilence(shop, 7, limit);
      expect(figuresOf(shop, plain, stay).alarmed).toBeGreaterThan(2 * defaultFalseAlarms);
      expect(aprilFigures(shop, plain).beforeDue).toBeGreaterThan(20);
    }
  });
});

describe('a simulated year of 500 contracts, without orders', () => {
  const shop = simulatedContracts(500, seededRandom(11));
  const found = watchYear(shop, 7);

  it('has no more false alarms than stated, of those who come late or came back among them', () => {
    const stay = (c: number): boolean => shop.fate[c] === 'stays';
    const all = figuresOf(shop, found, stay);
    expect(all.customers).toBeGreaterThan(250);
    expect(all.alarmed).toBeGreaterThan(0);
    expect(all.alarmed).toBeLessThan(defaultFalseAlarms);
    for (const holder of holders) {
      const own = figuresOf(shop, found, (c) => stay(c) && shop.holder[c] === holder);
      expect(own.customers).toBeGreaterThan(50);
      expect(own.alarmed).toBeLessThan(defaultFalseAlarms + slack(defaultFalseAlarms, own.customers));
    }
  });

  it('has none of who is gone, and finds who calls more and more', () => {
    const of = (fate: (typeof contractFates)[number]) => figuresOf(shop, found, (c) => shop.fate[c] === fate);
    expect(of('ends')).toMatchObject({ alarmed: 0 });
    expect(of('calls five times as often').alarmed).toBeGreaterThan(3 * of('stays').alarmed);
  });
});
