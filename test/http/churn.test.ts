import { afterEach, beforeEach, expect, it } from 'vitest';
import { storeOrder } from '../../db/queries/orders.ts';
import { reasonsAnswer } from '../../src/http/churn-reason-schemas.ts';
import { churnAnswer, cohortsAnswer } from '../../src/http/churn-schemas.ts';
import { alertsAnswer } from '../../src/http/routes/alerts.ts';
import { winbackAnswer } from '../../src/http/winback-schemas.ts';
import { describeDatabases } from '../support/databases.ts';
import { expectProblem, openTestService, type TestService } from '../support/service.ts';
import { emptyShop, fillShop, shopTraining } from '../support/shop.ts';

const line = { customerId: 'ann', startsOn: '2024-01-01', amount: 20, plan: 'small' };

/** Of four customers in the first quarter of 2024: one goes, one pays less, one goes and comes back. */
const contracts = [
  { ...line, id: 'ann-1', endsOn: '2024-03-10', endReason: 'price', voluntary: true },
  { ...line, id: 'ben-1', customerId: 'ben', amount: 50, plan: 'large', endsOn: '2024-02-01' },
  { ...line, id: 'ben-2', customerId: 'ben', startsOn: '2024-02-01', amount: 30 },
  { ...line, id: 'kim-1', customerId: 'kim', amount: 40, endsOn: '2024-01-20', voluntary: false },
  { ...line, id: 'kim-2', customerId: 'kim', startsOn: '2024-03-05', amount: 40 },
  { ...line, id: 'lou-1', customerId: 'lou', startsOn: '2024-02-15', amount: 10 },
];

