import { basename } from 'node:path';
import { Command } from 'commander';
import { type CheckedFile, checkFile, storeFile } from '../import/import-file.ts';
import { reportText } from '../import/report-text.ts';
import { withDatabase } from './context.ts';
import { progressBar } from './progress.ts';
import { addReadingOptions, type ReadingWords, readingOptions } from './reading-options.ts';
import { untilSignalled } from './signals.ts';

type CliOptions = ReadingWords & { json?: boolean };

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

async function run(paths: string[], { json, ...words }: CliOptions): Promise<void> {
  const options = readingOptions(words);
  const checkAll = async (signal: AbortSignal): Promise<CheckedFile[]> => {
    const files: CheckedFile[] = [];
    for (const path of paths) {
      const check = (onProgress: (share: number) => void) =>
        checkFile({ ...options, path, signal, onProgress });
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
  const command = new Command('import')
    .description('Reads files of orders into the database. A file imported before changes nothing.')
    .argument('<file...>', 'plain or gzip-compressed text');
  return addReadingOptions(command)
    .option('--json', 'print the outcome as one JSON object a file on stdout')
    .action(run);
}
