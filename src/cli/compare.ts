import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { Argument, Command, Option } from 'commander';
import { messageOf, PairwellError } from '../errors.ts';
import { type ReadableFormat, ruleReaders } from '../rules/formats/table.ts';
import { RuleBook } from '../serving/rule-book.ts';
import { type RuleReport, ruleReport } from '../serving/rule-report.ts';
import { withDatabase } from './context.ts';
import { filePath, modelVersion, wholeNumber } from './options.ts';
import { readModel } from './read-model.ts';

interface CompareOptions {
  format?: ReadableFormat;
  set: 'shown' | 'all';
  limit: number;
  transactions?: number;
  model?: number;
}

/** By the system's code. */
const unreadable: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'it is a directory',
  EACCES: 'that is not permitted',
};

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    const why = unreadable[(error as NodeJS.ErrnoException).code ?? ''] ?? messageOf(error);
    throw new PairwellError('bad-input', `Cannot read ${file}: ${why}.`);
  }
}

/** What the ends of names say of files. */
const formatsByEnd: Readonly<Record<string, ReadableFormat>> = {
  '.csv': 'csv',
  '.json': 'json',
  '.pmml': 'pmml',
  '.xml': 'pmml',
  '.spmf': 'spmf',
};

function summary({ rules, shared, new: added, missing, modelVersion }: RuleReport): string {
  const count = (n: number): string => n.toLocaleString('en');
  return (
    `Of ${count(rules.file)} rules in the file, model ${modelVersion} has ${count(shared.count)}, ` +
    `${count(shared.withSameCounts)} of them with the same counts; ${count(added.count)} are new, ` +
    `${count(rules.rejected)} rejected. ${count(missing.count)} of the model's are missing.`
  );
}

async function compareRules(
  _what: 'rules',
  file: string,
  { format: stated, set, limit, transactions, model: wanted }: CompareOptions,
  command: Command,
): Promise<void> {
  const format = stated ?? formatsByEnd[extname(file).toLowerCase()];
  if (format === undefined) {
    const ends = Object.keys(formatsByEnd).join(', ');
    command.error(`error: the name of ${file} does not tell its format (${ends}): state --format`);
  }
  if (transactions !== undefined && format !== 'spmf') {
    command.error('error: --transactions goes with --format spmf alone; other files tell it themselves');
  }
  const bytes = await bytesOf(file);
  const { version, model } = await withDatabase((database) => readModel(database, wanted));
  const read = ruleReaders[format](bytes, transactions ?? model.rules.transactionCount);
  const { itemCodes } = model;
  const report = ruleReport(read, new RuleBook(version, model), {
    set,
    limit,
    nameOf: (item) => itemCodes.get(item),
    itemCalled: (name) => {
      const item = itemCodes.indexOf(name);
      return item < 0 ? `The model has no product with the id ${JSON.stringify(name)}.` : item;
    },
  });
  process.stderr.write(`${summary(report)}\n`);
  process.stdout.write(`${JSON.stringify(report)}\n`);
}

export function compareCommand(): Command {
  return new Command('compare')
    .description('Hold rules from elsewhere against those of the model in service; nothing is stored')
    .addArgument(new Argument('<what>', 'what to compare').choices(['rules']))
    .argument('<file>', 'the rules, their products by id', filePath)
    .addOption(
      new Option(
        '--format <format>',
        'of the file (default: as its name ends); from R, write.PMML(rules, "rules.pmml")',
      ).choices(Object.keys(ruleReaders)),
    )
    .addOption(
      new Option('--set <rules>', 'which rules of the model the file should have')
        .choices(['shown', 'all'])
        .default('shown'),
    )
    .option(
      '--transactions <n>',
      'of how many a file in SPMF tells (default: those of the model)',
      wholeNumber(1, 2 ** 31 - 1),
    )
    .option('--limit <n>', 'rules of each kind to list at most', wholeNumber(0, 1_000_000), 50)
    .option('--model <version>', 'which model (default: the one in service)', modelVersion)
    .action(compareRules);
}
