import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { putProducts } from '../../db/queries/products.ts';
import type { RuleInfluence } from '../../src/insights/insights.ts';
import type { Model } from '../../src/model/model.ts';
import { RuleBrowser } from '../../src/rules/browse.ts';
import { readCsvRules } from '../../src/rules/formats/read-csv.ts';
import { logFisherGreater } from '../../src/stats/fisher.ts';
import { describeDatabases } from '../support/databases.ts';
import { expectProblem, type TestService } from '../support/service.ts';
import { lineOf, openRuleService, type RuleBody, ruleModel } from './rule-shop.ts';

const model = ruleModel();

/** The number of the rule between two products. */
function ruleNumber(from: string, to: string): number {
  const rules = new RuleBrowser(model.rules);
  const [left, right] = [model.itemCodes.indexOf(from), model.itemCodes.indexOf(to)];
  return rules.pairsFrom(left).find((rule) => model.rules.consequent[rule] === right)!;
}

/** 1 for the rule of these products, 0 for all others. */
const mark = (from: string, to: string) =>
  Uint8Array.from(model.rules.consequent, (_, rule) => (rule === ruleNumber(from, to) ? 1 : 0));

/** As if the influence of the season had been found out to be this. */
function season(given: Partial<RuleInfluence>): RuleInfluence {
  const nothing = new Float64Array(model.rules.consequent.length).fill(Number.NaN);
  const figures = { crudeOddsRatio: nothing, oddsRatio: nothing, low: nothing, high: nothing };
  const verdict = mark('bread', 'butter').map((at) => 3 * at);
  return { name: 'season', verdict, differsP: nothing, ...figures, ...given };
}

/** The model with what its few orders do not tell. */
const studied: Model = {
  ...model,
  insights: {
    ...model.insights,
    tests: {
      ...model.insights.tests,
      logP: model.insights.tests.logP.map((p, rule) => (rule === ruleNumber('tea', 'sugar') ? -1000 : p)),
      laterLogP: model.insights.tests.laterLogP.map((p, rule) =>
        rule === ruleNumber('bread', 'butter') ? Math.log(0.02) : p,
      ),
    },
    promotion: mark('tea', 'sugar').map((at) => 2 * at),
    drift: mark('beer', 'soap'),
    influences: [
      season({
        crudeOddsRatio: Float64Array.from(model.rules.consequent, () => Number.POSITIVE_INFINITY),
        oddsRatio: Float64Array.from(model.rules.consequent, () => 1.5),
      }),
    ],
    relations: {
      ...model.insights.relations,
      // Tea and sugar, which are numbered 2 and 3: the last of the pairs among the first four.
      relation: model.insights.relations.relation.map((relation, row) => (row === 5 ? 2 : relation)),
    },
  },
};

