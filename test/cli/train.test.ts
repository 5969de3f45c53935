import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SQL, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Database } from '../../db/database.ts';
import { openDatabase } from '../../db/open.ts';
import { finishJob, startJob } from '../../db/queries/jobs.ts';
import { activeVersion, listModels, readModelBytes } from '../../db/queries/models.ts';
import { decodeModel } from '../../src/model/model.ts';
import { trainSettings } from '../../src/train/settings.ts';
import { describeCli, runCli, startCli } from '../support/cli.ts';
import { describeServer } from '../support/databases.ts';
import { emptyShop, fillShop } from '../support/shop.ts';

const settings = ['--min-support', '2', '--min-confidence', '0.1'];

const noOrders =
  'pairwell: There are no orders to learn from. Import some first: pairwell import FILE (or POST /v1/orders).\n';

describeCli('pairwell train', () => {
  describe('on the embedded database', () => {
    let folder: string;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'pairwell-cli-'));
    });
    afterAll(() => rm(folder, { recursive: true, force: true }));

    const train = (...words: string[]) => runCli(['train', ...words], { PAIRWELL_DATA: folder });

    it('makes the database, and says that there is nothing in it', async () => {
      expect(await train()).toEqual({ code: 1, stdout: '', stderr: noOrders });
    });

    it('refuses settings that are none, and says which', async () => {
      const file = join(folder, 'settings.json');
      const refused = async (content: string, words: RegExp) => {
        await writeFile(file, content);
        const { code, stderr } = await train('--settings', file);
        expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(words) });
      };
      await refused('{"customers": ', /settings\.json cannot be read as JSON/);
      await refused('[]', /one JSON object/);
      await refused('{"customers": {"costs": {"goodsCostShare": -1}}}', /customers\.costs\.goodsCostShare: /);
    });

    it('learns from what is in it', async () => {
      const database = await openDatabase({ folder });
      await fillShop(database);
      await database.close();
      const file = join(folder, 'settings.json');
      await writeFile(file, '{"minSupport": 7, "customers": {"segments": 1}}');
      const given = ['--settings', file, ...settings, '--algorithm', 'apriori', '--json'];
      const { code, stdout, stderr } = await train(...given);
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toEqual({
        version: '1',
        inService: true,
        baskets: 9,
        products: 6,
        customers: 4,
        minSupportCount: 2,
        itemsets: 11,
        rules: 11,
        // So few orders prove nothing.
        rulesShown: 0,
        complements: 0,
        substitutes: 0,
        onlyInPromotion: 0,
        categoryRules: 0,
        bundleCandidates: 0,
        bundleCandidatesLeftOut: 0,
        customersWithOrders: 4,
        segments: 1,
        ordersAfterToday: 0,
      });
      expect(stdout.split('\n')).toHaveLength(2);
      expect(stderr).toMatch(/^Model 1: \d+ rules /);
    });

    it('says how many orders are dated after the day of the study', async () => {
      const file = join(folder, 'as-of.json');
      await writeFile(file, '{"customers": {"asOf": "2024-04-05"}}');
      const { code, stderr, stdout } = await train(...settings, '--settings', file, '--json');
      expect(code).toBe(0);
      // Two of Ann's, one of Ben's and one of Kim's.
      expect(JSON.parse(stdout)).toMatchObject({ ordersAfterToday: 4 });
      expect(stderr).toMatch(/\n4 orders are dated after the day that customers were studied as of, /);
    });

    it('learns as its options say', async () => {
      const { code } = await train(
        ...[...settings, '--max-length', '2', '--alpha', '1', '--later-share', '0.3', '--max-studied', '2'],
        ...['--period', 'spring=sale=2024-04-01..2024-04-03', '--period', 'flood=2024-04-05..2024-04-09'],
        ...['--half-life-days', '2.5', '--related-items', '3', '--matrix-items', '4'],
        ...['--min-category-support', '0.25'],
      );
      expect(code).toBe(0);
      const database = await openDatabase({ folder });
      const [model] = await listModels(database, 1);
      const { insights } = decodeModel(await readModelBytes(database, model!.version));
      await database.close();
      expect(model!.settings).toEqual({
        ...trainSettings.parse({}),
        minSupport: 2,
        minConfidence: 0.1,
        maxLength: 2,
        alpha: 1,
        laterShare: 0.3,
        maxStudied: 2,
        periods: [
          { name: 'spring=sale', from: '2024-04-01', to: '2024-04-03' },
          { name: 'flood', from: '2024-04-05', to: '2024-04-09' },
        ],
        halfLifeDays: 2.5,
        relatedItems: 3,
        matrixItems: 4,
        minCategorySupport: 0.25,
      });
      expect(insights.decayed!.lift.filter((lift) => lift > 0)).toHaveLength(2);
      expect(insights.influences.map(({ name }) => name)).toContain('period');
      expect(insights.pairs.items).toHaveLength(4);
    });
  });

  describeServer('on a server', (opened) => {
    let database: Database;
    beforeEach(async () => {
      database = opened().database;
      await emptyShop(database);
    });

    const start = (...words: string[]) => startCli(['train', ...words], opened().env);
    const train = (...words: string[]) => start(...words).ended;

    it('ends with 1 when there are no orders, and says what to do', async () => {
      expect(await train()).toEqual({ code: 1, stdout: '', stderr: noOrders });
    });

    it('puts a new model into service, and says what it learned', async () => {
      await fillShop(database);
      expect(await train(...settings)).toEqual({
        code: 0,
        stdout: '',
        stderr:
          'Model 1: 11 rules from 11 itemsets in 9 baskets (at least 2 baskets each), 6 products, 4 customers.\n' +
          'None of the rules stands its tests: so few orders, or such alike ones, prove nothing.\n' +
          'No ranking was in service to compare it with.\n',
      });
      expect(await activeVersion(database)).toBe(1);
    });

    it('says at which support it found no rule, and what to do', async () => {
      await fillShop(database);
      const { code, stderr } = await train('--min-support', '8');
      expect(code).toBe(0);
      expect(stderr).toMatch(/^Model 1: 0 rules from 0 itemsets in 9 baskets \(at least 8 baskets each\)/);
      expect(stderr).toContain(
        'No rule was found at 8 baskets (89 %): lower --min-support (minSupport over HTTP), or import more orders.\n',
      );
      const alone = (await train('--min-support', '1', '--min-confidence', '1', '--max-length', '2')).stderr;
      expect(alone).toContain('(at least 1 basket each)');
    });

    it('ends with 1 for a period of one order, says what there is, and trains nothing', async () => {
      await fillShop(database);
      const { code, stdout, stderr } = await train('--period', 'fair=2024-04-02..2024-04-02');
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toBe(
        'pairwell: The period "fair" (2024-04-02 to 2024-04-02) has 1 order, too few to tell anything: at least 2 are ' +
          'needed. The orders are of 2024-04-01 to 2024-04-09. Change the period, or leave it out.\n',
      );
      expect(await activeVersion(database)).toBeUndefined();
    });

    it('ends with 1 when the support is too low, and says what to do', async () => {
      await fillShop(database);
      const { code, stdout, stderr } = await train('--min-support', '1', '--max-itemsets', '3');
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(/^pairwell: There are more than 3 itemsets .*Raise the minimum support.*\n$/);
      expect(await activeVersion(database)).toBeUndefined();
    });

    /** Waits until the other process has tried to start its job. */
    const tried = () =>
      vi.waitFor(
        async () => {
          const inserts: SQL = sql`select 1 from pg_stat_activity where datname = current_database()
            and pid <> pg_backend_pid() and query like '%from "jobs"%'`;
          expect((await database.rows(inserts)).length).toBeGreaterThan(0);
        },
        { timeout: 10_000, interval: 20 },
      );

    it('ends with 1 while another train job runs', async () => {
      await startJob(database, 'other', 'train');
      const { code, stderr } = await train();
      expect({ code, stderr }).toEqual({
        code: 1,
        stderr: 'pairwell: A train job is running already (other). Wait for it to end.\n',
      });
    });

    it('waits for another train job to end when asked to', async () => {
      await fillShop(database);
      await startJob(database, 'other', 'train');
      const waiting = start('--wait', ...settings);
      await tried();
      await finishJob(database, 'other', { status: 'cancelled' });
      expect(await waiting.ended).toMatchObject({ code: 0 });
      expect(await activeVersion(database)).toBe(1);
    });

    it('can be stopped while it waits', async () => {
      await startJob(database, 'other', 'train');
      const waiting = start('--wait');
      await tried();
      waiting.process.kill('SIGTERM');
      expect(await waiting.ended).toEqual({
        code: 1,
        stdout: '',
        stderr: 'pairwell: Stopped while another train job was running.\n',
      });
    });
  });
});
