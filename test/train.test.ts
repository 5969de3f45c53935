import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { copyLine } from '../db/copy-text.ts';
import type { Database } from '../db/database.ts';
import { finishJob, readJob, startJob } from '../db/queries/jobs.ts';
import { activeVersion, listModels, promoteModel, readModelBytes } from '../db/queries/models.ts';
import { storeOrder } from '../db/queries/orders.ts';
import { customers, jobs, orders } from '../db/schema.ts';
import { TransactionsBuilder } from '../src/baskets/builder.ts';
import { Dictionary } from '../src/baskets/dictionary.ts';
import { transactionCount } from '../src/baskets/transactions.ts';
import { plainMiners as miners } from '../src/mining/plain-miners.ts';
import { groceries } from '../src/mining/testing/groceries.ts';
import { decodeModel, type Model } from '../src/model/model.ts';
import { itemsBought } from '../src/model/purchases.ts';
import { generateRules } from '../src/rules/generate.ts';
import { listedRules } from '../src/rules/testing/rules.ts';
import { openTrainer, type Trainer } from '../src/service.ts';
import { type TrainSettings, trainSettings } from '../src/train/settings.ts';
import type { TrainHooks } from '../src/train/train.ts';
import { describeDatabases } from './support/databases.ts';
import { silentLog, testConfig } from './support/service.ts';
import { emptyShop, fillShop, shopBaskets, shopOrders, shopTrainSettings } from './support/shop.ts';

