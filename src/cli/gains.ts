import { basename } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { PairwellError } from '../errors.ts';
import { campaignReport } from '../gains/campaign/campaign-report.ts';
import { type Calibration, contactPlan } from '../gains/contact-plan.ts';
import { gainsReport } from '../gains/gains-report.ts';
import { armsAgainst } from '../gains/uplift/arms.ts';
import { upliftReport } from '../gains/uplift/uplift-report.ts';
import { readScoredFile } from '../import/scored-file.ts';
import { type ScoredTable, scoredRejections } from '../import/scored-rows.ts';
import { seededRandom, seedOf } from '../learn/random.ts';
import type { DecimalMark } from '../orders/numbers.ts';
import { type GainsFindings, gainsText } from './gains-text.ts';
import { filePath, nameList, realNumber, wholeNumber } from './options.ts';

interface GainsOptions {
  score: string[];
  outcome: string;
  treatment?: string;
  control?: string;
  planned?: [arm: string, share: number][];
  revenue?: string;
  cost?: number;
  value?: number;
  margin?: number;
  calibration: Calibration;
  parts: number;
  level: number;
  resamples: number;
  seed: number;
  format: 'table' | 'json';
  encoding?: string;
  delimiter?: string;
  decimal: DecimalMark;
}

/** The options that only say something beside another one. */
const needs: readonly (readonly [option: keyof GainsOptions, other: keyof GainsOptions])[] = [
  ['control', 'treatment'],
  ['planned', 'treatment'],
  ['revenue', 'treatment'],
  ['margin', 'revenue'],
  ['value', 'cost'],
  ['calibration', 'cost'],
];

/** What is wrong with how the options go together, if anything. */
function wrongUsage(options: GainsOptions, isGiven: (option: string) => boolean): string | undefined {
  const alone = needs.find(([option, other]) => isGiven(option) && !isGiven(other));
  if (alone) return `--${alone[0]} says nothing without --${alone[1]}`;
  if (isGiven('cost') && !isGiven('value') && !isGiven('revenue'))
    return '--cost says nothing without --value, what a response is worth';
  const twice = options.score.find((name, n) => options.score.indexOf(name) !== n);
  return twice === undefined ? undefined : `--score names "${twice}" twice`;
}

const forGains = 1;
const forContact = 2;
const forUplift = 3;

/** @throws PairwellError `bad-input` for data of which there are no such figures */
function findingsOf(file: string, table: ScoredTable, options: GainsOptions): GainsFindings {
  const { scores, outcome, arms, revenue } = table;
  const { parts, level, resamples, seed, cost, value, margin, calibration, planned } = options;
  const resampling = (...part: number[]) => ({
    ...{ parts, level, resamples },
    random: seededRandom(seedOf(seed, ...part)),
  });
  return {
    file,
    rowsRead: table.rowsRead,
    rowsUsed: outcome.length,
    rejected: table.rejected,
    gains: gainsReport(scores, outcome, resampling(forGains)),
    contact:
      cost === undefined || value === undefined
        ? null
        : scores.map(({ name, scores: own }) => ({
            score: name,
            ...{ contactCost: cost, value },
            // The same folds for all scores.
            ...contactPlan(
              own,
              outcome,
              { contactCost: cost, value },
              {
                ...{ calibration, parts },
                random: seededRandom(seedOf(seed, forContact)),
              },
            ),
          })),
    uplift:
      arms &&
      armsAgainst(arms.armOf, 0).map(({ arm, rows, treatment }) => {
        const named = scores.map(({ name, scores: own }) => ({
          name,
          scores: Float64Array.from(rows, (row) => own[row]),
        }));
        const two = { treatment, outcome: Uint8Array.from(rows, (row) => outcome[row]) };
        const report = upliftReport(named, two, resampling(forUplift, arm));
        return { arm: arms.names[arm], controlArm: arms.names[0], ...report };
      }),
    campaign:
      arms &&
      campaignReport(
        { ...arms, control: 0, outcome, revenue: revenue ?? undefined },
        { level, contactCost: cost, value, margin, planned: planned && plannedShares(arms.names, planned) },
      ),
  };
}

