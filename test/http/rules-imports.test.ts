import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putProducts } from '../../db/queries/products.ts';
import { ruleFormats } from '../../src/rules/formats/table.ts';
import { textOfChunks } from '../../src/rules/formats/testing/rule-sets.ts';
import { type RuleLiteral, rulesOf } from '../../src/rules/testing/rules.ts';
import { describeDatabases } from '../support/databases.ts';
import { type Answer, expectProblem, type TestService } from '../support/service.ts';
import { openRuleService } from './rule-shop.ts';

const bodyLimit = 50_000;

describeDatabases('rules from elsewhere over HTTP', (opened) => {
  let service: TestService;
  beforeAll(async () => {
    service = await openRuleService(opened().database, undefined, {
      PAIRWELL_BODY_LIMIT: String(bodyLimit),
    });
    service.shop.putProducts(await putProducts(opened().database, [{ code: 'new', name: 'New' }]));
  });
  afterAll(() => service?.close());

  const send = (query: string, body: string, type = 'application/octet-stream'): Promise<Answer> =>
    service.request(`/v1/rules/imports?${query}`, {
      method: 'POST',
      headers: { 'Content-Type': type },
      body,
    });
  const report = async (query: string, body: string) => {
    const answer = await send(query, body);
    expect({ status: answer.status, detail: answer.body.detail }).toEqual({ status: 200, detail: undefined });
    return answer.body;
  };
  const exported = async (query: string): Promise<string> => {
    const response = await service.app.request(`/v1/rules/export?${query}`);
    return response.text();
  };

  /** Rules as a file tells of them. */
  const csv = (names: string[], ...literals: RuleLiteral[]): string =>
    textOfChunks(ruleFormats.csv.chunks({ rules: rulesOf(100, literals), names }));

  it.each(['csv', 'json', 'pmml', 'spmf'] as const)(
    'are all the same when they are those that were exported as %s',
    async (format) => {
      const all = (await service.get('/v1/rules?set=all&limit=500')).body.items.length;
      const body = await report(`format=${format}`, await exported(`format=${format}&set=all`));
      expect(body).toMatchObject({
        modelVersion: '1',
        transactions: { file: 100, model: 100 },
        rules: { file: all, accepted: all, rejected: 0 },
        shared: { count: all, shown: 8, withSameCounts: all },
        rejected: [],
        different: { count: 0, rules: [] },
        new: { count: 0, rules: [] },
        missing: { set: 'shown', count: 0, rules: [] },
      });
    },
  );

  it('are missing where the file does not have them, the best first', async () => {
    const file = await exported('format=csv&antecedent=bread');
    const { missing } = await report('format=csv&limit=2', file);
    expect(missing).toMatchObject({
      set: 'shown',
      count: 7,
      rules: [
        { antecedent: ['sugar'], consequent: 'tea', count: 25, confidence: 1 },
        { antecedent: ['tea'], consequent: 'sugar' },
      ],
    });
    const all = (await service.get('/v1/rules?set=all&limit=500')).body.items.length;
    expect((await report('format=csv&set=all', file)).missing).toMatchObject({ set: 'all', count: all - 1 });
  });

  it('are told apart: the same, counted otherwise, new, and of no use', async () => {
    const names = ['tea', 'sugar', 'ale', 'new', 'bred', 'butter'];
    const body = await report(
      'format=csv',
      csv(
        names,
        { from: [0], to: 1, support: 25, antecedent: 30, consequent: 25 },
        { from: [1], to: 0, support: 24, antecedent: 25, consequent: 30 },
        { from: [2], to: 5, support: 0, antecedent: 10, consequent: 35 },
        { from: [3], to: 0, support: 1, antecedent: 1, consequent: 30 },
        { from: [0, 4], to: 1, support: 1, antecedent: 1, consequent: 25 },
        { from: [0], to: 1, support: 25, antecedent: 30, consequent: 25 },
      ),
    );
    expect(body).toMatchObject({
      rules: { file: 6, accepted: 3, rejected: 3 },
      shared: { count: 2, shown: 2, withSameCounts: 1 },
      different: {
        count: 1,
        rules: [
          {
            rule: 2,
            antecedent: ['sugar'],
            consequent: 'tea',
            file: { count: 24, confidence: 24 / 25 },
            model: { count: 25, confidence: 1 },
          },
        ],
      },
      new: {
        count: 1,
        rules: [{ rule: 3, antecedent: ['ale'], consequent: 'butter', count: 0, lift: 0 }],
      },
    });
    expect(body.rejected).toEqual([
      {
        rule: 4,
        antecedent: ['new'],
        consequent: 'tea',
        reason: 'The product "new" is in no order that the model was trained on.',
      },
      {
        rule: 5,
        antecedent: ['tea', 'bred'],
        consequent: 'sugar',
        reason: 'There is no product with the id "bred"; for names of products ask with names=true.',
      },
      {
        rule: 6,
        antecedent: ['tea'],
        consequent: 'sugar',
        reason: 'The same rule is there before, as number 1.',
      },
    ]);
  });

  it('are of transactions that they tell, or that the caller does', async () => {
    const file = await exported('format=spmf');
    const told = await report('format=spmf&transactions=200', file);
    expect(told.transactions).toEqual({ file: 200, model: 100 });
    expect(told.shared).toMatchObject({ count: 8, withSameCounts: 0 });
    const answer = await send('format=csv&transactions=200', await exported('format=csv'));
    expect(expectProblem(answer, 400, 'bad-input')).toMatch(/csv tells its transactions itself.*spmf/);
  });

  it('may call products by name, unless two have the same', async () => {
    const file = await exported('format=pmml&names=true&antecedent=butter&tests=false');
    expect(await report('format=pmml&names=true', file)).toMatchObject({
      rules: { file: 1, accepted: 1 },
      shared: { count: 1, withSameCounts: 1 },
    });
    const rule = { from: [0], to: 1, support: 10, antecedent: 10, consequent: 35 };
    const [rejected] = (await report('format=csv&names=true', csv(['Beer', 'Soap'], rule))).rejected;
    expect(rejected.reason).toMatch(/Two products are called "Beer": use ids/);
    const named = (await report('format=csv&names=true&limit=1', csv(['Beer', 'Soap'], rule))).missing
      .rules[0];
    expect([...named.antecedent, named.consequent].sort()).toEqual(['Green tea', 'sugar']);
    const categories = await report('format=csv', await exported('format=csv&set=categories&level=category'));
    expect(categories.rules.accepted).toBe(0);
    expect(categories.rejected[0].reason).toMatch(/is a category; only rules between products/);
  });

  it('have their measures worked out anew', async () => {
    const file = await exported('format=csv&antecedent=tea,sugar&set=all&measures=conviction,phi,boost');
    expect((await report('format=csv', file)).measures).toMatchObject({
      checked: [
        { name: 'leverage', differing: 0, firstDiffering: null },
        { name: 'p', differing: 0, firstDiffering: null },
        { name: 'log10P', differing: 0, firstDiffering: null },
        { name: 'improvement', differing: 0, firstDiffering: null },
        { name: 'conviction', differing: 0, firstDiffering: null },
        { name: 'phi', differing: 0, firstDiffering: null },
      ],
      unchecked: expect.arrayContaining(['adjustedP', 'laterP', 'boost']),
    });
    const wrong = (await exported('format=json&antecedent=tea&measures=phi')).replace(
      /"phi":0\.\d+/,
      '"phi":0.5',
    );
    expect((await report('format=json', wrong)).measures.checked).toContainEqual({
      name: 'phi',
      differing: 1,
      firstDiffering: 1,
    });
    const better = (await exported('format=json&antecedent=tea')).replace(
      /"improvement":0\.\d+/,
      '"improvement":0.9',
    );
    expect((await report('format=json', better)).measures.checked).toContainEqual({
      name: 'improvement',
      differing: 1,
      firstDiffering: 1,
    });
    const untested = await exported('format=csv&set=all&measures=improvement&tests=false');
    expect((await report('format=csv', untested)).measures).toEqual({
      checked: [],
      unchecked: ['improvement'],
    });
  });

  it('may come under any type of content', async () => {
    const file = await exported('format=json');
    for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded'])
      expect((await send('format=json', file, type)).status).toBe(200);
  });

  describe('refused as a whole', () => {
    const refusal = async (query: string, body: string): Promise<string> =>
      expectProblem(await send(query, body), 400, 'bad-input');

    const entities = Array.from({ length: 20 }, (_, n) =>
      n === 0 ? '<!ENTITY e0 "ha">' : `<!ENTITY e${n} "&e${n - 1};&e${n - 1};">`,
    );
    it.each([
      ['pmml', '<html><body>Sign in</body></html>', /Line 1: this is an HTML page, not PMML/],
      ['pmml', '{"rules":[]}', /Line 1: this is not XML/],
      ['pmml', '<PMML><TreeModel/></PMML>', /another model and no rules: TreeModel.*AssociationModel/],
      ['pmml', `<!DOCTYPE PMML [${entities.join('')}]><PMML>&e19;</PMML>`, /undefined entity/],
      [
        'pmml',
        '<!DOCTYPE PMML [<!ENTITY f SYSTEM "file:///etc/passwd">]><PMML>&f;</PMML>',
        /undefined entity/,
      ],
      ['pmml', '<a>'.repeat(10_000), /root is <a>, not <PMML>/],
      ['pmml', `<PMML>${'<a>'.repeat(10_000)}`, /not XML/],
      ['json', '['.repeat(40_000), /The file is not JSON/],
      ['json', `${'['.repeat(20_000)}${']'.repeat(20_000)}`, /The file: /],
      ['json', '{"rules": []}', /transactionCount: /],
      ['csv', 'a,b\n1,2\n', /Line 1: a heading line with the columns antecedent, consequent/],
      ['csv', '"rules","support"\n"{a} => {b}",0.1\n', /table of R's arules.*write\.PMML/],
      ['csv', '\xff\xfe', /heading line/],
      ['spmf', 'milk => bread', /Line 1: a rule such as "milk bread ==> tea/],
      ['xlsx', 'PK', /format/],
      ['csv&set=best', 'a', /set/],
      ['csv&limit=0', 'a', /limit/],
      ['spmf&transactions=0', 'a', /transactions/],
    ])('is %s that is not: %#', async (format, body, what) => {
      expect(await refusal(`format=${format}`, body)).toMatch(what);
    });

    it.each(['csv', 'json', 'pmml', 'spmf'] as const)('is an empty file of %s', async (format) => {
      expect(await refusal(`format=${format}`, '')).toMatch(/body is empty.*--data-binary/);
    });

    it('is a request that says no format', async () => {
      expect(await refusal('', 'a')).toMatch(/format/);
    });

    it.each(['csv', 'json', 'pmml'] as const)('is %s that was cut short', async (format) => {
      const file = await exported(`format=${format}&set=all`);
      const short = file.slice(0, Math.floor(file.length / 2));
      expect(await refusal(`format=${format}`, short)).toMatch(/Line \d+|not JSON/);
    });

    it('is what contradicts itself, with the place', async () => {
      const file = await exported('format=csv&antecedent=tea&tests=false');
      const [heading, rule] = file.split('\n');
      // Of 25 transactions with tea, 30 cannot have sugar too.
      const wrong = rule!.replace(',25,', ',31,');
      expect(wrong).not.toBe(rule);
      expect(await refusal('format=csv', `${heading}\n${wrong}\n`)).toMatch(
        /Line 2: .*31 cannot hold the rule/,
      );
    });

    it('is what is larger than a body may be', async () => {
      const answer = await send('format=spmf', 'a'.repeat(bodyLimit + 1));
      const detail = expectProblem(answer, 413, 'payload-too-large');
      expect(detail).toContain(`${bodyLimit} bytes (PAIRWELL_BODY_LIMIT)`);
      expect(detail).toContain('pairwell compare rules FILE');
    });

    it('leaves everything as it was', async () => {
      expect((await service.get('/v1/rules')).body).toMatchObject({ modelVersion: '1' });
      expect((await service.get('/v1/models')).body.items).toEqual([]);
    });
  });
});
