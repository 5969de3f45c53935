import { readFileSync } from 'node:fs';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { messageOf } from '../errors.ts';
import { type Learner, learners } from '../ranking/learn-ranking.ts';
import { maxMatrixItems } from '../rules/matrix.ts';
import { type TrainSettings, trainSettings } from '../train/settings.ts';
import { realNumber, supportNumber, wholeNumber } from './options.ts';

interface PeriodOption {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** Settings as the options of a command give them. */
export interface SettingOptions extends Partial<Omit<TrainSettings, 'periods' | 'ranking'>> {
  readonly period?: readonly PeriodOption[];
  readonly learner?: Learner;
  /** Puts the model into service whatever comes of the comparison with the one that is. */
  readonly force?: boolean;
  /** What a file of settings says. */
  readonly settings?: { readonly ranking?: object };
}

/** An option's parser for numbers that may not be 0 themselves. */
function above0(most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (value > 0 && value <= most) return value;
    throw new InvalidArgumentError(`It must be a number above 0, ${most} at most.`);
  };
}

/** Adds a period, as `name=2011-11-15..2011-12-24`, to those that were given before. */
function period(text: string, before: readonly PeriodOption[] = []): PeriodOption[] {
  // A name may have a "=" too: the last one counts.
  const [, name, from, to] = /^(.*)=(.*)\.\.(.*)$/s.exec(text) ?? [];
  if (name === undefined) {
    throw new InvalidArgumentError(
      'Write a name, its first and its last day: --period "sale of a competitor=2011-11-15..2011-12-24".',
    );
  }
  const read = trainSettings.shape.periods.safeParse([{ name, from, to }]);
  if (!read.success) {
    const problems = read.error.issues.map(({ path, message }) => [...path.slice(1), message].join(': '));
    const said = problems.join('; ').replace(/\.$/, '');
    throw new InvalidArgumentError(`${said}. Days are written 2011-11-15.`);
  }
  return [...before, { name, from, to }];
}

/** Settings as `POST /v1/models` takes them, from a file. */
function settingsFile(path: string): object {
  let read: unknown;
  try {
    read = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new InvalidArgumentError(`${path} cannot be read as JSON: ${messageOf(error)}`);
  }
  if (typeof read === 'object' && read !== null && !Array.isArray(read)) return read;
  throw new InvalidArgumentError(
    `${path} must hold one JSON object, such as {"customers": {"segments": 5}}.`,
  );
}

/** The settings of a training as options. */
export function addSettings(command: Command): Command {
  return command
    .option(
      '--settings <file>',
      'a JSON file of settings as POST /v1/models takes them, with those of customers and costs; options go before it',
      settingsFile,
    )
    .option(
      '--min-support <n>',
      'baskets that must hold an itemset: a share, or a count from 1 on',
      supportNumber,
    )
    .option('--min-confidence <share>', 'least confidence of a rule', realNumber(0, 1))
    .option('--max-length <n>', 'items in an itemset', wholeNumber(2, 20))
    .option('--max-itemsets <n>', 'stop with an error when there would be more', wholeNumber(1, 100_000_000))
    .addOption(new Option('--algorithm <name>', 'miner').choices(['fpgrowth', 'eclat', 'apriori']))
    .addOption(new Option('--learner <name>', 'what ranks offers by their signals').choices([...learners]))
    .option(
      '--force',
      'put the model into service even if it ranks unseen orders worse than the one in service',
    )
    .option('--alpha <p>', 'rules to show: the most chance findings among those that pass a test', above0(1))
    .option(
      '--later-share <share>',
      'the newest baskets, in which rules of the earlier ones are tested again',
      realNumber(0, 0.9),
    )
    .option(
      '--max-studied <n>',
      'rules, the best, that influences and drift are worked out for',
      wholeNumber(1, 1_000_000),
    )
    .option(
      '--period <name=from..to>',
      'days out of the ordinary to hold still, such as "sale=2011-11-15..2011-12-24"; may come again',
      period,
    )
    .option(
      '--half-life-days <n>',
      'also give studied rules figures in which orders so much older count half',
      above0(36_500),
    )
    .option(
      '--related-items <n>',
      'best-selling products that are examined for complements and substitutes',
      wholeNumber(1, 1000),
    )
    .option(
      '--matrix-items <n>',
      'best-selling products, and categories, that are counted two by two',
      wholeNumber(1, maxMatrixItems),
    )
    .option(
      '--min-category-support <n>',
      'baskets that must hold both sides of a rule of categories: a share, or a count from 1 on',
      supportNumber,
    );
}

/** The settings that the options give, defaults for the others. Ends the command where they do not go together. */
export function settingsFrom(
  { period: periods, settings, learner, force, ...given }: SettingOptions,
  command: Command,
): TrainSettings {
  const ranking = { ...settings?.ranking, ...(learner && { learner }), ...(force && { gate: false }) };
  const read = trainSettings.safeParse({ ...settings, ...given, ...(periods && { periods }), ranking });
  if (read.success) return read.data;
  const problems = read.error.issues.map(({ path, message }) =>
    [path.join('.'), message].filter(Boolean).join(': '),
  );
  return command.error(`error: ${problems.join('; ')}`);
}
