import { afterEach, beforeEach, expect, it } from 'vitest';
import { storeOrder } from '../../db/queries/orders.ts';
import { alertsAnswer } from '../../src/http/routes/alerts.ts';
import { winbackAnswer } from '../../src/http/winback-schemas.ts';
import { describeDatabases } from '../support/databases.ts';
import { openTestService, type TestService } from '../support/service.ts';
import { emptyShop, shopTraining } from '../support/shop.ts';

const on = (day: number): Date => new Date(Date.UTC(2023, 0, 1 + day, 12));

/** Days with an order, every week from the first to the last. */
const weekly = (first: number, last: number): number[] =>
  Array.from({ length: Math.floor((last - first) / 7) + 1 }, (_, n) => first + 7 * n);

/** The day on which the shop is looked at. */
const asOf = 400;
const settings = {
  ...shopTraining,
  customers: { asOf: on(asOf).toISOString().slice(0, 10) },
  churn: { leaving: { kind: 'silence', days: 60 }, winback: { budget: 500, horizonDays: 90 } },
};

/** Those who stay away have ordered up to day 100, and are lost from day 161 on; those on watch have been silent for 50 days. */
const away = weekly(2, 100);
const orders: Readonly<Record<string, readonly number[]>> = {
  ...Object.fromEntries(Array.from({ length: 8 }, (_, n) => [`loyal ${n}`, weekly(2, 398)])),
  'away plain': away,
  'away out': away,
  'away out and in': away,
  'away dead': away,
  'away offered': away,
  'away solved': away,
  'back for it': [...away, ...weekly(205, 398)],
  'back late': [...away, ...weekly(300, 398)],
  'watch plain': weekly(2, 350),
  'watch out': weekly(2, 350),
  'watch dead': weekly(2, 350),
};

const events = [
  ['away out', 'opt-out', 120],
  ['away out and in', 'opt-out', 120],
  ['away out and in', 'opt-in', 130],
  ['away dead', 'death', 110],
  ['away offered', 'winback-offer', 390, { offer: 'discount', channel: 'mail' }],
  ['away solved', 'complaint', 395, { solvedAt: on(396).toISOString() }],
  ['away plain', 'referral', 50],
  ['away plain', 'winback-offer', 200, { offer: 'upgrade' }],
  ['back for it', 'winback-offer', 200, { offer: 'upgrade' }],
  ['back late', 'winback-offer', 200, { offer: 'upgrade' }],
  ['away plain', 'cancellation', 105, { reason: 'Price' }],
  ['watch out', 'do-not-contact', 300],
  ['watch dead', 'death', 360],
] as const;

