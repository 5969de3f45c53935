import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { Command, Option } from 'commander';
import { createChurnTeam } from '../../workers/churn-team.ts';
import { churnLearners } from '../../workers/churn-thread.ts';
import { createComputePool } from '../../workers/mining.ts';
import { inSharedMemory } from '../../workers/shared-data.ts';
import { ruleLanguages } from '../churn/fuzzy/features.ts';
import type { ChurnRows } from '../churn/prediction/churn-rows.ts';
import { fuzzyRules } from '../churn/prediction/fuzzy-rules.ts';
import { type LearntChurn, learnChurn } from '../churn/prediction/learn-churn.ts';
import { fitsToTest } from '../churn/prediction/predictions.ts';
import type { ChurnTeam } from '../churn/prediction/team.ts';
import { type LabelledTable, labelledRejections } from '../import/labelled-rows.ts';
import { readLabelledFile } from '../import/scored-file.ts';
import type { DecimalMark } from '../orders/numbers.ts';
import { type ChurnFindings, churnText } from './churn-text.ts';
import { filePath, nameList, wholeNumber } from './options.ts';
import { progressBar } from './progress.ts';
import { untilSignalled } from './signals.ts';

interface EvaluateOptions {
  target: string;
  positive?: string;
  id?: string;
  leaveOut?: string[];
  folds: number;
  seed: number;
  threads?: number;
  language: ChurnFindings['language'];
  json?: string;
  encoding?: string;
  delimiter?: string;
  decimal: DecimalMark;
}

/** Baselines that need a shop's orders have nothing to say here. */
const compared = churnLearners.filter(({ name, role }) => role === 'model' || name === 'majority');

/** Learns on threads, and shows on a terminal how far it is. */
async function learnt(rows: ChurnRows, { folds, seed, threads = availableParallelism() }: EvaluateOptions) {
  const pool = createComputePool({ size: threads, queueLimit: 2 * threads });
  const bar = await progressBar('Learning');
  try {
    return await untilSignalled((signal): Promise<LearntChurn> => {
      const team = { ...createChurnTeam(pool, threads, signal), learners: compared };
      return learnChurn(inSharedMemory(rows), counting(team, folds, bar.update), { folds, seed });
    });
  } finally {
    bar.stop();
    await pool.close();
  }
}

function counting(team: ChurnTeam, folds: number, update: (share: number, words: string) => void): ChurnTeam {
  const names = team.learners.map(({ name }) => name);
  const numbers = Array.from({ length: folds }, (_, fold) => fold);
  const tests = fitsToTest(names, Int8Array.from(numbers), numbers, 0).length;
  const all = tests + team.learners.filter(({ role }) => role === 'model').length;
  let done = 0;
  return {
    ...team,
    fit: async (...task) => {
      const outcome = await team.fit(...task);
      update(Math.min(1, ++done / all), task[2].learner);
      return outcome;
    },
  };
}

/** What was read, and what was left out and why, for people. */
function readingText({ rowsRead, rows, rejected, nearlyUnique }: LabelledTable): string {
  const figure = (count: number): string => count.toLocaleString('en-US');
  const lines = [
    `${figure(rows.table.rows)} of ${figure(rowsRead)} rows used`,
    ...rejected.map(
      ({ reason, rows: count, firstRow }) =>
        `  left out ${figure(count)} with ${labelledRejections[reason]}, the first is row ${figure(firstRow)} (${reason})`,
    ),
    ...nearlyUnique.map(
      (name) =>
        `  "${name}" has a label of its own for most customers: name it with --id or --leave-out, unless its commonest labels say something`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

async function run(path: string, options: EvaluateOptions): Promise<void> {
  const { target, positive, id, leaveOut, language, seed, folds, json } = options;
  const table = await readLabelledFile(path, { target, positive, id, leaveOut }, options);
  process.stderr.write(readingText(table));
  const found = await learnt(table.rows, options);
  const { card, choice, threshold, drivers, leftOut, cautions } = found;
  const findings: ChurnFindings = {
    ...{ file: basename(path), target, language, seed, folds },
    ...{ rowsRead: table.rowsRead, rejected: table.rejected, nearlyUnique: table.nearlyUnique },
    ...{ card, choice, threshold, rules: fuzzyRules(found), drivers, leftOut, cautions },
  };
  if (json !== undefined) await writeFile(json, `${JSON.stringify(findings)}\n`);
  process.stdout.write(churnText(findings));
}

export function churnEvaluateCommand(): Command {
  return new Command('evaluate')
    .description(
      'How well it can be told who leaves: models compared on customers they have not seen, with rules in words',
    )
    .argument(
      '<file>',
      'customers of whom it is known whether they left: rows under headings, plain or gzip',
      filePath,
    )
    .requiredOption('--target <column>', 'who left: 0, 1, yes, no, true, false')
    .option('--positive <value>', 'what the target says of those who left, if it is none of these')
    .option('--id <column>', 'whose row it is: rows of one customer are never parted')
    .option('--leave-out <columns>', 'not to be learnt from, comma-separated', nameList)
    .option('--folds <n>', 'parts of the customers for cross-validation', wholeNumber(3, 20), 5)
    .option('--seed <n>', 'of what is drawn', wholeNumber(0, 2 ** 31 - 1), 1)
    .option('--threads <n>', 'to learn on (default: as many as there are processors)', wholeNumber(1, 256))
    .addOption(new Option('--language <tag>', 'of what is printed').choices(ruleLanguages).default('en'))
    .option('--json <file>', 'writes all that was found there too', filePath)
    .option('--encoding <name>', 'such as windows-1252 (default: utf-8)')
    .option('--delimiter <character>', 'or tab, blank; default: by the heading line')
    .addOption(new Option('--decimal <mark>', 'the decimal mark').choices(['.', ',']).default('.'))
    .action(run);
}
