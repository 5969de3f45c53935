import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { PairwellError } from '../errors.ts';
import { packageRoot } from '../package-root.ts';

/** Each verb's module is loaded when the verb is used: all of them together take longer than many a command. */
const verbs: Readonly<Record<string, () => Promise<Command>>> = {
  import: async () => (await import('./import.ts')).importCommand(),
  mine: async () => (await import('./mine.ts')).mineCommand(),
  train: async () => (await import('./train.ts')).trainCommand(),
  evaluate: async () => (await import('./evaluate.ts')).evaluateCommand(),
  export: async () => (await import('./export.ts')).exportCommand(),
  gains: async () => (await import('./gains.ts')).gainsCommand(),
  compare: async () => (await import('./compare.ts')).compareCommand(),
  churn: async () => (await import('./churn.ts')).churnCommand(),
  forget: async () => (await import('./forget.ts')).forgetCommand(),
  serve: async () => (await import('./serve.ts')).serveCommand(),
  demo: async () => (await import('./demo.ts')).demoCommand(),
};

const { version } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as {
  version: string;
};

function loadersFor(word: string | undefined): (() => Promise<Command>)[] {
  if (word === '--version' || word === '-V') return [];
  return word !== undefined && Object.hasOwn(verbs, word) ? [verbs[word]] : Object.values(verbs);
}

/** The command line with one verb, or with all where `verb` is none of them. */
async function program(verb: string | undefined): Promise<Command> {
  const root = new Command('pairwell')
    .description('Mines product association rules from orders and serves ranked cross-sell offers.')
    .version(version)
    .showHelpAfterError('(add --help for the options)');
  for (const load of loadersFor(verb)) root.addCommand(await load());
  for (const command of [root, ...root.commands]) {
    command.exitOverride();
    for (const part of command.commands) part.exitOverride();
  }
  return root;
}

/**
 * Runs one command line.
 *
 * @returns the exit code: 0 done, 1 failed, 2 wrong usage
 */
export async function runCli(words: readonly string[]): Promise<number> {
  try {
    await (await program(words[0])).parseAsync(words, { from: 'user' });
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
