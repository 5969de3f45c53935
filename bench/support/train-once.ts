import type { Logger } from 'pino';
import { importCompiled } from './compiled.ts';
import { peakMb, startPeak } from './memory.ts';

/**
 * Child program: trains once on the orders in an embedded database's folder, as `pairwell train` does, and prints how long each
 * stage took. `node --import tsx train-once.ts FOLDER SETTINGS`, the settings as JSON.
 */

const { openDatabase } = (await importCompiled('db/open')) as typeof import('../../db/open.ts');
const { readConfig } = (await importCompiled('src/config')) as typeof import('../../src/config.ts');
const { openTrainer } = (await importCompiled('src/service')) as typeof import('../../src/service.ts');
const { trainSettings } = (await importCompiled(
  'src/train/settings',
)) as typeof import('../../src/train/settings.ts');
const { createLogger } = (await importCompiled('src/cli/logger')) as typeof import('../../src/cli/logger.ts');
const { listModels } = (await importCompiled(
  'db/queries/models',
)) as typeof import('../../db/queries/models.ts');

export interface TrainAnswer {
  /** In the order they came. */
  readonly stages: readonly { readonly stage: string; readonly ms: number }[];
  readonly ms: number;
  /** What the process held when it began, the database with its thread included, and the most it held while it trained. */
  readonly startMb: number;
  readonly peakMb: number;
  /** The counts that are stored with the model. */
  readonly figures: Readonly<Record<string, number>>;
  readonly modelBytes: number;
}

const [folder, settings] = process.argv.slice(2);
const config = readConfig({ ...process.env, DATABASE_URL: undefined, PAIRWELL_LOG_LEVEL: 'warn' });
const database = await openDatabase({ folder });
const log: Logger = createLogger(config);
const trainer = openTrainer(database, config, log);
const told: { stage: string; at: number }[] = [];
const startMb = startPeak();
const startedAt = performance.now();
told.push({ stage: 'starting', at: startedAt });
const { done } = await trainer.jobs.start(trainSettings.parse(JSON.parse(settings)), {
  onProgress: (stage) => {
    if (told.at(-1)!.stage !== stage) told.push({ stage, at: performance.now() });
  },
});
await done;
const endedAt = performance.now();
const peak = peakMb();
const [model] = await listModels(database, 1);
await trainer.close();
await database.close();
const answer: TrainAnswer = {
  stages: told.map(({ stage, at }, n) => ({ stage, ms: (told[n + 1]?.at ?? endedAt) - at })),
  ms: endedAt - startedAt,
  startMb,
  peakMb: peak,
  figures: model.figures,
  modelBytes: model.byteLength,
};
process.stdout.write(JSON.stringify(answer));
