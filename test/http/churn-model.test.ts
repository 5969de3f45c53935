import { afterEach, beforeEach, expect, it } from 'vitest';
import { churnCustomersAnswer, churnModelAnswer } from '../../src/http/churn-model-schemas.ts';
import { churnGainsAnswer } from '../../src/http/gains-schemas.ts';
import { alertsAnswer } from '../../src/http/routes/alerts.ts';
import { churnCustomerAnswer } from '../../src/http/routes/churn-customer.ts';
import { seededRandom } from '../../src/learn/random.ts';
import { describeDatabases } from '../support/databases.ts';
import { expectProblem, openTestService, type TestService } from '../support/service.ts';
import { emptyShop, fillShop } from '../support/shop.ts';

const dateOf = (day: number): string => new Date(Date.UTC(2023, 0, 1 + day)).toISOString().slice(0, 10);

/** 260 contracts over a year and a half; who calls the service often ends the contract within two months, the others seldom. */
function contractShop() {
  const random = seededRandom(3);
  const contracts: object[] = [];
  const events: object[] = [];
  for (let n = 0; n < 260; n++) {
    const customerId = `customer ${n}`;
    const start = Math.floor(100 * random());
    const trouble = n % 2 === 0 ? start + 60 + Math.floor(420 * random()) : Number.POSITIVE_INFINITY;
    for (let call = 0; call < (trouble < 540 ? 6 : 1); call++) {
      const day = trouble < 540 ? trouble - 5 * call : start + Math.floor((540 - start) * random());
      events.push({
        id: `call ${n} ${call}`,
        type: 'service-call',
        customerId,
        at: `${dateOf(day)}T12:00:00Z`,
      });
    }
    const end = trouble + 5 + Math.floor(50 * random());
    const ended = end < 540 ? { endsOn: dateOf(end), endReason: 'poor-service', voluntary: true } : {};
    contracts.push({ id: `contract ${n}`, customerId, startsOn: dateOf(start), amount: 10, ...ended });
  }
  return { contracts, events };
}

