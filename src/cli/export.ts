import { Argument, Command, Option } from 'commander';
import type { Database } from '../../db/database.ts';
import { activeVersion, readModelBytes } from '../../db/queries/models.ts';
import { PairwellError } from '../errors.ts';
import { decodeModel, type Model } from '../model/model.ts';
import { rulesAt } from '../rules/constrain-rules.ts';
import type { RuleSet } from '../rules/formats/rule-set.ts';
import { type RuleFormatName, ruleFormats } from '../rules/formats/table.ts';
import { measureColumn } from '../rules/measures/measure-column.ts';
import { fromLogs } from '../rules/significance.ts';
import { withDatabase } from './context.ts';
import { checkWritable, stdout, writeChunks } from './mine-output.ts';
import { filePath, wholeNumber } from './options.ts';

interface ExportOptions {
  format: RuleFormatName;
  out: string;
  set: 'shown' | 'all';
  model?: number;
}

async function readModel(database: Database, wanted: number | undefined): Promise<Model> {
  const version = wanted ?? (await activeVersion(database));
  if (version === undefined)
    throw new PairwellError('not-found', 'There is no model yet. Train one first: pairwell train.');
  return decodeModel(await readModelBytes(database, version));
}

/** Rules of a model with the codes of products as names, in the order of the model, and with what their tests say of them. */
function ruleSetOf({ itemCodes, rules, insights: { tests } }: Model, set: ExportOptions['set']): RuleSet {
  const numbers = Int32Array.from(rules.consequent, (_, rule) => rule).filter(
    (rule) => set === 'all' || tests.isShown[rule] === 1,
  );
  const measures = {
    leverage: measureColumn(rules, 'leverage'),
    p: fromLogs(tests.logP),
    adjustedP: fromLogs(tests.adjustedLogP),
    productivityP: fromLogs(tests.productivityLogP),
    improvement: tests.improvement,
    laterP: fromLogs(tests.laterLogP),
  };
  return {
    rules: rulesAt(rules, numbers),
    names: Array.from({ length: itemCodes.size }, (_, item) => itemCodes.get(item)),
    measures: new Map(
      Object.entries(measures).map(([name, column]) => [
        name,
        Float64Array.from(numbers, (rule) => column[rule]),
      ]),
    ),
  };
}

/** @throws PairwellError `bad-input` for a product in the rules whose code would come as several items, or none */
function checkSpmfNames({ rules, names }: RuleSet): void {
  for (const item of new Set([...rules.antecedentItems, ...rules.consequent])) {
    if (/^\S+$/.test(names[item])) continue;
    throw new PairwellError(
      'bad-input',
      `SPMF parts products by blanks, and the code ${JSON.stringify(names[item])} cannot be told there: take another format.`,
    );
  }
}

async function exportRules(_what: 'rules', { format, out, set, model }: ExportOptions): Promise<void> {
  await checkWritable(out);
  // The database is closed before anything is written: whoever reads a pipe may take long.
  const rules = ruleSetOf(await withDatabase((database) => readModel(database, model)), set);
  if (format === 'spmf') checkSpmfNames(rules);
  await writeChunks(ruleFormats[format].chunks(rules), out);
}

export function exportCommand(): Command {
  return new Command('export')
    .description('Write the rules of the model in service, or of an earlier one, for other programs')
    .addArgument(new Argument('<what>', 'what to write').choices(['rules']))
    .addOption(
      new Option('--format <format>', 'spmf has no tests; arules is a table that R reads')
        .choices(Object.keys(ruleFormats))
        .default('csv'),
    )
    .addOption(
      new Option('--set <rules>', 'shown: those that are significant, productive and not redundant')
        .choices(['shown', 'all'])
        .default('shown'),
    )
    .option('--model <version>', 'which model (default: the one in service)', wholeNumber(1, 2 ** 31 - 1))
    .option('--out <file>', 'where the rules go; - is stdout', filePath, stdout)
    .action(exportRules);
}
