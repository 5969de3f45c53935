import { Argument, Command, Option } from 'commander';
import { fileColumns } from '../insights/file-columns.ts';
import type { Model } from '../model/model.ts';
import { rulesAt } from '../rules/constrain-rules.ts';
import type { RuleSet } from '../rules/formats/rule-set.ts';
import { type RuleFormatName, ruleFormats } from '../rules/formats/table.ts';
import { measureColumn } from '../rules/measures/measure-column.ts';
import { withDatabase } from './context.ts';
import { checkWritable, stdout, writeChunks } from './mine-output.ts';
import { filePath, modelVersion } from './options.ts';
import { readModel } from './read-model.ts';

interface ExportOptions {
  format: RuleFormatName;
  out: string;
  set: 'shown' | 'all';
  model?: number;
}

/** Rules of a model with the codes of products as names, in the order of the model, and with what their tests say of them. */
function ruleSetOf({ itemCodes, rules, insights }: Model, set: ExportOptions['set']): RuleSet {
  const numbers = Int32Array.from(rules.consequent, (_, rule) => rule).filter(
    (rule) => set === 'all' || insights.tests.isShown[rule] === 1,
  );
  const leverage = measureColumn(rules, 'leverage');
  return {
    rules: rulesAt(rules, numbers),
    names: Array.from({ length: itemCodes.size }, (_, item) => itemCodes.get(item)),
    measures: new Map([
      ['leverage', Float64Array.from(numbers, (rule) => leverage[rule])],
      ...fileColumns(insights, numbers),
    ]),
  };
}

async function exportRules(
  _what: 'rules',
  { format, out, set, model: version }: ExportOptions,
): Promise<void> {
  await checkWritable(out);
  // The database is closed before anything is written: whoever reads a pipe may take long.
  const { model } = await withDatabase((database) => readModel(database, version));
  const rules = ruleSetOf(model, set);
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
    .option('--model <version>', 'which model (default: the one in service)', modelVersion)
    .option('--out <file>', 'where the rules go; - is stdout', filePath, stdout)
    .action(exportRules);
}
