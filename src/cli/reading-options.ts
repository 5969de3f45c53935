import { type Command, InvalidArgumentError, Option } from 'commander';
import { PairwellError } from '../errors.ts';
import { parseDelimiter } from '../import/delimiter.ts';
import { type FileFormat, fileFormats, type ReadingOptions } from '../import/reading.ts';
import type { ColumnMapping } from '../orders/columns.ts';
import { parseCurrency } from '../orders/currency.ts';
import { plainFields } from '../orders/fields.ts';
import { noPreset, presets } from '../orders/presets.ts';
import { parseDateFormat, timeParser } from '../orders/times.ts';

/** How files of orders are to be read, as the options say it. */
export type ReadingWords = Omit<ReadingOptions, 'format'> & { format: FileFormat | 'parquet' };

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

/** Adds the options that say how files of orders are to be read. */
export function addReadingOptions(command: Command): Command {
  return command
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
    .option('--time <time>', 'when all orders were placed (default: as the file says, or now)', parseInstant);
}

/** @throws PairwellError `bad-input` for a format that is not read yet */
export function readingOptions({ format, ...options }: ReadingWords): ReadingOptions {
  if (format === 'parquet') {
    throw new PairwellError('bad-input', 'Parquet files are not supported yet: convert them to CSV first.');
  }
  return { ...options, format };
}
