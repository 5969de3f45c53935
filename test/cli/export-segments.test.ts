import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../../db/open.ts';
import { publishModel } from '../../db/queries/models.ts';
import { encodeModel } from '../../src/model/model.ts';
import { trainSettings } from '../../src/train/settings.ts';
import { customerModel, strange } from '../http/customer-shop.ts';
import { ruleModel } from '../http/rule-shop.ts';
import { describeCli, runCli } from '../support/cli.ts';

describeCli('pairwell export segments', () => {
  let folder: string;
  const run = (...words: string[]) => runCli(['export', ...words], { PAIRWELL_DATA: join(folder, 'data') });
  const table = (text: string): Record<string, string>[] => parse(text, { columns: true });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pairwell-segments-'));
    const database = await openDatabase({ folder: join(folder, 'data') });
    const settings = trainSettings.parse({});
    for (const model of [ruleModel(), await customerModel()])
      await publishModel(database, { bytes: encodeModel(model), settings, figures: {} });
    await database.close();
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('writes customers with an order, their segments and figures', async () => {
    const { code, stdout, stderr } = await run('segments');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const rows = table(stdout);
    expect(rows.map(({ customerId, tier, revenue }) => [customerId, tier, revenue])).toEqual([
      ['ann', 'tier-peak', '80'],
      ['bob', 'tier-desert', '40'],
      ['cid', 'tier-peak', '72'],
      ['dora', 'tier-desert', '9'],
      ['eve', 'tier-peak', '50'],
      ['gil', 'tier-drain', '42'],
      [JSON.stringify(strange), 'tier-desert', '6'],
    ]);
    expect(rows[5]).toMatchObject({ rfm: 'rfm-loyal', behaviour: 'behaviour-1', profit: '-24' });
  });

  it('writes segments with what they bring', async () => {
    const { stdout } = await run('segments', '--set', 'segments', '--format', 'json', '--kind', 'tier');
    const { modelVersion, segments } = JSON.parse(stdout);
    expect(modelVersion).toBe('2');
    expect(segments).toMatchObject([
      {
        id: 'tier-peak',
        kind: 'tier',
        name: 'Profit peaks',
        nameZh: '利润高峰',
        words: 'Large, and they earn at least what is asked of large customers: keep them.',
        wordsZh: '规模大且盈利达标：留住他们。',
        customers: 3,
        customerShare: 0.4285714,
        revenue: 202,
        revenueShare: 0.6755853,
        profit: 58,
        profitShare: 1.183673,
        medianRevenue: 72,
        medianGap: expect.any(Number),
      },
      { id: 'tier-drain', customers: 1, profit: -24 },
      { id: 'tier-desert', customers: 3, revenue: 55 },
    ]);
    expect(table((await run('segments', '--set', 'segments')).stdout)).toHaveLength(2 + 10 + 3);
  });

  it('writes the segments of one kind alone, into a file', async () => {
    const out = join(folder, 'members.csv');
    expect(await run('segments', '--kind', 'rfm', '--out', out)).toEqual({ code: 0, stdout: '', stderr: '' });
    const [heading] = readFileSync(out, 'utf8').split('\n');
    expect(heading).toMatch(/^customerId,rfm,rfmName,orders,/);
  });

  it('ends with 1 for a model that knows no customers', async () => {
    const { code, stdout, stderr } = await run('segments', '--model', '1');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^pairwell: The model 1 knows nothing of the customers.*pairwell train\.$/m);
  });

  it.each([
    [['segments', '--format', 'pmml'], /segments are written as csv or json/],
    [['segments', '--set', 'shown'], /--set shown is not of segments: there is members, segments/],
    [['rules', '--set', 'members'], /--set members is not of rules: there is shown, all/],
    [['rules', '--kind', 'rfm'], /--kind is of segments/],
    [['segments', '--kind', 'age'], /Allowed choices are behaviour, rfm, tier/],
  ])('ends %j with 2, and says why', async (words, why) => {
    const { code, stdout, stderr } = await run(...words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(why);
  });
});