/** @throws PairwellError `bad-input` unless each arm is named, and no other */
function plannedShares(names: readonly string[], planned: readonly (readonly [string, number])[]): number[] {
  const shares = new Map(planned);
  const odd = planned.find(([arm]) => !names.includes(arm))?.[0] ?? names.find((arm) => !shares.has(arm));
  if (odd === undefined) return names.map((arm) => shares.get(arm)!);
  throw new PairwellError(
    'bad-input',
    `--planned ${shares.has(odd) ? 'names' : 'leaves out'} the arm "${odd}"; the arms are: ${names.join(', ')}.`,
  );
}

/** What was read, and what was left out and why, for people. */
function readingText({ rowsRead, outcome, rejected }: ScoredTable): string {
  const figure = (count: number): string => count.toLocaleString('en-US');
  const lines = rejected.map(
    ({ reason, rows, firstRow }) =>
      `  left out ${figure(rows)} with ${scoredRejections[reason]}, the first is row ${figure(firstRow)} (${reason})\n`,
  );
  return `${figure(outcome.length)} of ${figure(rowsRead)} rows used\n${lines.join('')}`;
}

async function run(path: string, options: GainsOptions, command: Command): Promise<void> {
  const wrong = wrongUsage(options, (option) => command.getOptionValueSource(option) === 'cli');
  if (wrong !== undefined) command.error(`error: ${wrong}`);
  const { score: scores, outcome, treatment, control, revenue } = options;
  const table = await readScoredFile(path, { scores, outcome, treatment, control, revenue }, options);
  process.stderr.write(readingText(table));
  const findings = findingsOf(basename(path), table, options);
  process.stdout.write(options.format === 'json' ? `${JSON.stringify(findings)}\n` : gainsText(findings));
}

function plannedArm(text: string, before: [string, number][] = []): [string, number][] {
  // The name of an arm may hold an equals sign, its share may not.
  const at = text.lastIndexOf('=');
  const share = Number(text.slice(at + 1));
  if (at < 1 || !(share > 0 && share <= 1e9)) throw new InvalidArgumentError('Write it as arm=share.');
  return [...before, [text.slice(0, at), share]];
}

const money = realNumber(0, 1e12);

export function gainsCommand(): Command {
  return new Command('gains')
    .description(
      'What scores gain: who is reached in the best-scored 10 %, 20 % …, and where contacts stop to pay',
    )
    .argument(
      '<file>',
      'customers with their scores and what came true: rows under headings, plain or gzip',
      filePath,
    )
    .requiredOption(
      '--score <columns>',
      'the scores, comma-separated; the first is held against each other',
      nameList,
    )
    .requiredOption('--outcome <column>', 'who responded: 0, 1, yes, no, true, false')
    .option(
      '--treatment <column>',
      'who was treated, drawn at random: adds uplift and the effect of the campaign',
    )
    .option(
      '--control <value>',
      'what the treatment column says of those held out (default: it says yes or no)',
    )
    .option(
      '--planned <arm=share>',
      'the size an arm should have, for each arm: checks what was drawn',
      plannedArm,
    )
    .option('--revenue <column>', 'money that customers of a campaign spent')
    .option('--margin <share>', 'of the revenue that is earned (default: 1)', realNumber(0, 1))
    .option('--cost <money>', 'of one contact: adds the best cut-off', money)
    .option('--value <money>', 'of one response', money)
    .addOption(
      new Option(
        '--calibration <way>',
        'how scores become probabilities to decide contacts by; none: they are such',
      )
        .choices(['isotonic', 'platt', 'none'])
        .default('isotonic'),
    )
    .option('--parts <n>', 'equal parts of the customers in the tables', wholeNumber(1, 1000), 10)
    .option('--level <share>', 'confidence of the intervals', realNumber(0.5, 0.9999), 0.95)
    .option('--resamples <n>', 'that intervals are made of; 0 for none', wholeNumber(0, 100_000), 500)
    .option('--seed <n>', 'of what is drawn', wholeNumber(0, 2 ** 31 - 1), 1)
    .addOption(
      new Option('--format <format>', 'of what is printed').choices(['table', 'json']).default('table'),
    )
    .option('--encoding <name>', 'such as windows-1252 (default: utf-8)')
    .option('--delimiter <character>', 'or tab, blank; default: by the heading line')
    .addOption(new Option('--decimal <mark>', 'the decimal mark').choices(['.', ',']).default('.'))
    .action(run);
}
