import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/package-root.ts';

/** A server in a process of its own. */
export interface Server {
  readonly url: string;
  /** From its start until it said where it listens. */
  readonly startMs: number;
  /** What it holds now and what it has held at most, in MB of resident memory; Linux only, 0 elsewhere. */
  memory(): { readonly mb: number; readonly peakMb: number };
  stop(): Promise<void>;
}

/** Ends a process, and waits until it has ended; nothing where it has. */
export async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

const statusOf = (child: ChildProcess, field: string): number => {
  try {
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
    return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
};

/**
 * Starts a Node.js program and waits until it says where it listens.
 *
 * @throws Error with what it said when it ends before
 */
export async function startServer(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  input?: string,
): Promise<Server> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end(input);
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    const read = (chunk: Buffer): void => {
      said += chunk;
      const found = /https?:\/\/[\w.:[\]]+/.exec(said);
      if (found) resolve(found[0]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => reject(new Error(`The server ended with code ${code}: ${said}`)));
  });
  return {
    url,
    startMs: performance.now() - startedAt,
    memory: () => ({ mb: statusOf(child, 'VmRSS'), peakMb: statusOf(child, 'VmHWM') }),
    stop: () => endProcess(child),
  };
}

/** @throws Error when the command fails */
export async function runPairwell(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<void> {
  const main = join(packageRoot(), 'dist', 'src', 'cli', 'main.js');
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = `${said}${chunk}`.slice(-2000);
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`pairwell ${args.join(' ')} ended with code ${code}: ${said}`);
}
