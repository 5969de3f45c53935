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
}

/**
 * Runs a Node.js program in a process of its own.
 *
 * @throws Error with what it wrote on stderr when it fails
 */
export async function runChild(args: readonly string[], env: Record<string, string> = {}): Promise<ChildRun> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env } });
  let peakMb = 0;
  const poll = setInterval(() => {
    peakMb = Math.max(peakMb, peakMemory(child.pid!));
  }, pollMs);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk;
  });
  const [code] = await once(child, 'close');
  clearInterval(poll);
  if (code !== 0) throw new Error(`${args.join(' ')} ended with code ${code}: ${stderr}`);
  return { ms: performance.now() - startedAt, peakMb, stdout };
}
