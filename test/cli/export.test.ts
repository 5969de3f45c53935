import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../db/database.ts';
import { openDatabase } from '../../db/open.ts';
import { readModelBytes } from '../../db/queries/models.ts';
import { storeOrder } from '../../db/queries/orders.ts';
import { decodeModel, type Model } from '../../src/model/model.ts';
import { readCsvRules } from '../../src/rules/formats/read-csv.ts';
import { readJsonRules } from '../../src/rules/formats/read-json.ts';
import { readPmmlRules } from '../../src/rules/formats/read-pmml.ts';
import { readSpmfRules } from '../../src/rules/formats/read-spmf-rules.ts';
import type { RuleSet } from '../../src/rules/formats/rule-set.ts';
import { spelledOut } from '../../src/rules/formats/testing/rule-sets.ts';
import { describeCli, runCli } from '../support/cli.ts';

/** Orders in which bread and butter always come together, tea comes alone, and milk is no matter of either. */
const plainOrders = Array.from({ length: 40 }, (_, n) => [
  ...(n < 20 ? ['bread', 'butter'] : ['tea']),
  ...(n % 20 < (n < 20 ? 16 : 14) ? ['milk'] : []),
]);

/** Codes that formats have to take care of. */
const strange = ['Jam "Mûre", <1 kg>', '=1+1\n{漢}'];

const strangeOrders = Array.from({ length: 20 }, () => strange);

async function store(database: Database, orders: readonly (readonly string[])[], day: number): Promise<void> {
  for (const [n, products] of orders.entries()) {
    await storeOrder(database, {
      code: `${day}/${n}`,
      customer: null,
      orderedAt: new Date(Date.UTC(2024, 3, day, n)),
      lines: products.map((product) => ({ product, quantity: 1 })),
    });
  }
}

/** What has to be in a file of a model. */
function rulesIn({ rules, itemCodes, insights: { tests } }: Model): Required<RuleSet> {
  const { supportCount, antecedentCount, consequentCount, transactionCount: n } = rules;
  return {
    rules,
    names: Array.from({ length: itemCodes.size }, (_, item) => itemCodes.get(item)),
    measures: new Map([
      [
        'leverage',
        Float64Array.from(supportCount, (both, r) => {
          return (both * n - antecedentCount[r] * consequentCount[r]) / n ** 2;
        }),
      ],
      ['p', tests.logP.map(Math.exp)],
      ['log10P', tests.logP.map((log) => log / Math.LN10)],
      ['adjustedP', tests.adjustedLogP.map(Math.exp)],
      ['log10AdjustedP', tests.adjustedLogP.map((log) => log / Math.LN10)],
      ['productivityP', tests.productivityLogP.map(Math.exp)],
      ['log10ProductivityP', tests.productivityLogP.map((log) => log / Math.LN10)],
      ['improvement', tests.improvement],
      ['laterP', tests.laterLogP.map(Math.exp)],
      ['log10LaterP', tests.laterLogP.map((log) => log / Math.LN10)],
    ]),
  };
}

const readers = { csv: readCsvRules, json: readJsonRules, pmml: readPmmlRules };

