import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import type { Database } from '../../db/database.ts';
import { listModels, type ModelRow } from '../../db/queries/models.ts';
import type { Config } from '../config.ts';
import { PairwellError } from '../errors.ts';
import { openTrainer } from '../service.ts';
import type { TrainSettings } from '../train/settings.ts';
import { withDatabase } from './context.ts';
import { evaluationText } from './evaluation-table.ts';
import { createLogger } from './logger.ts';
import { progressBar } from './progress.ts';
import { untilSignalled } from './signals.ts';
import { addSettings, type SettingOptions, settingsFrom } from './train-options.ts';

/** Trains in this process, shows how it goes on a terminal, and returns the new model. */
export async function trainHere(
  database: Database,
  config: Config,
  settings: TrainSettings,
  signal: AbortSignal,
): Promise<ModelRow> {
  const log = createLogger(config);
  const trainer = openTrainer(database, config, log);
  const bar = await progressBar('Training');
  try {
    const { done } = await trainer.jobs.start(settings, {
      signal,
      onProgress: (stage, share) => bar.update(share, stage),
    });
    await done;
    const [model] = await listModels(database, 1);
    return model;
  } finally {
    bar.stop();
    await trainer.close();
    log.flush();
  }
}

/** What there is to say of a new model, for people. */
export function describeModel({ version, figures, evaluation }: ModelRow): string {
  const count = (name: string) => (figures[name] ?? 0).toLocaleString('en');
  const some = (name: string, one: string) => `${count(name)} ${one}${figures[name] === 1 ? '' : 's'}`;
  return (
    `Model ${version}: ${some('rules', 'rule')} from ${some('itemsets', 'itemset')} in ${some('baskets', 'basket')} ` +
    `(at least ${some('minSupportCount', 'basket')} each), ${some('products', 'product')}, ${some('customers', 'customer')}.` +
    ordersAhead(figures) +
    withoutRules(figures) +
    (evaluation ? `\n${evaluationText(evaluation)}` : '')
  );
}

function ordersAhead({ ordersAfterToday: ahead = 0 }: ModelRow['figures']): string {
  if (ahead === 0) return '';
  const orders = ahead === 1 ? 'order is' : 'orders are';
  return `\n${ahead.toLocaleString('en')} ${orders} dated after the day that customers were studied as of, and left out there.`;
}

/** A line on why a model has no rules to show, and what to do; nothing where it has some. */
function withoutRules({ rules, rulesShown, minSupportCount, baskets }: ModelRow['figures']): string {
  if (rulesShown > 0) return '';
  if (rules > 0)
    return '\nNone of the rules stands its tests: so few orders, or such alike ones, prove nothing.';
  const share = ((100 * minSupportCount) / baskets).toLocaleString('en', { maximumSignificantDigits: 2 });
  const counted = `${minSupportCount.toLocaleString('en')} basket${minSupportCount === 1 ? '' : 's'} (${share} %)`;
  const lower = minSupportCount > 1 ? '--min-support (minSupport over HTTP)' : '--min-confidence';
  return `\nNo rule was found at ${counted}: lower ${lower}, or import more orders.`;
}

const retryMs = 1000;

async function startedWhenFree<T>(start: () => Promise<T>, wait: boolean, signal: AbortSignal): Promise<T> {
  for (;;) {
    try {
      return await start();
    } catch (error) {
      if (!wait || !(error instanceof PairwellError) || error.code !== 'conflict') throw error;
      await sleep(retryMs, undefined, { signal }).catch(() => {
        throw new PairwellError('cancelled', 'Stopped while another train job was running.');
      });
    }
  }
}

interface TrainOptions extends SettingOptions {
  wait?: boolean;
  json?: boolean;
}

export function trainCommand(): Command {
  return addSettings(new Command('train'))
    .description(
      'Learn a new model from all orders and put it into service, unless it ranks unseen orders worse than the one that is',
    )
    .option('--wait', 'when another train job runs, wait for it instead of failing')
    .option('--json', 'print the model as JSON')
    .action(async ({ wait = false, json = false, ...given }: TrainOptions, command: Command) => {
      const settings = settingsFrom(given, command);
      await untilSignalled((signal) =>
        withDatabase(async (database, config) => {
          const model = await startedWhenFree(
            () => trainHere(database, config, settings, signal),
            wait,
            signal,
          );
          process.stderr.write(`${describeModel(model)}\n`);
          if (json)
            process.stdout.write(
              `${JSON.stringify({ version: String(model.version), inService: model.active, ...model.figures })}\n`,
            );
        }),
      );
    });
}