describeDatabases('rules over HTTP', (opened) => {
  let service: TestService;
  beforeAll(async () => {
    service = await openRuleService(opened().database, studied);
  });
  afterAll(() => service?.close());

  const rulesOf = async (query: string): Promise<(RuleBody & Record<string, unknown>)[]> => {
    const { status, body } = await service.get(`/v1/rules?${query}`);
    expect({ status, detail: body.detail }).toEqual({ status: 200, detail: undefined });
    return body.items;
  };
  const listed = async (query: string): Promise<string[]> => (await rulesOf(query)).map(lineOf);
  const sorted = async (query: string): Promise<string[]> => (await listed(query)).sort();
  const refusal = async (query: string): Promise<string> =>
    expectProblem(await service.get(`/v1/rules?${query}`), 400, 'bad-input');

  const shown = [
    'ale => soap',
    'beer => soap',
    'bread => butter',
    'butter => bread',
    'soap => ale',
    'soap => beer',
    'sugar => tea',
    'tea => sugar',
  ];

  it('are those to trust, unless all are asked for', async () => {
    expect(await sorted('')).toEqual(shown);
    expect(await sorted('set=shown&level=product')).toEqual(shown);
    const all = await listed('set=all');
    expect(all).toHaveLength(model.rules.consequent.length);
    expect(all).toEqual(expect.arrayContaining([...shown, 'tea => bread', 'soap + sugar => tea']));
  });

  it('come with their counts and tests', async () => {
    const [rule] = await rulesOf('antecedent=butter');
    expect(rule).toEqual({
      antecedent: [{ productId: 'butter', name: 'Butter' }],
      consequent: { productId: 'bread', name: 'Rye bread' },
      count: 30,
      support: 0.3,
      confidence: 30 / 35,
      lift: (30 * 100) / (35 * 40),
      tests: {
        p: expect.closeTo(Math.exp(logFisherGreater({ n11: 30, n10: 5, n01: 10, n00: 55 })), 25),
        adjustedP: expect.any(Number),
        productivityP: expect.any(Number),
        improvement: expect.closeTo(30 / 35 - 0.4, 12),
        // Nobody bought either in the newest orders.
        laterP: 1,
        isShown: true,
      },
      relation: 'complement',
      promotion: 'not-studied',
      drift: 'not-studied',
      decayed: null,
    });
    const { tests } = rule as unknown as { tests: Record<string, number> };
    expect(tests.adjustedP).toBeGreaterThan(tests.p!);
  });

  it('have a p-value that fades out of numbers as text, and none where there was no test', async () => {
    const [teaSugar] = await rulesOf('antecedent=tea');
    expect(teaSugar).toMatchObject({ tests: { p: '5.07596e-435' } });
    const [teaBread] = await rulesOf('set=all&antecedent=tea&consequent=bread');
    expect(teaBread).toMatchObject({ tests: { laterP: null, isShown: false } });
  });

  it('are found by their significance', async () => {
    expect(await listed('maxAdjustedP=1e-12')).toEqual(['sugar => tea', 'tea => sugar']);
    expect(await sorted('set=all&maxAdjustedP=0.05')).toEqual(
      [...shown, 'soap + sugar => tea', 'soap + tea => sugar'].sort(),
    );
  });

  it('are found by whether later orders confirm them', async () => {
    expect(await listed('maxLaterP=0.05')).toEqual(['bread => butter']);
    expect(await listed('maxLaterP=0.01')).toEqual([]);
    // Rules that were not tested in later orders are not confirmed there.
    const all = await rulesOf('set=all&limit=500');
    const tested = all.filter(({ tests }) => (tests as { laterP: number | null }).laterP !== null);
    expect(tested.length).toBeLessThan(all.length);
    expect(await listed('set=all&limit=500&maxLaterP=1')).toEqual(tested.map(lineOf));
  });

  it('are found by the relation of their two products', async () => {
    expect(await sorted('relation=substitute')).toEqual(['sugar => tea', 'tea => sugar']);
    expect(await sorted('set=all&relation=complement')).toEqual(
      shown.filter((rule) => !rule.includes('tea')),
    );
    expect(await sorted('set=all&relation=unrelated')).toEqual([
      'bread => tea',
      'soap => sugar',
      'soap => tea',
      'sugar => soap',
      'tea => bread',
      'tea => soap',
    ]);
  });

  it('are found by what influences, promotions and time do to them', async () => {
    expect(await listed('influence=season:vanishes')).toEqual(['bread => butter']);
    expect(await listed('influence=season:vanishes,season:holds')).toEqual([]);
    expect(await listed('promotion=only-in-promotion')).toEqual(['tea => sugar']);
    expect(await listed('drift=rising')).toEqual(['beer => soap']);
    expect(await listed('drift=rising&promotion=only-in-promotion')).toEqual([]);
  });

  it('come with their influences when asked', async () => {
    const [rule] = await rulesOf('antecedent=bread&influences=true');
    expect(rule!.influences).toEqual([
      {
        name: 'season',
        verdict: 'vanishes',
        crudeOddsRatio: 'Infinity',
        oddsRatio: 1.5,
        low: null,
        high: null,
        differsP: null,
      },
    ]);
  });

  it('of categories have categories for sides, and tests', async () => {
    expect(await sorted('level=category')).toEqual([
      'food > bakery => food > dairy',
      'food > dairy => food > bakery',
      'food > drinks => food > sweet',
      'food > drinks => household',
      'food > sweet => food > drinks',
      'household => food > drinks',
    ]);
    expect(await sorted('set=categories&level=cross')).toEqual([
      'ale => household',
      'beer => household',
      'food > sweet => tea',
      'household => ale',
      'household => beer',
      'tea => food > sweet',
    ]);
    expect(await sorted('set=categories')).toHaveLength(12);
    const [rule] = await rulesOf('level=cross&antecedent=tea');
    expect(rule).toMatchObject({
      antecedent: [{ productId: 'tea', name: 'Green tea' }],
      consequent: { category: ['food', 'sweet'] },
      count: 25,
      confidence: 25 / 30,
      tests: {
        p: expect.closeTo(Math.exp(logFisherGreater({ n11: 25, n10: 5, n01: 0, n00: 70 })), 25),
        adjustedP: expect.any(Number),
        productivityP: expect.any(Number),
        improvement: expect.closeTo(25 / 30 - 0.25, 12),
        laterP: 1,
        isShown: true,
      },
      relation: null,
      promotion: 'not-studied',
      drift: 'fading',
      decayed: null,
    });
    const strict = await listed('set=categories&maxAdjustedP=1e-12');
    expect(strict).toContain('tea => food > sweet');
    expect(strict.length).toBeLessThan(12);
    expect(await listed('level=cross&antecedent=tea&drift=fading')).toEqual(['tea => food > sweet']);
    expect(await listed('level=cross&antecedent=tea&drift=rising')).toEqual([]);
    expect(await listed('set=categories&promotion=holds')).toEqual([]);
  });

  it('of categories are found by words in the names on the way to the category', async () => {
    expect(await listed('level=category&antecedentText=SWEET')).toEqual(['food > sweet => food > drinks']);
    expect(await sorted('level=category&consequentText=food%20bakery')).toEqual([
      'food > dairy => food > bakery',
    ]);
    expect(await sorted('level=cross&text=green')).toEqual(['food > sweet => tea', 'tea => food > sweet']);
  });

  it('are found by their sides and their measures', async () => {
    expect(await listed('set=all&antecedent=soap,sugar')).toEqual(['soap + sugar => tea']);
    expect(await listed('consequent=sugar')).toEqual(['tea => sugar']);
    expect(await sorted('minCount=30')).toEqual(['bread => butter', 'butter => bread']);
    expect(await listed('minLift=3&minConfidence=1')).toEqual(['sugar => tea']);
    expect(await listed('minSupport=0.5')).toEqual([]);
    expect(await listed('antecedentText=SUG')).toEqual(['sugar => tea']);
    expect(await sorted('text=rye%20BREAD')).toEqual(['bread => butter', 'butter => bread']);
    expect(await listed('where=lift>=3,confidence<=0.9')).toEqual(['tea => sugar']);
  });

  it('come with the measures asked for', async () => {
    const [rule] = await rulesOf('antecedent=sugar&measures=conviction,leverage');
    expect(rule!.measures).toEqual({
      conviction: 'Infinity',
      leverage: expect.closeTo(0.25 - 0.25 * 0.3, 12),
    });
  });

  describe('by profit', () => {
    const put = async (...updates: Parameters<typeof putProducts>[1]) =>
      service.shop.putProducts(await putProducts(opened().database, updates));
    /** Nobody has said what sugar costs. */
    afterEach(() => put({ code: 'bread', price: 3, cost: 1 }, { code: 'soap', stock: null }));

    it('are worth what their right side earns at the price and cost of now', async () => {
      const profits = async () =>
        Object.fromEntries(
          (await rulesOf('measures=profitPerBasket')).map((rule) => [
            lineOf(rule),
            rule.measures.profitPerBasket,
          ]),
        );
      const before = await profits();
      expect(before).toMatchObject({
        'butter => bread': (30 / 35) * 2,
        'sugar => tea': 3,
        'beer => soap': 0.5,
        'tea => sugar': null,
      });
      await put({ code: 'bread', price: 4 });
      expect(await profits()).toEqual({ ...before, 'butter => bread': (30 / 35) * 3 });
      await put({ code: 'bread', cost: null });
      expect(await profits()).toEqual({ ...before, 'butter => bread': null });
    });

    it('are found and sorted, those without it last', async () => {
      expect(await listed('sort=profitPerBasket')).toEqual([
        'sugar => tea',
        'butter => bread',
        'bread => butter',
        'beer => soap',
        'ale => soap',
        ...(await listed('sort=profitPerBasket')).slice(5),
      ]);
      expect((await listed('sort=profitPerBasket')).at(-1)).toBe('tea => sugar');
      expect(await sorted('where=profitPerBasket>=1')).toEqual(['butter => bread', 'sugar => tea']);
      expect(await listed('where=profitPerBasket>=-1000,lift>=3')).toEqual(['sugar => tea']);
      expect(await listed('set=categories&where=profitPerBasket>=2')).toEqual(['food > sweet => tea']);
    });

    it('are paged in one order, or begun again when a price has changed it', async () => {
      const query = '/v1/rules?sort=profitPerBasket&limit=3';
      const { nextCursor } = (await service.get(query)).body;
      await put({ code: 'soap', stock: 5 });
      const second = await service.get(`${query}&cursor=${nextCursor}`);
      expect(second.body.items.map(lineOf)).toEqual((await listed('sort=profitPerBasket')).slice(3, 6));
      await put({ code: 'bread', cost: 2 });
      const stale = await service.get(`${query}&cursor=${nextCursor}`);
      expect(expectProblem(stale, 409, 'conflict')).toMatch(/price or cost has changed.*Start again/);
    });

    it('are exported so', async () => {
      const { body } = await service.get('/v1/rules/export?sort=profitPerBasket&measures=profitPerBasket');
      const { names, measures, rules } = readCsvRules(body);
      const profit = measures.get('profitPerBasket')!;
      expect(names[rules.consequent[0]!]).toBe('tea');
      expect(profit[0]).toBe(3);
      expect(profit.at(-1)).toBeNaN();
    });
  });

  it.each([
    'sort=support&order=ascending&set=all',
    'sort=lift',
    'set=categories',
    'relation=complement&sort=count',
  ])('come once each page by page, with %s', async (query) => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await service.get(`/v1/rules?${query}&limit=3${cursor && `&cursor=${cursor}`}`);
      seen.push(...body.items.map(lineOf));
      cursor = body.nextCursor ?? '';
    } while (cursor);
    expect(seen).toEqual(await listed(`${query}&limit=500`));
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('are not of a product that there is not; of one that nobody has bought there are none', async () => {
    for (const query of ['antecedent=nothing', 'antecedent=tea,nothing', 'consequent=nothing']) {
      const answer = await service.get(`/v1/rules?${query}`);
      expect(expectProblem(answer, 404, 'not-found')).toBe('There is no product nothing.');
    }
    service.shop.putProducts(await putProducts(opened().database, [{ code: 'unsold' }]));
    expect(await listed('antecedent=unsold')).toEqual([]);
  });

  it.each([
    ['set=best', /shown.*all.*categories/],
    ['level=shelf', /product.*category.*cross/],
    ['relation=married', /unrelated.*complement.*substitute.*not-examined/],
    ['promotion=always', /only-in-promotion/],
    ['drift=up', /rising.*fading/],
    ['influence=season', /"season" is no influence with a verdict.*vanishes/],
    ['influence=season:gone', /"season:gone".*holds, weakens, vanishes, reverses/],
    ['influence=season:holds:twice', /"season:holds:twice"/],
    ['influence=weather:holds', /no influence "weather".*season/],
    ['influence=weekday:holds', /no influence "weekday".*studied for: season/],
    ['maxAdjustedP=0', /maxAdjustedP/],
    ['maxAdjustedP=2', /maxAdjustedP/],
    ['maxLaterP=0', /maxLaterP/],
    ['minSupport=', /^minSupport: it is empty: give a number, or leave it out\.$/],
    ['limit=%20', /^limit: it is empty/],
    ['minlift=50', /^minlift: there is no such parameter\. Did you mean minLift\?$/],
    ['lift=50', /^lift: there is no such parameter\. Did you mean \w+\?$|There are set, level/],
    ['products=tea', /^products: there is no such parameter\. There are set, level, .*cursor\.$/],
    ['influences=maybe', /influences/],
    ['set=all&level=category', /set=categories/],
    ['set=categories&level=product', /set=shown or set=all/],
    ['level=cross&relation=complement', /"relation" is known of rules between products only/],
    ['set=categories&minDecayedLift=1', /"minDecayedLift" is known/],
    ['set=categories&influence=weather:holds', /no influence "weather"/],
    ['measures=price', /no measure "price".*confidence/],
    ['where=price>=3', /no measure "price".*confidence/],
    ['where=lift', /"lift" is no condition/],
    ['where=lift>=high', /"lift>=high" is no condition/],
    ['sort=price', /^sort: "price" is no measure\. GET \/v1\/rules\/measures lists them\.$/],
    ['sort=lfit', /^sort: "lfit" is no measure\. Did you mean lift\?/],
  ])('refuse %s', async (query, what) => {
    expect(await refusal(query)).toMatch(what);
  });
});
