import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

const pollMs = 20;

/** The most memory that a running process has held so far, in MB; Linux only, 0 elsewhere. */
function peakMemory(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    // It has ended, or there is no such file system.
    return 0;
  }
}

export interface ChildRun {
  /** From its start to its end. */
  readonly ms: number;
  /** Peak resident memory of the process with all its threads. */
  readonly peakMb: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProgramOptions {
  env?: Record<string, string>;
  /** It is stopped after so many milliseconds. */
  limitMs?: number;
}

/** The line of what a failed program wrote that says most. */
export function reasonIn(stderr: string): string {
  const lines = stderr.trim().split('\n');
  return lines.find((line) => /error/i.test(line)) ?? lines.at(-1)!;
}

/** Thrown when a program would have needed more time or memory than there is; the work takes longer than it had. */
export class Unfinished extends Error {
  readonly atLeastMs: number;

  constructor(message: string, atLeastMs: number) {
    super(message);
    this.atLeastMs = atLeastMs;
  }
}

/** For a run that was stopped at its limit. */
export const overLimit = (limitMs: number): Unfinished => new Unfinished(`over ${limitMs / 1000} s`, limitMs);

/** The error of a program that ended early: {@link Unfinished} when its memory was used up after `ms`. */
export function endedBy(reason: string, ms: number): Error {
  if (!/memory/i.test(reason)) return new Error(reason);
  return new Unfinished(`out of memory after ${Math.round(ms / 1000)} s: ${reason}`, ms);
}

/**
 * Runs a program in a process of its own.
 *
 * @throws Error with what it wrote on stderr when it fails, {@link Unfinished} when it was stopped
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  { env = {}, limitMs }: ProgramOptions = {},
): Promise<ChildRun> {
  const startedAt = performance.now();
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let peakMb = 0;
  const look = (): void => {
    peakMb = Math.max(peakMb, peakMemory(child.pid!));
  };
  const poll = setInterval(look, pollMs);
  let stopped = false;
  const timer =
    limitMs &&
    setTimeout(() => {
      stopped = true;
      child.kill('SIGKILL');
    }, limitMs);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk;
    // What a program prints in the end comes too late for the next poll.
    look();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk;
  });
  try {
    const [code] = await once(child, 'close');
    if (stopped) throw overLimit(limitMs!);
    if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with code ${code}: ${stderr}`);
  } finally {
    clearInterval(poll);
    clearTimeout(timer);
  }
  return { ms: performance.now() - startedAt, peakMb, stdout, stderr };
}

/** Runs a Node.js program in a process of its own; see {@link runProgram}. */
export function runChild(args: readonly string[], env: Record<string, string> = {}): Promise<ChildRun> {
  return runProgram(process.execPath, args, { env });
}