describeDatabases('events that tell of a customer’s standing', (opened) => {
  let service: TestService;
  beforeEach(async () => {
    const { database } = opened();
    await emptyShop(database);
    for (const [customer, days] of Object.entries(orders))
      for (const day of days)
        await storeOrder(database, {
          code: `${customer} ${day}`,
          customer,
          orderedAt: on(day),
          lines: [{ product: day % 2 === 0 ? 'bread' : 'tea', quantity: 1, unitPrice: 20, unitCost: 5 }],
        });
    service = await openTestService(database);
  }, 60_000);
  afterEach(() => service?.close());

  const read = async (path: string) => {
    const { status, body } = await service.get(path);
    expect({ status, detail: body.detail }).toEqual({ status: 200, detail: undefined });
    return body;
  };
  const train = async () => expect(await service.train(settings)).toMatchObject({ status: 'succeeded' });
  const sent = events.map(([customerId, type, day, payload], n) => ({
    ...{ id: `e${n}`, type, customerId, at: on(day).toISOString() },
    ...(payload && { payload }),
  }));
  const named = (body: { items: { customerId: string }[] }) =>
    new Map(body.items.map((item) => [item.customerId, item] as const));

  it('change who is on the lists, what is learnt of offers, and why customers left', async () => {
    await train();
    const before = await read('/v1/winback');
    const alertsBefore = await read('/v1/alerts');
    expect(named(before).has('away dead')).toBe(true);
    expect(named(alertsBefore).has('watch dead')).toBe(true);
    expect(before.offersMade).toMatchObject({ made: 0 });

    expect((await service.send('POST', '/v1/events', { events: sent })).body).toEqual({
      stored: events.length,
    });
    await train();
    const winback = await read('/v1/winback');
    expect(winbackAnswer.strict().parse(winback)).toEqual(winback);
    const lost = named(winback);
    expect([...lost.keys()].sort()).toEqual([
      ...['away offered', 'away out', 'away out and in', 'away plain', 'away solved'],
    ]);
    expect(lost.get('away out')).toMatchObject({ suppressed: 'left-alone', offer: null });
    expect(lost.get('away offered')).toMatchObject({ suppressed: 'offered', offer: null });
    for (const name of ['away out and in', 'away plain', 'away solved'])
      expect(['no-profit', null]).toContain((lost.get(name) as { suppressed?: string }).suppressed);
    const chance = (body: object, name: string) =>
      (named(body as never).get(name) as unknown as { comesBack: number }).comesBack;
    // Who referred others and left over price is likelier to come back than before that was known.
    const odds = (share: number) => share / (1 - share);
    const raised = (name: string) => odds(chance(winback, name)) / odds(chance(before, name));
    expect(raised('away plain')).toBeGreaterThan(1.5 * raised('away out and in'));

    // Of the three upgrades one brought a customer back in time; the discount is ten days old.
    expect(winback.offersMade).toEqual({
      ...{ made: 4, answered: 3, open: 1, reminders: 0, notLost: 0, died: 0, unknown: 0, others: [] },
    });
    const upgrade = (body: typeof winback) => body.offers.find(({ id }: { id: string }) => id === 'upgrade');
    expect(upgrade(winback)).toMatchObject({ offered: 3, wonBack: 1 });
    expect(upgrade(before)).toMatchObject({ offered: 0, wonBack: 0, rate: 0.41 });
    // The belief counts for 50.
    expect(upgrade(winback).rate).toBeCloseTo((50 * 0.41 + 1) / 53, 6);
    const said = winback.sentences.map(({ en }: { en: string }) => en).join(' ');
    expect(said).toMatch(/Answers to win-back offers: 3\. .* stated belief/);
    expect(said).toMatch(/offers still open: 1\. .* 90 days/);

    const alerts = await read('/v1/alerts');
    expect(alertsAnswer.strict().parse(alerts)).toEqual(alerts);
    const alarmed = named(alerts);
    expect(alarmed.has('watch dead')).toBe(false);
    expect(alarmed.has('away dead')).toBe(false);
    expect(alarmed.get('watch out')).toMatchObject({ leftAlone: 'do-not-contact' });
    expect(alarmed.get('watch plain')).toMatchObject({ leftAlone: null });

    const churn = await read('/v1/churn');
    const reason = (code: string) =>
      churn.reasons.find((row: { reason: string | null }) => row.reason === code);
    expect(reason('died')).toMatchObject({ lost: 2, causes: { involuntary: 2, voluntary: 0 } });
    expect(reason('too-expensive')).toMatchObject({ lost: 1, causes: { voluntary: 1 } });
    const reasons = await read('/v1/churn/reasons');
    expect(reasons.codes.find(({ code }: { code: string }) => code === 'died')).toMatchObject({
      family: 'external',
      left: 2,
    });
  });

  it('of offers that nobody knows are said, and teach nothing', async () => {
    const odd = { ...sent[8], id: 'odd', payload: { offer: 'free-month' } };
    expect((await service.send('POST', '/v1/events', odd)).status).toBe(200);
    await train();
    const winback = await read('/v1/winback');
    expect(winback.offersMade).toMatchObject({ unknown: 1, others: [{ offer: 'free-month', made: 1 }] });
    expect(winback.sentences.map(({ en }: { en: string }) => en).join(' ')).toMatch(/"free-month"/);
    expect(winback.offers.every(({ offered }: { offered: number }) => offered === 0)).toBe(true);
  });
});