describeDatabases('who is about to leave, over HTTP', (opened) => {
  let service: TestService;
  beforeEach(async () => {
    await emptyShop(opened().database);
    await fillShop(opened().database);
    service = await openTestService(opened().database);
  });
  afterEach(() => service?.close());

  const train = async (settings: object = {}) =>
    expect(await service.train(settings)).toMatchObject({ status: 'succeeded', error: null });
  const read = async (path: string) => {
    const { status, body } = await service.get(path);
    expect({ status, detail: body.detail }).toEqual({ status: 200, detail: undefined });
    return body;
  };

  it('learns it from what became of others, with a card, drivers, and reasons', async () => {
    const { contracts, events } = contractShop();
    expect((await service.send('PUT', '/v1/contracts', { contracts })).status).toBe(200);
    expect((await service.send('POST', '/v1/events', { events })).status).toBeLessThan(300);
    await train({ customers: { asOf: dateOf(540) } });

    const model = await read('/v1/churn/model');
    expect(churnModelAnswer.strict().parse(model)).toEqual(model);
    expect(model).toMatchObject({ today: dateOf(540), lack: null });
    const { card, cutOffs, drivers, threshold, learner } = model.forecast;
    expect(model.forecast).toMatchObject({ definition: 'contracts', from: dateOf(540), horizonDays: 90 });
    expect(card.basis).toBe('out-of-time');
    expect(cutOffs.at(-1)).toMatchObject({ date: dateOf(450), role: 'held-out' });
    const aucOf = (name: string) => card.models.find((own: { learner: string }) => own.learner === name).auc;
    expect(aucOf(learner).low).toBeGreaterThan(aucOf('majority').value);
    expect(drivers[0].feature).toMatch(/service-call/);
    expect(drivers[0].words['zh-Hans']).toMatch(/\p{Script=Han}/u);

    const { rules } = model.forecast;
    expect(rules.map(({ outcome }: { outcome: string }) => outcome)).toContain('leaving');
    expect(rules[0].words.en).toMatch(/^If .*service call.*then the customer is leaving\.$/);
    expect(rules[0].words['zh-Hant']).toMatch(/\p{Script=Han}/u);

    const first = await read('/v1/churn/customers?by=chance&limit=2');
    expect(churnCustomersAnswer.strict().parse(first)).toEqual(first);
    const rest = await read(`/v1/churn/customers?by=chance&limit=500&cursor=${first.nextCursor}`);
    const items = [...first.items, ...rest.items];
    expect(items).toHaveLength(first.total);
    expect(new Set(items.map(({ customerId }) => customerId)).size).toBe(first.total);
    const chances = items.map(({ chance }) => chance);
    expect(chances).toEqual([...chances].sort((a, b) => b - a));
    expect(items.filter(({ isCalled }) => isCalled)).toHaveLength(
      chances.filter((chance) => chance >= threshold).length,
    );
    // Of those who called often in the last weeks and are still there.
    const troubled = new Set(
      (events as { customerId: string; at: string; id: string }[])
        .filter(({ at, id }) => at > dateOf(500) && id.endsWith(' 5'))
        .map(({ customerId }) => customerId),
    );
    const there = items.filter(({ customerId }) => troubled.has(customerId));
    expect(there.length).toBeGreaterThan(0);
    for (const { chance, reasons, rules: held } of there) {
      expect(chance).toBeGreaterThan(card.churnRate);
      for (const { id, words } of held)
        expect(rules.find((rule: { id: number }) => rule.id === id).words).toEqual(words);
      expect(reasons.some(({ feature }: { feature: string }) => /service-call/.test(feature))).toBe(true);
    }

    const gains = await read('/v1/churn/gains?parts=5&contactCost=2&value=10');
    expect(churnGainsAnswer.strict().parse(gains)).toEqual(gains);
    const [chosen] = gains.scores;
    expect(chosen).toMatchObject({ name: learner, customers: card.rows, responders: card.left });
    expect(chosen.area.auc).toBeCloseTo(aucOf(learner).value, 9);
    expect(chosen.rows.map(({ share }: { share: number }) => share)).toEqual([0.2, 0.4, 0.6, 0.8, 1]);
    expect(chosen.contact.expected.breakEven).toBe(0.2);
    const paying = chances.filter((chance) => chance > 0.2);
    expect(gains.today.best).toMatchObject({
      customers: paying.length,
      moneyOut: 2 * paying.length,
      moneyIn: expect.closeTo(10 * paying.reduce((sum, chance) => sum + chance, 0), 6),
    });
    expect((await read('/v1/churn/gains')).scores[0].contact).toBeNull();
    expectProblem(await service.get('/v1/churn/gains?contactCost=2'), 400, 'bad-input');

    const byRisk = await read('/v1/churn/customers');
    const risks = byRisk.items.map(({ valueAtRisk }: { valueAtRisk: number }) => valueAtRisk);
    expect(risks).toEqual([...risks].sort((a: number, b: number) => b - a));
    // Alerts go by the same chance.
    const alerts = await read('/v1/alerts');
    expect(alertsAnswer.strict().parse(alerts)).toEqual(alerts);
    const chanceOf = new Map(items.map(({ customerId, chance }) => [customerId, chance]));
    const both = alerts.items.filter(({ customerId }: { customerId: string }) => chanceOf.has(customerId));
    for (const { customerId, leaving } of both) expect(leaving).toBe(chanceOf.get(customerId));
    // They have contracts and order nothing, so that no order is due.
    const calling = both.filter(({ customerId }: { customerId: string }) => troubled.has(customerId));
    expect(calling.length).toBeGreaterThan(0);
    for (const { due, reasons } of calling) {
      expect(due).toBeNull();
      expect(reasons).toMatchObject([{ signal: 'service-calls', windowDays: 91 }]);
    }
    const byName = new Map(alerts.signals.map((own: { name: string }) => [own.name, own]));
    const ofCalls = alerts.items.filter(({ reasons }: { reasons: { signal: string }[] }) =>
      reasons.some(({ signal }) => signal === 'service-calls'),
    );
    expect(byName.get('service-calls')).toMatchObject({ isWatched: true, alarms: ofCalls.length });
    expect(byName.get('order-gap')).toMatchObject({ allowanceWithoutOrders: 0 });
    const one = await read(`/v1/churn/customers/${encodeURIComponent(both[0].customerId)}`);
    expect(churnCustomerAnswer.strict().parse(one)).toEqual(one);
    expect(one.alert).toEqual(both[0]);
    const { customerId: _, ...leaving } = items.find(({ customerId }) => customerId === one.customerId);
    expect(one).toMatchObject({ leaving, stay: { leftOn: null }, winback: null, leftAlone: null });
    const gone = contracts.find((own) => 'endsOn' in own) as { customerId: string; endsOn: string };
    expect(await read(`/v1/churn/customers/${encodeURIComponent(gone.customerId)}`)).toMatchObject({
      stay: { leftOn: expect.any(String) },
      leaving: null,
      winback: { comesBack: expect.any(Number) },
    });
    expectProblem(await service.get('/v1/churn/customers/nobody'), 404, 'not-found');
    expectProblem(await service.get('/v1/churn/customers?by=shoe-size'), 400, 'bad-input');
  });

  it('says what is missing where there is too little to learn from', async () => {
    await train();
    const model = await read('/v1/churn/model');
    expect(churnModelAnswer.strict().parse(model)).toEqual(model);
    expect(model.forecast).toBeNull();
    expect(model.lack).toMatch(/days of orders|customers left/);
    const refused = await service.get('/v1/churn/customers');
    expectProblem(refused, 409, 'conflict');
    expect(refused.body.detail).toContain(model.lack);
    expectProblem(await service.get('/v1/churn/gains'), 409, 'conflict');
  });
});
