import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'vitest';
import { packageRoot } from '../../src/package-root.ts';
import { skipReason } from './skip.ts';

const main = join(packageRoot(), 'dist', 'src', 'cli', 'main.js');

/** Runs a suite on the compiled command line, which `npm test` builds before. */
export function describeCli(name: string, suite: () => void): void {
  if (existsSync(main)) describe(name, suite);
  else skipReason(name, 'the command line is not compiled (npm run build)');
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves with what `pattern` matched on stderr; rejects when the process ends before. */
  said(pattern: RegExp): Promise<RegExpExecArray>;
}

/** Starts `pairwell` with these words. Of the environment it gets its path and `env` alone. */
export function startCli(words: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
  const child = spawn(process.execPath, [main, ...words], {
    env: { PATH: process.env.PATH, PAIRWELL_THREADS: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = once(child, 'close').then(([code]): Ended => ({ code, stdout, stderr }));
  return {
    process: child,
    ended,
    said: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = pattern.exec(stderr);
          if (found) resolve(found);
        };
        child.stderr.on('data', look);
        look();
        void ended.then(({ code }) => reject(new Error(`It ended with code ${code}: ${stderr}`)));
      }),
  };
}

export const runCli = (
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> => startCli(words, env).ended;
