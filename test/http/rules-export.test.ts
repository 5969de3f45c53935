import { afterAll, beforeAll, expect, it } from 'vitest';
import { readCsvRules } from '../../src/rules/formats/read-csv.ts';
import { readJsonRules } from '../../src/rules/formats/read-json.ts';
import { readPmmlRules } from '../../src/rules/formats/read-pmml.ts';
import { readSpmfRules } from '../../src/rules/formats/read-spmf-rules.ts';
import { antecedentTexts, type RuleSet } from '../../src/rules/formats/rule-set.ts';
import { describeDatabases } from '../support/databases.ts';
import { expectProblem, type TestService } from '../support/service.ts';
import { lineOf, openRuleService, type RuleBody, ruleModel } from './rule-shop.ts';

const model = ruleModel();

/** The rule from tea, the third product, to sugar, the fourth. */
const teaSugar = model.rules.consequent.findIndex((to, rule) => {
  const { antecedentOffsets: offsets, antecedentItems } = model.rules;
  return to === 3 && offsets[rule + 1]! - offsets[rule]! === 1 && antecedentItems[offsets[rule]!] === 2;
});

/** Rules as lines with their counts, in the order of the file. */
function linesOf({ rules, names }: RuleSet): string[] {
  return Array.from(rules.consequent, (item, r) => {
    const counts = [rules.supportCount[r], rules.antecedentCount[r], rules.consequentCount[r]];
    return `${antecedentTexts(rules, r, names).sort().join(' + ')} => ${names[item]}: ${counts}`;
  });
}

