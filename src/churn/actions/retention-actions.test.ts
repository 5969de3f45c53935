import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signalNames } from '../signals/signal-names.ts';
import { retentionActions } from './action-catalogue.ts';
import type { ActionSettings } from './action-settings.ts';
import { armOf } from './control-arm.ts';
import { retentionActionsOf } from './retention-actions.ts';
import { day, settings, type WorriedCustomer, worriedShop } from './testing/worried-shop.ts';

const listOf = (customers: readonly WorriedCustomer[], own: Partial<ActionSettings> = {}) =>
  retentionActionsOf(worriedShop(customers), { ...settings, ...own });

/** What is done about a single customer: the action and its channel, or why nothing is. */
function fate(customer: WorriedCustomer, own: Partial<ActionSettings> = {}): string {
  const { rows, held } = listOf([customer], own);
  const found = rows.map(({ action, channel }) => `${action} by ${settings.channels[channel].id}`);
  return [...found, ...held.map(({ why }) => why)].join(', ');
}

describe('what is done', () => {
  it.each<[WorriedCustomer, string]>([
    [{ alarms: ['failed-payments'] }, 'update-payment by email'],
    [{ events: [{ kind: 'payment-failed' }] }, 'update-payment by email'],
    [{ events: [{ kind: 'complaint' }] }, 'service-call-back by phone'],
    [{ alarms: ['service-calls'] }, 'service-call-back by phone'],
    [{ alarms: ['satisfaction'] }, 'care-call by phone'],
    [{ alarms: ['order-gap'] }, 'due-reminder by email'],
    [{ alarms: ['discount'], chance: 0.8 }, 'price-offer by email'],
    [{ alarms: ['basket-variety'] }, 'new-to-you by email'],
    [{ events: [{ kind: 'cancellation', reason: 'too expensive' }], chance: 0.8 }, 'price-offer by email'],
    [{ winback: 30 }, 'win-back by email'],
  ])('follows from the cause: %o', (customer, expected) => expect(fate(customer)).toBe(expected));

  it('is of the causes that hold the one that gains most', () => {
    // 0.4 × 0.1 × 100 − 2 by phone, against 0.4 × 0.05 × 100 − 0.1 by e-mail, and the other way round with more at stake.
    expect(fate({ alarms: ['order-gap', 'satisfaction'], value: 30 })).toBe('due-reminder by email');
    expect(fate({ alarms: ['order-gap', 'satisfaction'], value: 1000 })).toBe('care-call by phone');
  });

  it('sells nothing while there is trouble, and a late customer nothing dearer', () => {
    expect(fate({ alarms: ['order-gap', 'discount', 'service-calls'], chance: 0.9 })).toBe(
      'service-call-back by phone',
    );
    // 0.9 × 0.1 × 30 less a price for those who stay would gain more, and a reminder would pay where a call does not.
    const cheap = { alarms: ['order-gap', 'discount', 'service-calls'] as const, chance: 0.9 };
    expect(fate({ ...cheap, value: 30 })).toBe('service-call-back by phone');
    expect(fate({ ...cheap, value: 10 })).toBe('no-gain');
    expect(fate({ winback: 30, events: [{ kind: 'complaint' }] })).toBe('open-complaint');
    expect(
      fate({ events: [{ kind: 'complaint' }, { kind: 'complaint-solved' }], alarms: ['order-gap'] }),
    ).toBe('due-reminder by email');
    for (const { offers } of Object.values(retentionActions)) expect(offers).not.toContain('up-sell');
  });

  it('is told with its gain, its interval and why', () => {
    const [row] = listOf([{ alarms: ['order-gap', 'basket-value'] }]).rows;
    expect(row).toMatchObject({ chance: expect.closeTo(0.4, 6), value: 100, spend: 0.1, offer: null });
    expect(row.gain).toBeCloseTo(0.4 * 0.05 * 100 - 0.1, 6);
    expect(row.low).toBeCloseTo(0.4 * 100 * (0.05 - 1.959964 * 0.05) - 0.1, 5);
    expect(row.why.map(({ name }) => name)).toEqual(['order-gap', 'basket-value']);
    expect(row.why[0].words['zh-Hant']).toMatch(/天/);
    const [lost] = listOf([{ winback: 30 }]).rows;
    expect(lost).toMatchObject({ offer: 'upgrade', value: null, low: null });
    expect(lost.gain).toBeCloseTo(29.9, 12);
  });

  it('goes by the channel of the customer where that pays', () => {
    expect(fate({ alarms: ['order-gap'], channel: 'phone', value: 1000 })).toBe('due-reminder by phone');
    expect(fate({ alarms: ['order-gap'], channel: 'phone', value: 50 })).toBe('due-reminder by email');
    expect(fate({ alarms: ['service-calls'], channel: 'web' })).toBe('service-call-back by phone');
  });
});