describeDatabases('churn over HTTP', (opened) => {
  let service: TestService;
  beforeEach(async () => {
    await emptyShop(opened().database);
    await fillShop(opened().database);
    service = await openTestService(opened().database);
  });
  afterEach(() => service?.close());

  const train = async (settings: object = {}) =>
    expect(await service.train(settings)).toMatchObject({ status: 'succeeded' });
  const read = async (path: string) => {
    const { status, body } = await service.get(path);
    expect({ status, detail: body.detail }).toEqual({ status: 200, detail: undefined });
    return body;
  };

  it('counts what contracts say, with why they ended', async () => {
    expect((await service.send('PUT', '/v1/contracts', { contracts })).status).toBe(200);
    await train({ customers: { asOf: '2024-04-30' } });
    const churn = await read('/v1/churn?by=cohort');
    expect(churnAnswer.strict().parse(churn)).toEqual(churn);
    expect(churn).toMatchObject({
      today: '2024-04-30',
      definition: { kind: 'contracts', graceDays: 7 },
      customers: 4,
      revenueBasis: { basis: 'contracts' },
    });
    const [january, february, march, april] = churn.periods;
    // Kim goes in January, a week after the contract, and is back in March; Ann goes in March; Lou comes in February.
    expect(january.rates.customers).toMatchObject({ start: 0, gained: 3, lost: 1, end: 2 });
    expect(february.rates).toMatchObject({
      customers: { start: 2, gained: 1, lost: 0, end: 3 },
      churn: { share: 0 },
      revenue: { start: 70, lost: 0, downgrades: 20, upgrades: 0, grossChurn: expect.closeTo(2 / 7, 9) },
    });
    expect(march.rates).toMatchObject({
      customers: { start: 3, gained: 0, returned: 1, lost: 1, end: 3, lostOfStart: 1 },
      churn: { share: expect.closeTo(1 / 3, 9) },
      causes: { voluntary: { lost: 1 }, involuntary: { lost: 0 }, unknown: { lost: 0 } },
    });
    expect(april.rates.customers).toMatchObject({ start: 3, lost: 0, end: 3 });
    expect(churn.groups.map(({ name }: { name: string }) => name)).toEqual(['2024-01', '2024-02']);
    expect(churn.reasons).toMatchObject([
      { reason: 'too-expensive', lost: 1, causes: { voluntary: 1 } },
      { reason: null, lost: 1, causes: { involuntary: 1 } },
    ]);
    const last = await read('/v1/churn?by=cohort&periods=2');
    expect(last.periods).toEqual([march, april]);
    expect(last.groups[0].rates).toEqual(churn.groups[0].rates.slice(-2));
    expect(last.sensitivity[0].churn).toEqual(churn.sensitivity[0].churn.slice(-2));
    expect(last.pooled).toEqual(churn.pooled);
    const cohorts = await read('/v1/churn/cohorts');
    expect(cohortsAnswer.strict().parse(cohorts)).toEqual(cohorts);
    // After one month Kim is gone; after two as well, until 5 March; after three months Ann is.
    expect(cohorts.cohorts[0]).toMatchObject({ month: '2024-01', customers: 3, active: [2, 2, 2] });
  });

  it('tells why customers left, and whom it pays to win back', async () => {
    expect((await service.send('PUT', '/v1/contracts', { contracts })).status).toBe(200);
    await train({ customers: { asOf: '2024-04-30' }, churn: { winback: { budget: 50 } } });
    const reasons = await read('/v1/churn/reasons');
    expect(reasonsAnswer.strict().parse(reasons)).toEqual(reasons);
    expect(reasons).toMatchObject({ to: '2024-05-01', left: 2, known: 1, unknown: 1, voluntary: 1 });
    expect(reasons.codes).toMatchObject([{ code: 'too-expensive', family: 'price', left: 1, share: 0.5 }]);
    const winback = await read('/v1/winback?aim=won-back');
    expect(winbackAnswer.strict().parse(winback)).toEqual(winback);
    // Kim is back; Ann is not.
    expect(winback).toMatchObject({ today: '2024-04-30', total: 1, items: [{ customerId: 'ann' }] });
    expect(winback.past).toMatchObject({
      evidence: expect.stringMatching(/none|few/),
      drivers: expect.any(Array),
    });
    expectProblem(await service.get('/v1/winback?aim=fame'), 400, 'bad-input');
    const unknown = { ...contracts[0], endReason: 'too expensiv' };
    const refused = await service.send('PUT', '/v1/contracts', { contracts: [unknown] });
    expectProblem(refused, 400, 'bad-input');
    expect(refused.body.errors[0].message).toMatch(/Did you mean too-expensive/);
  });

  it('goes by silence where there are no contracts, and by what is wished', async () => {
    await train();
    expect((await read('/v1/churn')).definition.kind).toBe('rhythm');
    await train({ churn: { leaving: { kind: 'silence', days: 30 }, period: 'quarter' } });
    const churn = await read('/v1/churn?by=segment');
    expect(churnAnswer.strict().parse(churn)).toEqual(churn);
    expect(churn.definition).toMatchObject({ kind: 'silence', days: 30 });
    expect(churn.definition.words.en).toMatch(/30 days/);
    expect(churn.periods.every(({ label }: { label: string }) => /^\d{4}-Q\d$/.test(label))).toBe(true);
  });

  it('gives alarm of who is silent beyond any chance, with the words for it', async () => {
    const { database } = opened();
    const ordered = (customer: string, n: number, day: number) =>
      storeOrder(database, {
        code: `${customer} ${n}`,
        customer,
        orderedAt: new Date(Date.UTC(2024, 0, 1 + day)),
        lines: [{ product: 'bread', quantity: 1, unitPrice: 3 }],
      });
    // Every week to the end of May; one of them only to the middle of March.
    for (let customer = 0; customer < 12; customer++)
      for (let n = 0; n < (customer === 0 ? 11 : 22); n++) await ordered(`weekly ${customer}`, n, 7 * n);
    await train({ ...shopTraining, customers: { asOf: '2024-06-01' } });
    const alerts = await read('/v1/alerts?signals=order-gap&limit=1');
    expect(alertsAnswer.strict().parse(alerts)).toEqual(alerts);
    expect(alerts).toMatchObject({ today: '2024-06-01', falseAlarms: 0.1, total: 1, nextCursor: null });
    const [alert] = alerts.items;
    expect(alert).toMatchObject({ customerId: 'weekly 0', due: { date: '2024-03-18', isOverdue: true } });
    expect(alert.leaving).toBeGreaterThan(0.5);
    expect(alert.reasons[0]).toMatchObject({ signal: 'order-gap', expected: 7, seen: 82 });
    expect(alert.reasons[0].words.en).toMatch(/after 7 days.*2024-03-18.*82 days/);
    expect(alert.reasons[0].words['zh-Hant']).toMatch(/82 天/);
    expectProblem(await service.get('/v1/alerts?signals=weather'), 400, 'bad-input');
    expectProblem(await service.get('/v1/alerts?cursor=nonsense'), 400, 'bad-input');
  });

  it('refuses what cannot be', async () => {
    const wrong = await service.send('POST', '/v1/models', { churn: { leaving: { kind: 'whim' } } });
    expectProblem(wrong, 400, 'bad-input');
    await train();
    expectProblem(await service.get('/v1/churn?by=shoe-size'), 400, 'bad-input');
    expectProblem(await service.get('/v1/churn?of=segment'), 400, 'bad-input');
    expect(await service.train({ churn: { leaving: { kind: 'contracts' } } })).toMatchObject({
      status: 'failed',
      error: { message: expect.stringMatching(/Nobody has a contract/) },
    });
  });
});