describeDatabases('training', (opened, kind) => {
  let database: Database;
  let trainer: Trainer;
  beforeAll(() => {
    database = opened().database;
    trainer = openTrainer(database, testConfig(), silentLog);
  });
  afterAll(() => trainer?.close());
  beforeEach(() => emptyShop(database));

  async function trained(settings: TrainSettings = shopTrainSettings): Promise<Model> {
    const { done } = await trainer.jobs.start(settings);
    return decodeModel(await readModelBytes(database, await done));
  }

  /** Starts a job that does not succeed, and returns how it was recorded. */
  async function failed(settings: TrainSettings = shopTrainSettings, hooks: TrainHooks = {}) {
    const { job, done } = await trainer.jobs.start(settings, hooks);
    const thrown = await done.then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(thrown).toBeDefined();
    return { job: await readJob(database, job.id), thrown };
  }

  describe('on a shop', () => {
    beforeEach(() => fillShop(database));

    it('publishes a model and records how it went', async () => {
      const { job, done } = await trainer.jobs.start(shopTrainSettings);
      expect(job).toMatchObject({ kind: 'train', status: 'running', stage: 'starting', progress: 0 });
      const version = await done;
      expect(await activeVersion(database)).toBe(version);
      const figures = {
        baskets: 9,
        products: 6,
        customers: 4,
        minSupportCount: 2,
        itemsets: 11,
        rules: 11,
        // Nine orders are too few for a test to be sure of anything; rules of categories are not tested.
        rulesShown: 0,
        onlyInPromotion: 0,
        complements: 0,
        substitutes: 0,
        categoryRules: 0,
        bundleCandidates: 0,
        bundleCandidatesLeftOut: 0,
        customersWithOrders: 4,
        segments: 1,
        ordersAfterToday: 0,
      };
      expect(await readJob(database, job.id)).toMatchObject({
        status: 'succeeded',
        stage: 'done',
        progress: 1,
        result: { modelVersion: String(version), ...figures },
        error: null,
        finishedAt: expect.any(Date),
      });
      expect(await listModels(database, 10)).toMatchObject([
        { version, active: true, settings: shopTrainSettings, figures, byteLength: expect.any(Number) },
      ]);
    });

    it('studies the customers, and follows them from one model to the next', async () => {
      const first = await trained();
      const { rfm, behaviour, segmentShares, before } = first.customers!;
      expect(before).toBeNull();
      expect(rfm.report.customers).toBe(4);
      const ann = first.customerCodes.indexOf('ann');
      const orders = shopOrders.filter(
        ({ customer, lines }) => customer === 'ann' && lines.some(({ quantity = 1 }) => quantity > 0),
      );
      expect(rfm.columns.frequency[ann]).toBe(orders.length);
      expect(segmentShares.counts.orders).toEqual(Int32Array.of(7));
      const second = await trained();
      expect(second.customers!.before).toEqual({
        trainedAt: first.meta.trainedAt,
        today: first.customers!.today,
        rfm: rfm.columns.segment,
        behaviour: behaviour.segmentOf,
        behaviourSegments: behaviour.model.segments,
        tier: first.customers!.profit.tiers.tier,
        gone: 0,
      });
      expect(second.customers!.behaviour.report.matches).toMatchObject([{ id: 1, status: 'kept', both: 4 }]);
    });

    it('learns from purchases, not from returns and fees', async () => {
      const model = await trained();
      const items = Array.from({ length: model.itemCodes.size }, (_, n) => model.itemCodes.get(n));
      expect(items.toSorted()).toEqual(['bread', 'butter', 'jam', 'soap', 'sugar', 'tea']);
      expect(Object.fromEntries(items.map((code, n) => [code, model.itemCounts[n]]))).toEqual(
        Object.fromEntries(
          items.map((code) => [code, shopBaskets.filter((basket) => basket.includes(code)).length]),
        ),
      );
      expect(model.meta).toMatchObject({
        lastOrderId: shopOrders.length,
        dataUntil: '2024-04-11T12:00:00Z',
        settings: shopTrainSettings,
      });
    });

    it('finds the rules that mining the same baskets finds', async () => {
      const { rules, itemCodes } = await trained();
      // Items in the model's numbering.
      const names = new Dictionary();
      for (let item = 0; item < itemCodes.size; item++) names.intern(itemCodes.get(item));
      const builder = new TransactionsBuilder();
      for (const basket of shopBaskets) builder.add(basket.map((code) => names.intern(code)));
      const itemsets = miners.fpgrowth(builder.build(), { minSupport: 2, maxLength: 3 });
      expect(rules).toEqual(generateRules(itemsets, shopBaskets.length, { minConfidence: 0.1, minLift: 0 }));
    });

    it('knows the customers, their segments and what they bought', async () => {
      const { customerCodes, customerSegment, segmentNames, purchases, itemCodes, popular } = await trained();
      const people = ['ann', 'ben', 'eva', 'kim'].map((code) => {
        const customer = customerCodes.indexOf(code);
        const segment = customerSegment[customer]!;
        const bought = itemsBought(purchases, customer);
        return [
          segment < 0 ? null : segmentNames.get(segment),
          Array.from(bought, (item) => itemCodes.get(item)),
        ];
      });
      expect(people).toEqual([
        ['FR', ['bread', 'jam', 'butter']],
        ['DE', ['soap', 'tea', 'bread', 'butter', 'jam']],
        ['DE', ['sugar', 'tea', 'bread', 'butter', 'jam']],
        [null, ['sugar', 'tea']],
      ]);
      const germany = 1 + segmentNames.indexOf('DE');
      expect(itemCodes.get(popular.items[popular.offsets[germany]!]!)).toBe('bread');
    });

    it('tells how far it is, from one stage to the next', async () => {
      const told: [string, number][] = [];
      const { done } = await trainer.jobs.start(shopTrainSettings, {
        onProgress: (stage, share) => told.push([stage, share]),
      });
      await done;
      expect([...new Set(told.map(([stage]) => stage))]).toEqual([
        'reading orders',
        'mining',
        'studying the rules',
        'studying the customers',
        'studying who leaves',
        'learning who is about to leave',
        'learning what to offer',
        'building the model',
        'storing the model',
      ]);
      const shares = told.map(([, share]) => share);
      expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    });

    it('is over when the new model was put into service', async () => {
      const seen: unknown[] = [];
      const serving = openTrainer(database, testConfig(), silentLog, async () => {
        const [job] = await database.orm.select().from(jobs);
        seen.push(job!.status, await activeVersion(database));
      });
      const { job, done } = await serving.jobs.start(shopTrainSettings);
      const version = await done;
      expect(seen).toEqual(['running', version]);
      expect((await readJob(database, job.id)).status).toBe('succeeded');
      await serving.close();
    });

    it('keeps the ten newest models', async () => {
      for (let n = 0; n < 11; n++) await trained();
      expect((await listModels(database, 100)).map(({ version }) => version)).toEqual(
        Array.from({ length: 10 }, (_, n) => 11 - n),
      );
    });

    it('can go back to an older model', async () => {
      await trained();
      await trained();
      expect(await activeVersion(database)).toBe(2);
      expect(await promoteModel(database, 1)).toMatchObject({ version: 1, active: true });
      expect((await listModels(database, 10)).map(({ active }) => active)).toEqual([false, true]);
      await expect(promoteModel(database, 99)).rejects.toMatchObject({ code: 'not-found' });
      expect(await activeVersion(database)).toBe(1);
    });

    describe('that has a model', () => {
      let before: Uint8Array;
      beforeEach(async () => {
        await trained();
        before = await readModelBytes(database, 1);
      });

      async function expectOldModel(): Promise<void> {
        expect(await activeVersion(database)).toBe(1);
        expect(await listModels(database, 10)).toHaveLength(1);
        expect(Buffer.from(await readModelBytes(database, 1)).equals(before)).toBe(true);
      }

      it('keeps it when there are more itemsets than allowed, and says what to do', async () => {
        const { job } = await failed({ ...shopTrainSettings, minSupport: 1, maxItemsets: 5 });
        expect(job).toMatchObject({
          status: 'failed',
          result: null,
          error: { code: 'limit-exceeded', message: expect.stringContaining('Raise the minimum support') },
          finishedAt: expect.any(Date),
        });
        await expectOldModel();
      });

      it('keeps it when there are no orders any more', async () => {
        await database.rows(sql`truncate order_lines`);
        const { job, thrown } = await failed();
        expect(job.error).toEqual({ code: 'bad-input', message: (thrown as Error).message });
        expect(job.error?.message).toMatch(/^There are no orders to learn from. Import some first/);
        await expectOldModel();
      });

      it('keeps it when the database fails while the new one is stored, and tells nothing of how', async () => {
        await database.rows(sql`alter table model_parts rename to parts_elsewhere`);
        try {
          const { job } = await failed();
          expect(job).toMatchObject({
            status: 'failed',
            error: { code: 'internal', message: 'Internal error; see the log.' },
          });
        } finally {
          await database.rows(sql`alter table parts_elsewhere rename to model_parts`);
        }
        await expectOldModel();
      });

      it.each(['reading orders', 'mining', 'studying the rules'])(
        'keeps it when it is cancelled while %s',
        async (when) => {
          const abort = new AbortController();
          const { job, thrown } = await failed(shopTrainSettings, {
            signal: abort.signal,
            onProgress: (stage) => {
              if (stage === when) abort.abort();
            },
          });
          expect(job).toMatchObject({
            status: 'cancelled',
            error: { code: 'cancelled', message: 'The job was cancelled.' },
            finishedAt: expect.any(Date),
          });
          expect(thrown).toMatchObject({ code: 'cancelled' });
          await expectOldModel();
        },
      );

      it('keeps it when the trainer is closed', async () => {
        const closing = openTrainer(database, testConfig(), silentLog);
        const { job, done } = await closing.jobs.start(shopTrainSettings);
        done.catch(() => undefined);
        await closing.close();
        expect(await readJob(database, job.id)).toMatchObject({ status: 'cancelled' });
        await expectOldModel();
      });

      it('can train again after a failure', async () => {
        await failed({ ...shopTrainSettings, maxItemsets: 1 });
        await trained();
        expect(await activeVersion(database)).toBe(2);
      });
    });

    it.runIf(kind === 'server')('loses no order that was being stored when it read', async () => {
      let started!: ReturnType<typeof trainer.jobs.start>;
      await database.transaction(async ({ orm }) => {
        const [customer] = await orm.select().from(customers).where(eq(customers.code, 'kim'));
        const values = { code: 'slow', customerId: customer!.id, orderedAt: new Date() };
        const [slow] = await orm.insert(orders).values(values).returning();
        const quick = await storeOrder(database, { ...shopOrders[0]!, code: 'quick' });
        expect(quick.id).toBeGreaterThan(slow!.id);
        started = trainer.jobs.start(shopTrainSettings);
        const { job, done } = await started;
        // Either it waits for this transaction, or it goes by it and ends.
        await vi.waitFor(async () => {
          const waiting = await database.rows(
            sql`select 1 from pg_locks where not granted and mode = 'ShareLock'`,
          );
          const { status } = await readJob(database, job.id);
          expect(waiting.length > 0 || status !== 'running').toBe(true);
        });
        done.catch(() => undefined);
        const soap = sql`select ${slow!.id}::integer, 1, id, 1 from products where code = 'soap'`;
        await orm.execute(sql`insert into order_lines (order_id, line_no, product_id, quantity) ${soap}`);
      });
      const version = await (await started).done;
      const { purchases, customerCodes, itemCodes, meta } = decodeModel(
        await readModelBytes(database, version),
      );
      const kim = customerCodes.indexOf('kim');
      const bought = itemsBought(purchases, kim);
      const [slow] = await database.orm.select().from(orders).where(eq(orders.code, 'slow'));
      const inModel = Array.from(bought, (item) => itemCodes.get(item)).includes('soap');
      expect(inModel || slow!.id > meta.lastOrderId).toBe(true);
    });
  });

  it('takes no pair that a promotion alone made for evidence', async () => {
    // Ten times together in a promotion; afterwards ten times each, apart.
    const bought = [['a', 'b'], ['c'], ['a'], ['b'], ['c']].flatMap((products) =>
      new Array<string[]>(10).fill(products),
    );
    for (const [n, products] of bought.entries()) {
      const isPromoted = n < 20;
      await storeOrder(database, {
        code: `o${n}`,
        orderedAt: new Date(Date.UTC(2024, isPromoted ? 3 : 4, 1 + (n % 10))),
        lines: products.map((product) => ({ product, quantity: 1, promotion: isPromoted ? 'spring' : null })),
      });
    }
    const { ranking, itemCodes, itemCounts } = await trained();
    const items = Array.from(itemCounts, (_, n) => itemCodes.get(n));
    expect(items.toSorted()).toEqual(['a', 'b', 'c']);
    expect(ranking!.world.together.items).toHaveLength(0);
    await database.rows(sql`update order_lines set promotion = null`);
    expect((await trained()).ranking!.world.together.items).toHaveLength(2);
  });

  // Two models of ten thousand baskets are trained.
  it('finds in a month of a grocery shop what mining it directly finds', { timeout: 90_000 }, async () => {
    const { baskets, products } = groceries();
    const lines: string[] = [];
    const orderRows: string[] = [];
    for (let basket = 0; basket < transactionCount(baskets); basket++) {
      orderRows.push(copyLine([basket + 1, `b${basket}`, new Date(0)]));
      for (let i = baskets.offsets[basket]!; i < baskets.offsets[basket + 1]!; i++)
        lines.push(copyLine([basket + 1, i, baskets.items[i]! + 1, 1]));
    }
    const productRows = Array.from({ length: products.size }, (_, item) =>
      copyLine([item + 1, products.nameOf(item)]),
    );
    await database.transaction(async (session) => {
      await session.copyIn('products', ['id', 'code'], productRows.join(''));
      await session.copyIn('orders', ['id', 'code', 'ordered_at'], orderRows.join(''));
      await session.copyIn('order_lines', ['order_id', 'line_no', 'product_id', 'quantity'], lines.join(''));
    });

    const settings = trainSettings.parse({ minSupport: 20, minConfidence: 0.2, minLift: 1, maxLength: 4 });
    const itemsets = miners.fpgrowth(baskets, { minSupport: 20, maxLength: 4 });
    const expected = generateRules(itemsets, transactionCount(baskets), { minConfidence: 0.2, minLift: 1 });
    expect(expected.consequent.length).toBeGreaterThan(1000);
    for (const algorithm of ['fpgrowth', 'apriori'] as const) {
      const model = await trained({ ...settings, algorithm });
      expect(listedRules(model.rules)).toEqual(listedRules(expected));
      const { isShown } = model.insights.tests;
      expect(isShown).toHaveLength(model.rules.consequent.length);
      const { figures } = (await listModels(database, 1))[0]!;
      expect(figures).toMatchObject({
        rulesShown: isShown.filter((shown) => shown === 1).length,
        complements: model.insights.relations.relation.filter((which) => which === 1).length,
        bundleCandidates: model.insights.bundles.together.length,
      });
      expect(figures.rulesShown).toBeGreaterThan(1000);
      expect(figures.complements).toBeGreaterThan(0);
      expect(figures.bundleCandidates).toBeGreaterThan(0);
    }
  });

  it('says what to do when there are no orders', async () => {
    const { job } = await failed();
    expect(job).toMatchObject({
      status: 'failed',
      error: { code: 'bad-input', message: expect.stringContaining('pairwell import') },
    });
    expect(await activeVersion(database)).toBeUndefined();
  });

  describe('jobs', () => {
    const silent = sql`now() - interval '2 minutes'`;

    it('refuse a second one of their kind while one runs', async () => {
      await startJob(database, 'first', 'train');
      await expect(trainer.jobs.start(shopTrainSettings)).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringContaining('first'),
        details: { jobId: 'first' },
      });
      await startJob(database, 'other', 'something else');
      await finishJob(database, 'first', { status: 'cancelled' });
      const { done } = await trainer.jobs.start(shopTrainSettings);
      await expect(done).rejects.toMatchObject({ code: 'bad-input' });
    });

    it('fail when their process is heard of no more', async () => {
      await startJob(database, 'lost', 'train');
      expect(await readJob(database, 'lost')).toMatchObject({ status: 'running' });
      await database.orm.update(jobs).set({ heartbeatAt: silent });
      expect(await readJob(database, 'lost')).toMatchObject({
        status: 'failed',
        error: { code: 'unavailable', message: 'The process that ran this job ended.' },
        finishedAt: expect.any(Date),
      });
    });

    it('make room when their process is heard of no more', async () => {
      await startJob(database, 'lost', 'train');
      await database.orm.update(jobs).set({ heartbeatAt: silent });
      expect(await startJob(database, 'next', 'train')).toMatchObject({ id: 'next', status: 'running' });
    });

    it('that do not exist are not found', async () => {
      await expect(readJob(database, 'nothing')).rejects.toMatchObject({ code: 'not-found' });
    });
  });
});
