import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../../db/open.ts';
import { listModels } from '../../db/queries/models.ts';
import { describeCli, runCli } from '../support/cli.ts';
import { fillShop } from '../support/shop.ts';

describeCli('pairwell compare rules', () => {
  let folder: string;
  const run = (...words: string[]) => runCli(words, { PAIRWELL_DATA: join(folder, 'data') });
  const place = (name: string) => join(folder, name);
  const written = async (name: string, content: string): Promise<string> => {
    await writeFile(place(name), content);
    return place(name);
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pairwell-compare-'));
    const database = await openDatabase({ folder: join(folder, 'data') });
    await fillShop(database);
    await database.close();
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('ends with 1 before the first model, and says what to do', async () => {
    const file = await written('early.csv', 'a');
    expect(await run('compare', 'rules', file, '--format', 'csv')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'pairwell: There is no model yet. Train one first: pairwell train.\n',
    });
  });

  it('finds what was exported to be the same', async () => {
    await run('train', '--min-support', '2', '--min-confidence', '0.1');
    for (const format of ['csv', 'json', 'pmml', 'spmf']) {
      const out = place(`all.${format}`);
      await run('export', 'rules', '--set', 'all', '--format', format, '--out', out);
      // The name of the file tells its format.
      const { code, stdout, stderr } = await run('compare', 'rules', out, '--set', 'all');
      expect({ code, stderr }).toEqual({
        code: 0,
        stderr:
          'Of 11 rules in the file, model 1 has 11, 11 of them with the same counts; 0 are new, 0 rejected. ' +
          "0 of the model's are missing.\n",
      });
      const report = JSON.parse(stdout);
      expect(report).toMatchObject({
        shared: { count: 11, withSameCounts: 11 },
        missing: { set: 'all', count: 0 },
      });
      const { checked } = report.measures;
      expect(checked.map(({ name }: { name: string }) => name)).toEqual(
        format === 'spmf' ? [] : ['leverage', 'p', 'log10P', 'improvement'],
      );
      expect(checked.filter(({ differing }: { differing: number }) => differing > 0)).toEqual([]);
    }
  }, 120_000);

  it('tells what is not the same, and lists as much as is asked for', async () => {
    const file = await written(
      'other.txt',
      'tea ==> soap #SUP: 2 #CONF: 0.666667 #LIFT: 2.0\nrum ==> tea #SUP: 1 #CONF: 1 #LIFT: 3\n',
    );
    const words = ['compare', 'rules', file, '--format', 'spmf', '--set', 'all'];
    const { stdout, stderr } = await run(...words, '--limit', '1');
    const report = JSON.parse(stdout);
    expect(stderr).toMatch(/^Of 2 rules in the file, model 1 has 0, .* 1 are new, 1 rejected\. 11 of/);
    expect(report.new.rules).toMatchObject([{ rule: 1, antecedent: ['tea'], consequent: 'soap', count: 2 }]);
    expect(report.rejected).toMatchObject([
      { rule: 2, reason: 'The model has no product with the id "rum".' },
    ]);
    expect(report.missing.rules).toHaveLength(1);
  });

  it.each([
    ['page.pmml', 'pmml', '<html></html>', /^pairwell: Line 1: this is an HTML page, not PMML\.\n$/],
    ['cut.json', 'json', '{"transactionCount": 9, "ite', /^pairwell: The file is not JSON: .*\n$/],
    ['table.csv', 'csv', '"rules"\n"{a} => {b}"\n', /^pairwell: Line 1: .*arules.*write\.PMML/],
    ['empty.csv', 'csv', '', /^pairwell: The file is empty: it has no heading line\.\n$/],
  ])('ends with 1 for %s of %s that is none', async (name, format, content, what) => {
    const file = await written(name, content);
    const { code, stdout, stderr } = await run('compare', 'rules', file, '--format', format);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(what);
  });

  it('ends with 1 for a file or a model that there is not, and has stored nothing of all this', async () => {
    const none = await run('compare', 'rules', place('none.csv'), '--format', 'csv');
    expect(none).toMatchObject({ code: 1, stdout: '' });
    expect(none.stderr).toMatch(/^pairwell: Cannot read .*none\.csv: there is no such file\.\n$/);
    const words = ['compare', 'rules', place('all.csv'), '--format', 'csv', '--model', '9'];
    expect(await run(...words)).toMatchObject({ code: 1, stderr: 'pairwell: There is no model 9.\n' });
    const database = await openDatabase({ folder: join(folder, 'data') });
    expect(await listModels(database, 10)).toHaveLength(1);
    await database.close();
  });
});
