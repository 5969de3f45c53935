import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../../db/open.ts';
import { publishModel } from '../../db/queries/models.ts';
import { encodeModel } from '../../src/model/model.ts';
import { trainSettings } from '../../src/train/settings.ts';
import { openAudienceService, rankedAudienceModel } from '../http/audience-shop.ts';
import { describeCli, runCli } from '../support/cli.ts';

describeCli('pairwell export audience', () => {
  let folder: string;
  // biome-ignore lint/suspicious/noExplicitAny: compared as a whole.
  let served: any;
  const run = (...words: string[]) => runCli(['export', ...words], { PAIRWELL_DATA: join(folder, 'data') });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pairwell-audience-'));
    const database = await openDatabase({ folder: join(folder, 'data') });
    const model = await rankedAudienceModel();
    const service = await openAudienceService(database, model);
    served = (await service.get('/v1/products/p13/audience?limit=1000')).body;
    await service.close();
    await publishModel(database, {
      bytes: encodeModel(model),
      settings: trainSettings.parse({}),
      figures: {},
    });
    await database.close();
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('writes what is answered over HTTP', async () => {
    const { code, stdout, stderr } = await run('audience', '--product', 'p13', '--format', 'json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { nextCursor: _, ...answer } = served;
    expect(JSON.parse(stdout)).toEqual(answer);
  });

  it('writes a table of all customers', async () => {
    const { code, stdout } = await run('audience', '--product', 'new', '--owners', 'include');
    expect(code).toBe(0);
    const rows: Record<string, string>[] = parse(stdout, { columns: true });
    expect(rows).toHaveLength(120);
    expect(rows.map(({ rank }) => Number(rank))).toEqual(rows.map((_, n) => n + 1));
  });

  it('ends with 1 for a product that there is not', async () => {
    const { code, stdout, stderr } = await run('audience', '--product', 'nothing');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/There is no product nothing/);
  });

  it.each([
    [['audience'], /name it by --product/],
    [['audience', '--product', 'p13', '--format', 'pmml'], /an audience is written as csv or json/],
    [['audience', '--product', 'p13', '--set', 'all'], /--set is of rules and segments/],
    [['rules', '--product', 'p13'], /--product is of an audience/],
    [['segments', '--owners', 'only'], /--owners is of an audience/],
  ])('ends %j with 2, and says why', async (words, why) => {
    const { code, stdout, stderr } = await run(...words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(why);
  });
});
