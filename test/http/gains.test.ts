import { afterAll, beforeAll, expect, it } from 'vitest';
import { gainsAnswer } from '../../src/http/gains-schemas.ts';
import { describeDatabases } from '../support/databases.ts';
import { expectProblem, openTestService, type TestService } from '../support/service.ts';

describeDatabases('gains over HTTP', (opened) => {
  let service: TestService;
  beforeAll(async () => {
    service = await openTestService(opened().database);
  });
  afterAll(() => service?.close());
  const ask = (body: object) => service.send('POST', '/v1/gains', body);

  // Four in ten respond: the first score finds all of them first, the second none before the end.
  const outcome = [1, 1, 1, 1, 0, 0, 0, 0, 0, 0];
  const good = outcome.map((_, n) => 1 - n / 10);
  const scores = [
    { name: 'good', values: good },
    { name: 'bad', values: good.map((value) => -value) },
  ];

  it('holds scores side by side', async () => {
    const { status, body } = await ask({ scores, outcome, parts: 5 });
    expect(status).toBe(200);
    expect(gainsAnswer.strict().parse(body)).toEqual(body);
    const [first, second] = body.scores;
    expect(first.rows.map(({ gain }: { gain: number }) => gain)).toEqual([0.5, 1, 1, 1, 1]);
    expect(first.rows[0]).toMatchObject({ customers: 2, responders: 2, lift: 2.5 });
    expect(first).toMatchObject({ rate: 0.4, area: { auc: 1, gini: 1 }, contact: null });
    expect(second.rows.map(({ gain }: { gain: number }) => gain)).toEqual([0, 0, 0, 0.5, 1]);
    expect(second.area.auc).toBe(0);
  });

  it('says where contacts stop to pay', async () => {
    const { body } = await ask({ scores, outcome, contactCost: 1, value: 3 });
    const [first, second] = body.scores;
    expect(first.contact.realised.best).toMatchObject({ customers: 4, responses: 4, profit: 8 });
    expect(second.contact.realised.best).toMatchObject({ customers: 10, profit: 2 });
    expect(first.contact.expected.breakEven).toBeCloseTo(1 / 3, 12);
  });

  it('refuses what cannot be', async () => {
    expectProblem(await ask({ scores, outcome: [1, 0] }), 400, 'bad-input');
    expectProblem(await ask({ scores, outcome: outcome.map((one) => 2 * one) }), 400, 'bad-input');
    expectProblem(await ask({ scores: [], outcome }), 400, 'bad-input');
    expectProblem(await ask({ scores: [scores[0], scores[0]], outcome }), 400, 'bad-input');
    expectProblem(await ask({ scores, outcome, value: 3 }), 400, 'bad-input');
  });
});
