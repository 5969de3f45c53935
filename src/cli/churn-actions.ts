import { readFile } from 'node:fs/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import { armTotals, type StoredAction, storedActions } from '../../db/queries/retention-actions.ts';
import { type Arm, arms } from '../churn/actions/control-arm.ts';
import { restraints, restraintWords } from '../churn/actions/restraints.ts';
import type { Words } from '../churn/words.ts';
import { messageOf, PairwellError } from '../errors.ts';
import { actionFile } from '../serving/action-file.ts';
import { actionSettings } from '../serving/action-settings.ts';
import { ChurnBook } from '../serving/churn-book.ts';
import { drawActions } from '../serving/draw-actions.ts';
import { withDatabase } from './context.ts';
import { checkWritable, stdout, writeChunks } from './mine-output.ts';
import { filePath } from './options.ts';
import { readModel } from './read-model.ts';

interface ActionsOptions {
  readonly date: string;
  readonly settings?: string;
  readonly arm: Arm;
  readonly language: keyof Words;
  readonly out: string;
}

const languages = ['en', 'zh-Hans', 'zh-Hant'] as const satisfies readonly (keyof Words)[];

function isoDate(text: string): string {
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(text).toJSON()?.startsWith(text);
  if (isDate) return text;
  throw new InvalidArgumentError('It must be a day such as 2024-05-01.');
}

/** @throws PairwellError `bad-input` that names the file and what is wrong in it */
async function settingsIn(file: string | undefined) {
  if (file === undefined) return actionSettings.parse({});
  let stated: unknown;
  try {
    stated = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new PairwellError('bad-input', `Cannot read settings from ${file}: ${messageOf(error)}`);
  }
  const read = actionSettings.safeParse(stated);
  if (read.success) return read.data;
  const faults = read.error.issues.map(({ path, message }) => `${path.join('.') || 'settings'}: ${message}`);
  throw new PairwellError('bad-input', `The settings in ${file} are not usable. ${faults.join('; ')}.`);
}

/** Rows read at a time. */
const rowsAtOnce = 5000;

async function writeActions({ date, settings: file, arm, language, out }: ActionsOptions): Promise<void> {
  await checkWritable(out);
  const settings = await settingsIn(file);
  // The database is closed before anything is written: whoever reads a pipe may take long.
  const { drawn, totals, rows } = await withDatabase(async (database) => {
    const { version, model } = await readModel(database, undefined);
    const { churn, customers, customerCodes } = model;
    if (!churn || !customers) {
      const message = `The model ${version} knows nothing of who leaves: it was made before that was studied. Train again: pairwell train.`;
      throw new PairwellError('conflict', message, { version });
    }
    const book = new ChurnBook(version, customerCodes, churn, customers);
    const drawn = await drawActions(database, book, date, settings, { isKeptWhatever: file === undefined });
    const rows: StoredAction[] = [];
    for (let after = 0, isMore = true; isMore; ) {
      const page = await storedActions(database, date, { arm, after, limit: rowsAtOnce });
      rows.push(...page);
      after = page.at(-1)?.place ?? after;
      isMore = page.length === rowsAtOnce;
    }
    return { drawn, totals: await armTotals(database, date), rows };
  });
  const counted = (which: Arm): number =>
    totals.filter((total) => total.arm === which).reduce((sum, { customers }) => sum + customers, 0);
  const held = restraints.flatMap((why) =>
    drawn.day.held[why] ? `${restraintWords[why].en.toLowerCase()} ${drawn.day.held[why]}` : [],
  );
  process.stderr.write(
    `${drawn.isNew ? 'Drawn' : 'Drawn before'} for ${date}: ${counted('contacted')} to contact, ${counted('control')} held out.\n`,
  );
  if (held.length > 0) process.stderr.write(`Not contacted: ${held.join(', ')}.\n`);
  await writeChunks(actionFile(rows, language), out);
}

export function churnActionsCommand(): Command {
  return new Command('actions')
    .description(
      'Write whom to contact on a day, why, to what end and by which channel; drawn once and kept, with a control group',
    )
    .option('--date <day>', 'of the list', isoDate, new Date().toISOString().slice(0, 10))
    .option(
      '--settings <file>',
      'JSON as PUT /v1/retention-actions/{date} takes it: channels with their costs, control group, caps, quiet days, budget',
      filePath,
    )
    .addOption(
      new Option('--arm <arm>', 'those to contact, or those held out')
        .choices([...arms])
        .default('contacted'),
    )
    .addOption(new Option('--language <tag>', 'of the words').choices([...languages]).default('en'))
    .option('--out <file>', 'where it goes; - is stdout', filePath, stdout)
    .action(writeActions);
}
