import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { PairwellError } from '../errors.ts';
import { packageRoot } from '../package-root.ts';
import { demoCommand } from './demo.ts';
import { importCommand } from './import.ts';
import { mineCommand } from './mine.ts';
import { serveCommand } from './serve.ts';
import { trainCommand } from './train.ts';

const { version } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as {
  version: string;
};

function program(): Command {
  const root = new Command('pairwell')
    .description('Mines product association rules from orders and serves ranked cross-sell offers.')
    .version(version)
    .showHelpAfterError('(add --help for the options)');
  for (const command of [importCommand(), mineCommand(), trainCommand(), serveCommand(), demoCommand()])
    root.addCommand(command);
  for (const command of [root, ...root.commands]) command.exitOverride();
  return root;
}

/**
 * Runs one command line.
 *
 * @returns the exit code: 0 done, 1 failed, 2 wrong usage
 */
export async function runCli(words: readonly string[]): Promise<number> {
  try {
    await program().parseAsync(words, { from: 'user' });
    return 0;
  } catch (error) {
    // Commander has printed its own message, and help and version are no failures.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof PairwellError) process.stderr.write(`pairwell: ${error.message}\n`);
    else
      process.stderr.write(`pairwell: ${error instanceof Error ? (error.stack ?? error.message) : error}\n`);
    return 1;
  }
}
