import { withDatabase } from '../../src/cli/context.ts';
import { untilSignalled } from '../../src/cli/signals.ts';
import { importFile } from '../../src/import/import-file.ts';

/**
 * The import command in small batches, which tells on stdout how far it is, so that a test can stop it midway:
 * the command's own progress bar shows on terminals only.
 */
const [path] = process.argv.slice(2);
try {
  await untilSignalled((signal) =>
    withDatabase((database) =>
      importFile(database, {
        path,
        signal,
        batchRows: 200,
        onProgress: (share) => process.stdout.write(`${share}\n`),
      }),
    ),
  );
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