describe('what keeps from a contact', () => {
  const late = { alarms: ['order-gap'] } as const;
  it.each<[WorriedCustomer, string]>([
    [{ alarms: ['basket-value'], dueTo: 4 }, 'not-due'],
    [{ ...late, ordered: day }, 'returned'],
    [{ ...late, isListed: true }, 'contacted-lately'],
    [{ ...late, events: [{ kind: 'contact', day: day - 13 }] }, 'contacted-lately'],
    [{ ...late, events: [{ kind: 'unsubscribe', day: day - 900 }] }, 'left-alone'],
    [{ ...late, events: [{ kind: 'death' }] }, 'died'],
    [{ ...late, events: [{ kind: 'cancellation', reason: 'died' }] }, 'died'],
    [{ ...late, value: 1 }, 'no-gain'],
    [{ ...late, value: Number.NaN }, 'no-gain'],
    [{ alarms: ['satisfaction'], events: [{ kind: 'opt-out', channel: 'phone' }] }, 'no-channel'],
    [{ winback: 'no-profit' }, 'no-gain'],
    [{ winback: 30, ordered: day - 1 }, 'returned'],
  ])('%o: %s', (customer, why) => expect(fate(customer)).toBe(why));

  it('ends when its time is over or it is taken back', () => {
    expect(fate({ ...late, events: [{ kind: 'contact', day: day - 14 }] })).toBe('due-reminder by email');
    const back = [{ kind: 'unsubscribe' }, { kind: 'subscribe' }];
    expect(fate({ ...late, events: back })).toBe('due-reminder by email');
    // Who wants no e-mail may still be called, if that pays.
    const noMail = [{ kind: 'opt-out', channel: 'web' }];
    expect(fate({ ...late, events: noMail, value: 1000 })).toBe('due-reminder by phone');
    expect(fate({ alarms: ['failed-payments'], dueTo: 40 })).toBe('update-payment by email');
  });

  it('is not that nothing is to be said', () => {
    expect(fate({})).toBe('');
    // A complaint of long ago.
    expect(fate({ events: [{ kind: 'complaint', day: day - 30 }] })).toBe('');
  });
});

describe('a prediction', () => {
  const predicted = (probability: number, name: string) => ({
    ...worriedShop([{ value: 1000 }, {}]),
    prediction: {
      customers: Int32Array.of(0),
      probabilities: Float64Array.of(probability),
      reasonsOf: () => [{ name, words: { en: 'much', 'zh-Hans': '多', 'zh-Hant': '多' } }],
    },
  });
  it('is a cause where leaving is likelier than staying, and its drivers say what to do', () => {
    const action = (probability: number, name: string) =>
      retentionActionsOf(predicted(probability, name), settings).rows.map((row) => row.action);
    expect(action(0.7, 'event.service-call.180')).toEqual(['service-call-back']);
    expect(action(0.9, 'discountShare')).toEqual(['price-offer']);
    expect(action(0.7, 'recency')).toEqual(['care-call']);
    expect(action(0.49, 'recency')).toEqual([]);
    const [row] = retentionActionsOf(predicted(0.7, 'recency'), settings).rows;
    expect(row.chance).toBe(0.7);
    expect(row.why[0].words.en).toBe('Leaves with a chance of 70 %: much.');
  });
});

