import { basename } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { PairwellError } from '../errors.ts';
import { parseDelimiter } from '../import/delimiter.ts';
import { type CheckedFile, type CheckOptions, checkFile, storeFile } from '../import/import-file.ts';
import { type FileFormat, fileFormats } from '../import/reading.ts';
import { reportText } from '../import/report-text.ts';
import type { ColumnMapping } from '../orders/columns.ts';
import { parseCurrency } from '../orders/currency.ts';
import { plainFields } from '../orders/fields.ts';
import { noPreset, presets } from '../orders/presets.ts';
import { parseDateFormat, timeParser } from '../orders/times.ts';
import { withDatabase } from './context.ts';
import { progressBar } from './progress.ts';
import { untilSignalled } from './signals.ts';

type CliOptions = Omit<CheckOptions, 'path' | 'format'> & {
  format: FileFormat | 'parquet';
  json?: boolean;
};

/** For options whose parser also serves where a wrong value is no wrong usage. */
function checked<T>(parse: (text: string) => T): (text: string) => T {
  return (text) => {
    try {
      return parse(text);
    } catch (error) {
      throw new InvalidArgumentError(error instanceof PairwellError ? error.message : String(error));
    }
  };
}

function addMapping(text: string, before: ColumnMapping[] = []): ColumnMapping[] {
  // A heading may hold an equals sign, a field may not.
  const at = text.lastIndexOf('=');
  if (at < 1 || at === text.length - 1) throw new InvalidArgumentError('Write it as column=field.');
  return [...before, { column: text.slice(0, at), field: text.slice(at + 1) }];
}

function parseInstant(text: string): Date {
  const time = timeParser(null)(text);
  if (Number.isNaN(time)) throw new InvalidArgumentError('Write it as 2024-12-31 or 2024-12-31T23:59:59Z.');
  return new Date(time);
}

const describeFields = `${plainFields.join(', ')}, customer.<attribute>, product.<attribute>, ignore`;

/** Runs `work` under a progress bar of its own. */
async function underBar<T>(
  title: string,
  work: (onProgress: (share: number) => void) => Promise<T>,
): Promise<T> {
  const bar = await progressBar(title);
  try {
    return await work((share) => bar.update(share, ''));
  } finally {
    bar.stop();
  }
}

async function run(paths: string[], { json, format, ...options }: CliOptions): Promise<void> {
  if (format === 'parquet') {
    throw new PairwellError('bad-input', 'Parquet files are not supported yet: convert them to CSV first.');
  }
  const checkAll = async (signal: AbortSignal): Promise<CheckedFile[]> => {
    const files: CheckedFile[] = [];
    for (const path of paths) {
      const check = (onProgress: (share: number) => void) =>
        checkFile({ ...options, path, format, signal, onProgress });
      files.push(await underBar(`Checking ${basename(path)}`, check));
    }
    return files;
  };
  await untilSignalled(async (signal) => {
    // All files are checked before the first is stored, and while the database opens.
    const checking = checkAll(signal);
    checking.catch(() => undefined);
    await withDatabase(async (database) => {
      for (const file of await checking) {
        const report = await underBar(`Importing ${file.source.name}`, (onProgress) =>
          storeFile(database, file, { signal, onProgress }),
        );
        if (json) process.stdout.write(`${JSON.stringify(report)}\n`);
        else process.stderr.write(reportText(report));
      }
    });
  });
}

export function importCommand(): Command {
  return new Command('import')
    .description('Reads files of orders into the database. A file imported before changes nothing.')
    .argument('<file...>', 'plain or gzip-compressed text')
    .addOption(
      new Option(
        '--format <format>',
        'csv: rows under headings; basket: item names, fimi: item numbers, a basket a line',
      )
        .choices([...fileFormats, 'parquet'])
        .default('csv'),
    )
    .option('--map <column=field>', `what a column means (may be repeated): ${describeFields}`, addMapping)
    .addOption(
      new Option(
        '--preset <name>',
        'the data set whose columns the file has; default: by its headings',
      ).choices([...presets.map(({ name }) => name), noPreset]),
    )
    .option('--encoding <name>', 'such as windows-1252, gb18030, big5, utf-16le (default: utf-8)')
    .option('--delimiter <character>', 'or tab, blank; default: by the heading line', checked(parseDelimiter))
    .option(
      '--currency <code>',
      "what amounts are in, such as EUR (default: the shop's, which the first file with a currency says)",
      checked(parseCurrency),
    )
    .addOption(new Option('--decimal <mark>', 'the decimal mark').choices(['.', ',']).default('.'))
    .option(
      '--date-format <format>',
      'what 1/12/2010 means, such as DD/MM/YYYY',
      checked((text) => {
        parseDateFormat(text);
        return text;
      }),
    )
    .option('--time <time>', 'when all orders were placed (default: as the file says, or now)', parseInstant)
    .option('--json', 'print the outcome as one JSON object a file on stdout')
    .action(run);
}
