import { afterAll, beforeAll, expect, it } from 'vitest';
import { readJsonRules } from '../../src/rules/formats/read-json.ts';
import { describeDatabases } from '../support/databases.ts';
import { expectProblem, type TestService } from '../support/service.ts';
import { lineOf, openRuleService, ruleModel } from './rule-shop.ts';

describeDatabases('rules with decay over HTTP', (opened) => {
  let service: TestService;
  beforeAll(async () => {
    // The orders are of one day each, the newest of them of soap alone: a basket of ten days before counts half.
    service = await openRuleService(opened().database, ruleModel({ study: { halfLifeDays: 10 } }));
  });
  afterAll(() => service?.close());

  it('come with what they are worth when older orders count for less', async () => {
    const { items } = (await service.get('/v1/rules?antecedent=soap&consequent=ale')).body;
    const weight = (from: number, to: number): number => {
      let sum = 0;
      for (let day = from; day < to; day++) sum += 2 ** (-(99 - day) / 10);
      return sum;
    };
    // Ale and soap on the days 80 to 89, soap with other things on 60 to 64 and from 70 on.
    const soap = weight(60, 65) + weight(70, 100);
    expect(items[0].confidence).toBeCloseTo(10 / 35, 12);
    expect(items[0].decayed.confidence).toBeCloseTo(weight(80, 90) / soap, 12);
    expect(items[0].decayed.support).toBeCloseTo(weight(80, 90) / weight(0, 100), 12);
    expect(items[0].decayed.lift).toBeCloseTo(weight(0, 100) / soap, 12);
  });

  it('have none where they were not studied, as those that are not shown', async () => {
    const { items } = (await service.get('/v1/rules?set=all&antecedent=tea&consequent=bread')).body;
    expect(items[0].decayed).toBeNull();
    const ofCategories = (await service.get('/v1/rules?set=categories&limit=1')).body.items;
    expect(ofCategories[0].decayed).toBeNull();
  });

  it('are found by it, and exported with it', async () => {
    const listed = async (query: string): Promise<string[]> =>
      (await service.get(`/v1/rules?${query}`)).body.items.map(lineOf).sort();
    const all = (await service.get('/v1/rules?set=all&limit=500')).body.items;
    for (const [name, least] of [
      ['Confidence', 0.3],
      ['Lift', 1.2],
    ] as const) {
      const expected = all.filter(
        // biome-ignore lint/suspicious/noExplicitAny: an answer.
        ({ decayed }: any) => decayed && decayed[name.toLowerCase()] >= least,
      );
      expect(expected.length).toBeGreaterThan(0);
      expect(await listed(`set=all&minDecayed${name}=${least}&limit=500`)).toEqual(
        expected.map(lineOf).sort(),
      );
    }
    const file = (await service.get('/v1/rules/export?format=json&set=all')).body;
    const { measures } = readJsonRules(JSON.stringify(file));
    expect([...measures.keys()].slice(-3)).toEqual(['decayedSupport', 'decayedConfidence', 'decayedLift']);
    expect(measures.get('decayedLift')!.filter((lift) => lift > 0)).toHaveLength(
      all.filter(({ decayed }: { decayed: object | null }) => decayed).length,
    );
  });

  it.each([
    ['minDecayedConfidence=2', /minDecayedConfidence/],
    ['minDecayedLift=-1', /minDecayedLift/],
    ['set=categories&minDecayedLift=1', /"minDecayedLift" is known of rules between products only/],
  ])('refuse %s', async (query, what) => {
    expect(expectProblem(await service.get(`/v1/rules?${query}`), 400, 'bad-input')).toMatch(what);
  });

  it('cannot be found by it in a model without', async () => {
    service.shop.serve(2, ruleModel());
    const answer = await service.get('/v1/rules?minDecayedLift=1');
    expect(expectProblem(answer, 400, 'bad-input')).toMatch(/without a half-life.*halfLifeDays.*POST/);
    expect((await service.get('/v1/rules?limit=1')).body.items[0].decayed).toBeNull();
  });
});
