import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../db/database.ts';
import { readJob } from '../db/queries/jobs.ts';
import {
  activeVersion,
  listModels,
  promoteModel,
  publishModel,
  readModelBytes,
} from '../db/queries/models.ts';
import { decodeModel } from '../src/model/model.ts';
import type { RankingEvaluation } from '../src/ranking/ranking-evaluation.ts';
import { TrainJobs } from '../src/train/train-jobs.ts';
import { createComputePool, createMiningEngine } from '../workers/mining.ts';
import { createOutlookStudent } from '../workers/outlook.ts';
import { createRankingLearner } from '../workers/ranking.ts';
import { createCustomerStudent } from '../workers/studying.ts';
import { describeDatabases } from './support/databases.ts';
import { fillShop, shopTrainSettings } from './support/shop.ts';

/** What the comparison with the model in service comes to, as of a shop that has enough orders for one. */
const compared = (difference: number): RankingEvaluation => ({
  visit: {
    cases: 300,
    methods: [],
    againstPrevious: {
      metric: 'recall@10',
      cases: 300,
      ours: 0.2 + difference,
      previous: 0.2,
      difference,
      lower: difference - 0.01,
      upper: difference + 0.01,
    },
  },
  cart: null,
});

describeDatabases('a new model and the one in service', (opened) => {
  let database: Database;
  let jobs: TrainJobs;
  let published = 0;
  let difference = 0;
  const pool = createComputePool({ size: 1, queueLimit: 16 });

  beforeAll(async () => {
    database = opened().database;
    await fillShop(database);
    const learner = createRankingLearner(pool);
    jobs = new TrainJobs({
      database,
      engine: createMiningEngine(pool),
      student: { ...createCustomerStudent(pool), ...createOutlookStudent(pool) },
      learner: { ...learner, evaluate: async () => compared(difference) },
      segmentBy: 'country',
      now: () => new Date(),
      onPublished: async () => {
        published++;
      },
    });
  });
  afterAll(async () => {
    await jobs.close();
    await pool.close();
  });

  const train = async (gate = true) => {
    const { job, done } = await jobs.start({ ...shopTrainSettings, ranking: { learner: 'trees', gate } });
    const version = await done;
    const { status, result } = await readJob(database, job.id);
    expect(status).toBe('succeeded');
    return { version, result: result! };
  };

  it('keeps one that is worse beside the one that stays in service, and says so', async () => {
    const first = await train();
    expect(first.result).toMatchObject({
      inService: true,
      gate: 'No ranking was in service to compare it with.',
    });
    difference = -0.1;
    const worse = await train();
    expect(worse.result).toMatchObject({
      modelVersion: String(worse.version),
      inService: false,
      gate: expect.stringMatching(/^Not put into service, as it is worse than model \d+/),
    });
    expect(await activeVersion(database)).toBe(first.version);
    expect(published).toBe(1);
    const [kept] = await listModels(database, 1);
    expect(kept).toMatchObject({
      version: worse.version,
      active: false,
      evaluation: { gate: { isOpen: false, why: 'worse' }, ranking: compared(-0.1) },
    });
    const { meta } = decodeModel(await readModelBytes(database, worse.version));
    expect(meta.evaluation).toEqual(kept!.evaluation);
  });

  it('puts it into service where that is wanted, or when it is promoted', async () => {
    const before = await activeVersion(database);
    difference = -0.1;
    const forced = await train(false);
    expect(forced.result).toMatchObject({
      inService: true,
      gate: expect.stringMatching(/^Put into service as was wanted/),
    });
    expect(await activeVersion(database)).toBe(forced.version);
    await promoteModel(database, before!);
    expect(await activeVersion(database)).toBe(before);
  });

  it('puts one that is no worse into service', async () => {
    difference = 0.005;
    const { version, result } = await train();
    expect(result).toMatchObject({ inService: true, gate: expect.stringMatching(/^No worse than model/) });
    expect(await activeVersion(database)).toBe(version);
  });

  it('never forgets the one in service, however many are kept beside it', async () => {
    const active = (await activeVersion(database))!;
    for (let n = 0; n < 12; n++)
      await publishModel(database, { settings: {}, figures: {}, bytes: new Uint8Array(8) }, false);
    expect(await activeVersion(database)).toBe(active);
    expect((await readModelBytes(database, active)).length).toBeGreaterThan(8);
    expect(await listModels(database, 100)).toHaveLength(11);
  });
});