describeDatabases('rules as files over HTTP', (opened) => {
  let service: TestService;
  beforeAll(async () => {
    const { tests } = model.insights;
    const logP = tests.logP.map((p, rule) => (rule === teaSugar ? -1000 : p));
    service = await openRuleService(opened().database, {
      ...model,
      insights: { ...model.insights, tests: { ...tests, logP } },
    });
  });
  afterAll(() => service?.close());

  /** The file's text as it came. */
  const file = async (query: string): Promise<{ text: string; headers: Headers }> => {
    const response = await service.app.request(`/v1/rules/export?${query}`);
    const text = await response.text();
    expect({ status: response.status, problem: response.status === 200 ? '' : text }).toEqual({
      status: 200,
      problem: '',
    });
    return { text, headers: response.headers };
  };
  const refusal = async (query: string): Promise<string> =>
    expectProblem(await service.get(`/v1/rules/export?${query}`), 400, 'bad-input');

  /** The same rules as pages tell of them. */
  const paged = async (query: string): Promise<string[]> => {
    const { body } = await service.get(`/v1/rules?limit=500&measures=coverage,rhsSupport&${query}`);
    return body.items.map((rule: RuleBody) => {
      const { coverage, rhsSupport } = rule.measures;
      return `${lineOf(rule)}: ${[rule.count, coverage! * 100, rhsSupport! * 100].map(Math.round)}`;
    });
  };

  it.each([
    ['csv', 'text/csv; charset=utf-8', 'csv', readCsvRules],
    ['json', 'application/json', 'json', readJsonRules],
    ['pmml', 'application/xml', 'pmml', readPmmlRules],
    ['spmf', 'text/plain; charset=utf-8', 'txt', (text: string) => readSpmfRules(text, 100)],
  ] as const)('are %s that reads back as the same rules', async (format, type, extension, read) => {
    for (const query of [
      '',
      'set=all',
      'set=all&sort=lift&order=ascending',
      'maxAdjustedP=1e-12',
      'text=soap',
    ]) {
      const { text, headers } = await file(`format=${format}&${query}`);
      expect(headers.get('content-type')).toBe(type);
      expect(headers.get('content-disposition')).toBe(`attachment; filename="rules-model-1.${extension}"`);
      expect(linesOf(read(text))).toEqual(await paged(query));
    }
  });

  it('are a table as R writes it', async () => {
    const { text } = await file('format=arules&antecedent=bread&measures=phi&tests=false');
    expect(text.split('\n')[0]).toBe('"rules","support","confidence","coverage","lift","count","phi"');
    expect(text.split('\n')[1]).toMatch(/^"\{bread\} => \{butter\}",0\.3,0\.75,0\.4,2\.14\d+,30,0\.\d+$/);
    expect(text.split('\n')).toHaveLength(3);
  });

  it('hold the products that they are about, and no others', async () => {
    const { text } = await file('format=json&antecedent=butter');
    expect(readJsonRules(text).names).toEqual(['bread', 'butter']);
  });

  it.each([
    ['csv', readCsvRules],
    ['json', readJsonRules],
    ['pmml', readPmmlRules],
  ] as const)('come as %s with their tests, and logarithms where p fades to 0', async (format, read) => {
    const { text } = await file(`format=${format}&set=all`);
    const { rules, names, measures } = read(text);
    expect([...measures.keys()]).toEqual([
      'leverage',
      'p',
      'log10P',
      'adjustedP',
      'log10AdjustedP',
      'productivityP',
      'log10ProductivityP',
      'improvement',
      'laterP',
      'log10LaterP',
    ]);
    const lines = linesOf({ rules, names });
    const row = (line: string) => lines.findIndex((each) => each.startsWith(line));
    const of = (name: string, line: string) => measures.get(name)![row(line)];
    // As the tests were changed to be, of a rule that they make e^-1000 likely.
    expect(of('p', 'tea => sugar')).toBe(0);
    expect(of('log10P', 'tea => sugar')).toBeCloseTo(-1000 / Math.LN10, 9);
    const [butterBread] = (await service.get('/v1/rules?antecedent=butter')).body.items;
    for (const name of ['p', 'adjustedP', 'productivityP', 'improvement', 'laterP'])
      expect(of(name, 'butter => bread')).toBe(butterBread.tests[name]);
    expect(of('log10AdjustedP', 'butter => bread')).toBeCloseTo(Math.log10(butterBread.tests.adjustedP), 12);
    // Not tested in the newest orders.
    expect(of('laterP', 'tea => bread')).toBeNaN();
    expect(of('log10LaterP', 'tea => bread')).toBeNaN();
  });

  it('come with further measures, worked out among all rules', async () => {
    const { text } = await file('set=all&antecedent=tea,sugar&measures=improvement,conviction&tests=false');
    const { measures } = readCsvRules(text);
    const { body } = await service.get(
      '/v1/rules?set=all&antecedent=tea,sugar&measures=improvement,conviction',
    );
    expect(body.items).toHaveLength(1);
    expect(Object.fromEntries(Array.from(measures, ([name, [value]]) => [name, value]))).toEqual(
      body.items[0].measures,
    );
  });

  it('are of categories by their names, with their tests too', async () => {
    const { text } = await file('set=categories&format=pmml');
    const set = readPmmlRules(text);
    expect(linesOf(set)).toEqual(await paged('set=categories'));
    const strict = (await file('set=categories&maxAdjustedP=1e-12')).text;
    expect(linesOf(readCsvRules(strict))).toEqual(await paged('set=categories&maxAdjustedP=1e-12'));
    const { body } = await service.get('/v1/rules?set=categories&limit=500');
    const tests = body.items.map((rule: RuleBody & { tests: object }) => rule.tests);
    for (const name of ['p', 'adjustedP', 'improvement'])
      expect([...set.measures.get(name)!]).toEqual(tests.map((test: Record<string, number>) => test[name]));
  });

  it('are not of a product that there is not', async () => {
    const answer = await service.get('/v1/rules/export?consequent=nothing');
    expect(expectProblem(answer, 404, 'not-found')).toBe('There is no product nothing.');
  });

  it('have names for products when asked, ids for those without one', async () => {
    const { text } = await file('names=true&where=lift>=3');
    const { names } = readCsvRules(text);
    expect([...names].sort()).toEqual(['Green tea', 'sugar']);
    expect(await refusal('names=true')).toMatch(/"Beer".*leave out names=true/);
  });

  it('are a file of none where none fits', async () => {
    for (const [format, read] of [
      ['csv', readCsvRules],
      ['json', readJsonRules],
      ['pmml', readPmmlRules],
    ] as const) {
      const { text } = await file(`format=${format}&text=nothing`);
      expect(linesOf(read(text))).toEqual([]);
    }
    expect((await file('format=spmf&text=nothing')).text).toBe('');
  });

  it.each([
    ['format=xlsx', /csv.*json.*pmml.*arules.*spmf/],
    ['format=spmf&measures=phi', /SPMF has no place for further measures/],
    [
      'format=spmf&names=true&antecedent=tea',
      /SPMF parts items by blanks, so "Green tea" would not be one item/,
    ],
    ['measures=support', /A measure cannot be named "support" here/],
    ['measures=improvement', /tests have a column "improvement".*tests=false/],
    ['tests=some', /tests/],
    ['measures=price', /no measure "price"/],
    ['set=best', /shown/],
    ['set=all&level=cross', /set=categories/],
    ['names=perhaps', /names/],
    [
      'limit=5',
      /^limit: there is no such parameter\. Did you mean \w+\?|There are set, .*format, tests, names\.$/,
    ],
  ])('are refused with %s', async (query, what) => {
    expect(await refusal(query)).toMatch(what);
  });
});