describe('a list', () => {
  const customer = fc.record({
    alarms: fc.uniqueArray(fc.constantFrom(...signalNames), { maxLength: 3 }),
    chance: fc.double({ min: 0, max: 1, noNaN: true }),
    value: fc.double({ min: 0, max: 500, noNaN: true }),
    dueTo: fc.integer({ min: -30, max: 10 }),
    channel: fc.constantFrom('email', 'phone', 'shop'),
    isListed: fc.boolean(),
  });
  const lost = fc.record({ winback: fc.double({ min: -5, max: 50, noNaN: true }) });
  const limits = fc.record({
    mostADay: fc.option(fc.integer({ min: 0, max: 12 })),
    budget: fc.option(fc.double({ min: 0, max: 40, noNaN: true })),
    byPhone: fc.option(fc.integer({ min: 0, max: 5 })),
  });

  it('keeps to its caps and its budget, contacts nobody twice, and loses nobody', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ weight: 4, arbitrary: customer }, lost), { maxLength: 40 }),
        limits,
        fc.integer({ min: 0, max: 1000 }),
        (customers, { byPhone, ...caps }, seed) => {
          const [email, phone] = settings.channels;
          const own = { ...settings, ...caps, seed, channels: [email, { ...phone, mostADay: byPhone }] };
          const input = worriedShop(customers);
          const { rows, held } = retentionActionsOf(input, own);
          expect(retentionActionsOf(input, own)).toEqual({ rows, held, beliefs: expect.anything() });
          const contacted = rows.filter(({ arm }) => arm === 'contacted');
          expect(contacted.length).toBeLessThanOrEqual(caps.mostADay ?? Infinity);
          expect(contacted.reduce((sum, { spend }) => sum + spend, 0)).toBeLessThanOrEqual(
            caps.budget ?? Infinity,
          );
          const calls = contacted.filter(({ channel }) => channel === 1).length;
          expect(calls).toBeLessThanOrEqual(byPhone ?? Infinity);
          const named = [...rows, ...held].map((one) => one.customer);
          expect(new Set(named).size).toBe(named.length);
          const known = customers.flatMap((one, c) => ('winback' in one || one.alarms.length > 0 ? [c] : []));
          expect(named.toSorted((a, b) => a - b)).toEqual(known);
          for (const row of rows) {
            expect(row.gain).toBeGreaterThan(0);
            expect(row.arm).toBe(armOf(`c${row.customer}`, day, own));
          }
          const gains = rows.map(({ gain }) => gain);
          expect(gains).toEqual(gains.toSorted((a, b) => b - a));
        },
      ),
    );
  });

  it('fills its limits with those who gain most', () => {
    const customers = [40, 90, 70, 20].map((value) => ({ alarms: ['order-gap'] as const, value }));
    const contacted = (own: Partial<ActionSettings>) =>
      listOf(customers, { controlShare: 0.001, ...own }).rows.map(({ customer }) => customer);
    expect(contacted({ mostADay: 2 })).toEqual([1, 2]);
    expect(contacted({ budget: 0.35 })).toEqual([1, 2, 0]);
    const why = listOf(customers, { budget: 0.15, controlShare: 0.001 }).held.map((one) => one.why);
    expect(why).toEqual(['budget', 'budget', 'budget']);
  });

  it('gives no room to those who are held out, and holds them out only where there was room', () => {
    const customers = Array.from({ length: 40 }, (_, n) => ({
      alarms: ['order-gap'] as const,
      value: 900 - n,
    }));
    const { rows } = listOf(customers, { mostADay: 10, controlShare: 0.4 });
    const contacted = rows.filter(({ arm }) => arm === 'contacted');
    expect(contacted).toHaveLength(10);
    // By value: everybody up to the tenth who is contacted, in whichever arm, and nobody after him.
    expect(rows.map(({ customer }) => customer)).toEqual(Array.from(rows, (_, n) => n));
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.at(-1)).toBe(contacted.at(-1));
  });

  it('keeps what it promises to lost customers within the budget of their plan', () => {
    // An offer costs 105 / 886.56 × 100 and the letter 0.1.
    const input = worriedShop([{ winback: 30 }, { winback: 40 }, { winback: 20 }]);
    const contacted = (winbackSpent: number) =>
      retentionActionsOf({ ...input, winbackSpent }, { ...settings, controlShare: 0.001 }).rows.map(
        ({ customer }) => customer,
      );
    expect(contacted(0)).toEqual([1, 0, 2]);
    expect(contacted(975)).toEqual([1, 0]);
    expect(contacted(1000)).toEqual([]);
  });

  it('goes by gain for the money where that gains more', () => {
    // A win-back at 120 / 886.54 × 100 for its offer and more uses up what four reminders of together more gain need.
    const reminders = Array.from({ length: 4 }, () => ({ alarms: ['order-gap'] as const, value: 1000 }));
    const { rows } = listOf([{ winback: 30 }, ...reminders], { budget: 12, controlShare: 0.001 });
    expect(rows.map(({ action }) => action)).toEqual(Array(4).fill('due-reminder'));
  });

  it('refuses settings that cannot be', () => {
    expect(() => listOf([{}], { channels: [] })).toThrow(/1 to 31 channels/);
    expect(() => listOf([{}], { controlShare: 0 })).toThrow(/control group is a share above 0/);
    expect(() => listOf([{}], { priceShare: 1 })).toThrow(/below 1/);
    expect(() => listOf([{}], { channels: [{ ...settings.channels[0], cost: Number.NaN }] })).toThrow(
      /email costs NaN; give money/,
    );
  });
});
