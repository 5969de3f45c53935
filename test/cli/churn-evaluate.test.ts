import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seededRandom } from '../../src/learn/random.ts';
import { describeCli, runCli } from '../support/cli.ts';

const random = seededRandom(9);

/** Those who call often and pay by the month leave the likelier. */
const customers = Array.from({ length: 400 }, (_, n) => {
  const calls = Math.floor(8 * random());
  const plan = random() < 0.5 ? 'monthly' : 'yearly';
  const left = random() < 1 / (1 + Math.exp(4 - 0.8 * calls - (plan === 'monthly' ? 1.5 : 0)));
  return { id: `c${n}`, calls, plan, place: 'all alike', left: left ? 'gone' : 'here' };
});
const linesOf = (rows: readonly object[]): string =>
  [Object.keys(rows[0]), ...rows.map((row) => Object.values(row))].map((cells) => cells.join(',')).join('\n');

describeCli('pairwell churn evaluate', () => {
  let folder: string;
  const written = async (name: string, content: string | Uint8Array): Promise<string> => {
    const file = join(folder, name);
    await writeFile(file, content);
    return file;
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pairwell-churn-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const evaluate = (file: string, ...words: string[]) =>
    runCli(['churn', 'evaluate', file, '--target', 'left', ...words]);
  const usual = ['--positive', 'gone', '--id', 'id', '--folds', '3', '--threads', '1'];

  it('compares models and prints rules, drivers and gains, in three languages', {
    timeout: 180_000,
  }, async () => {
    const file = await written('shop.csv.gz', gzipSync(linesOf(customers)));
    const json = join(folder, 'found.json');
    const { code, stdout, stderr } = await evaluate(file, ...usual, '--json', json);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '400 of 400 rows used\n' });
    const found = JSON.parse(await readFile(json, 'utf8'));
    const left = customers.filter((own) => own.left === 'gone').length;
    expect(found.card).toMatchObject({ basis: 'out-of-fold', rows: 400, left });
    const names = found.card.models.map(({ learner }: { learner: string }) => learner);
    expect(names).toEqual(['majority', 'logistic', 'fuzzy-rules', 'trees']);
    for (const { role, auc } of found.card.models) if (role === 'model') expect(auc.low).toBeGreaterThan(0.6);
    expect(found.leftOut).toMatchObject([{ name: 'place=all alike', code: 'constant' }]);
    expect(found.drivers[0].feature.name).toBe('calls');
    expect(found.rules.length).toBeGreaterThan(0);
    expect(stdout).toContain(`shop.csv.gz: 400 customers, ${left} left`);
    for (const rule of found.rules) expect(stdout).toContain(rule.words.en);
    expect(stdout).toContain(found.choice.reason.en);
    expect(stdout.match(/^ {2}\d+0 % /gm)).toHaveLength(10);

    // The same on more threads, in other words.
    const inChinese = await evaluate(
      file,
      ...usual,
      '--threads',
      '2',
      '--language',
      'zh-Hant',
      '--json',
      json,
    );
    const again = JSON.parse(await readFile(json, 'utf8'));
    expect(again).toEqual({ ...found, language: 'zh-Hant' });
    for (const rule of found.rules) expect(inChinese.stdout).toContain(rule.words['zh-Hant']);
    expect(inChinese.stdout).not.toMatch(/Gains|Rules|log-loss/);
  });

  it('says what is wrong with the file', { timeout: 60_000 }, async () => {
    const failing = async (rows: readonly object[], pattern: RegExp, ...words: string[]) => {
      const { code, stdout, stderr } = await evaluate(await written('odd.csv', linesOf(rows)), ...words);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(pattern);
    };
    const told = ['--positive', 'gone', '--id', 'id'];
    await failing(customers, /neither yes nor no; say with --positive/);
    await failing(
      customers.map(({ left, ...own }) => own),
      /no column "left"/,
      ...told,
    );
    await failing(
      customers.map((own) => ({ ...own, left: 'gone' })),
      /Everybody left/,
      ...told,
    );
    const one = customers.map((own, n) => ({ ...own, left: n === 0 ? 'gone' : 'here' }));
    await failing(one, /1 customers left and 399 stayed; it takes 20 of either/, ...told);
    const alike = customers.map((own) => ({ ...own, calls: 1, plan: 'same' }));
    await failing(alike, /Every feature is missing or the same/, ...told);
    const missing = customers.map((own) => ({ ...own, calls: '', plan: 'NA', place: '' }));
    await failing(missing, /Every feature is missing or the same/, ...told);
    await failing(customers, /Every feature is missing or the same/, ...told, '--leave-out', 'calls,plan');
  });

  it('is used in one way only', async () => {
    expect((await runCli(['churn', 'evaluate', 'shop.csv'])).code).toBe(2);
    expect((await evaluate('shop.csv', '--folds', '2')).code).toBe(2);
    expect((await evaluate('shop.csv', '--language', 'fr')).code).toBe(2);
    expect((await evaluate(join(folder, 'none.csv'))).code).toBe(1);
    const { code, stdout } = await runCli(['churn', 'evaluate', '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('--positive');
  });
});
