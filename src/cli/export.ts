import { Argument, Command, Option } from 'commander';
import type { Model } from '../model/model.ts';
import type { RuleSet } from '../rules/formats/rule-set.ts';
import { type RuleFormatName, ruleFormats } from '../rules/formats/table.ts';
import { ruleFile } from '../serving/rule-file.ts';
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

/** Rules of a model with the codes of products as names, in the order of the model. */
function ruleSetOf({ itemCodes, rules, insights }: Model, set: ExportOptions['set']): RuleSet {
  const numbers = rules.consequent
    .map((_, rule) => rule)
    .filter((rule) => set === 'all' || insights.tests.isShown[rule] === 1);
  return ruleFile(rules, numbers, (item) => itemCodes.get(item), insights);
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