describeCli('pairwell export rules', () => {
  let folder: string;
  const run = (...words: string[]) => runCli(words, { PAIRWELL_DATA: join(folder, 'data') });
  const exported = (...words: string[]) => run('export', 'rules', ...words);

  async function inDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
    const database = await openDatabase({ folder: join(folder, 'data') });
    try {
      return await work(database);
    } finally {
      await database.close();
    }
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pairwell-export-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('ends with 1 when there is no model, says what to do and leaves no file', async () => {
    const out = join(folder, 'none.csv');
    expect(await exported('--out', out)).toEqual({
      code: 1,
      stdout: '',
      stderr: 'pairwell: There is no model yet. Train one first: pairwell train.\n',
    });
    expect(existsSync(out)).toBe(false);
  });

  it('finds out before it opens the database that it cannot write', async () => {
    const out = join(folder, 'no', 'such', 'place.csv');
    const { code, stderr } = await runCli(['export', 'rules', '--out', out], {
      PAIRWELL_DATA: join(folder, 'never-made'),
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^pairwell: Cannot write to .*place\.csv: there is no directory /);
    expect(existsSync(join(folder, 'never-made'))).toBe(false);
  });

  it.each([
    [[], /missing required argument 'what'/],
    [['offers-of-old'], /Allowed choices are rules/],
    [['rules', '--format', 'xml'], /Allowed choices are csv, json, pmml, arules, spmf/],
    [['rules', '--set', 'best'], /Allowed choices are shown, all/],
    [['rules', '--model', '0'], /whole number from 1/],
    [['rules', '--out', ''], /must not be empty/],
  ])('ends %j with 2, and says why', async (words, why) => {
    const { code, stdout, stderr } = await run('export', ...words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(why);
  });

  describe('with models', () => {
    let earlier: Model;
    let active: Model;
    beforeAll(async () => {
      const train = ['train', '--min-support', '2', '--min-confidence', '0.1'];
      await inDatabase((database) => store(database, plainOrders, 1));
      expect(await run(...train)).toMatchObject({ code: 0 });
      await inDatabase((database) => store(database, strangeOrders, 10));
      expect(await run(...train)).toMatchObject({ code: 0 });
      [earlier, active] = await inDatabase(async (database) => [
        decodeModel(await readModelBytes(database, 1)),
        decodeModel(await readModelBytes(database, 2)),
      ]);
    });

    it.each(['csv', 'json', 'pmml'] as const)(
      'writes as %s what reads back as the rules of the model',
      async (format) => {
        const { code, stdout, stderr } = await exported('--format', format, '--set', 'all');
        expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
        const read = spelledOut(readers[format](stdout));
        expect(read).toEqual(spelledOut(rulesIn(active)));
        expect(read).toContainEqual(
          expect.objectContaining({
            antecedent: [strange[0]],
            consequent: strange[1],
            counts: [20, 20, 20, 60],
          }),
        );
      },
    );

    it('tells in PMML of the products that its rules are about, and of no others', async () => {
      const { stdout } = await exported('--format', 'pmml', '--model', '1');
      expect([...readPmmlRules(stdout).names].sort()).toEqual(['bread', 'butter']);
      expect(stdout).toContain('numberOfItems="2"');
    });

    it('writes those to show unless asked for all, with the tests behind them', async () => {
      const rules = spelledOut(rulesIn(earlier));
      const shown = rules.filter((_, rule) => earlier.insights.tests.isShown[rule] === 1);
      const { stdout } = await exported('--model', '1');
      expect(spelledOut(readCsvRules(stdout))).toEqual(shown);
      expect(shown.length).toBeLessThan(rules.length);
      // All 20 baskets of bread are those of butter: p is one in (40 choose 20).
      expect(shown).toContainEqual({
        antecedent: ['bread'],
        consequent: 'butter',
        counts: [20, 20, 20, 40],
        measures: expect.arrayContaining([
          ['leverage', 0.25],
          ['p', expect.closeTo(1 / 137_846_528_820, 20)],
          ['improvement', 0.5],
        ]),
      });
      expect(shown).not.toContainEqual(expect.objectContaining({ consequent: 'milk' }));
    });

    it('writes the lines of SPMF, and refuses codes that those cannot tell', async () => {
      const { code, stdout } = await exported('--format', 'spmf', '--set', 'all', '--model', '1');
      expect(code).toBe(0);
      const { rules, names } = rulesIn(earlier);
      expect(spelledOut(readSpmfRules(stdout, 40))).toEqual(spelledOut({ rules, names }));

      const out = join(folder, 'strange.txt');
      const refused = await exported('--format', 'spmf', '--set', 'all', '--out', out);
      expect({ code: refused.code, stdout: refused.stdout }).toEqual({ code: 1, stdout: '' });
      expect(refused.stderr).toContain('SPMF');
      expect(refused.stderr).toContain(JSON.stringify(strange[0]));
      expect(existsSync(out)).toBe(false);
    });

    it("writes the table of R's arules", async () => {
      const { stdout } = await exported('--format', 'arules', '--model', '1');
      const [heading, ...lines] = stdout.trimEnd().split('\n');
      expect(heading).toBe(
        '"rules","support","confidence","coverage","lift","count","leverage","p","log10P","adjustedP",' +
          '"log10AdjustedP","productivityP","log10ProductivityP","improvement","laterP","log10LaterP"',
      );
      expect(lines).toContainEqual(
        expect.stringMatching(/^"\{bread\} => \{butter\}",0\.5,1,0\.5,2,20,0\.25,7\.254/),
      );
    });

    it('writes the same into a file, in place of what was there', async () => {
      const out = join(folder, 'rules.pmml');
      const words = ['--format', 'pmml', '--set', 'all'];
      expect(await exported(...words, '--out', out)).toEqual({ code: 0, stdout: '', stderr: '' });
      expect(readFileSync(out, 'utf8')).toBe((await exported(...words)).stdout);
      await exported('--format', 'spmf', '--model', '1', '--out', out);
      expect(readFileSync(out, 'utf8')).toMatch(/^bread ==> butter #SUP: 20 /m);
      expect(readFileSync(out, 'utf8')).not.toContain('PMML');
    });

    it('ends with 1 for a model that there is not', async () => {
      expect(await exported('--model', '99')).toEqual({
        code: 1,
        stdout: '',
        stderr: 'pairwell: There is no model 99.\n',
      });
    });
  });
});
