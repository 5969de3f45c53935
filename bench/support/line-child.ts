import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { endedBy, overLimit, reasonIn } from './child.ts';
import type { Answer, Report, Target } from './contest.ts';

export interface Question {
  readonly minSupport: number;
  readonly target: Target;
  readonly threads: number;
  readonly report: Report;
}

/** Loading the data may take this long; it is not timed. */
const loadMs = 120_000;

type Words = Answer | { ready: true } | { error: string };

/**
 * A long-living program that loads its data once, says `{"ready":true}` and then answers questions, both in lines of
 * JSON. It starts with the first question, and anew with the first one after it was stopped.
 */
export class LineChild {
  readonly #command: readonly string[];
  #child?: ChildProcessByStdio<Writable, Readable, Readable>;
  #stderr = '';
  #heard?: { resolve(words: Words): void; reject(reason: string): void };

  constructor(command: readonly string[]) {
    this.#command = command;
  }

  /** @throws Error when it cannot answer, or dies; Unfinished when it takes longer than `limitMs`, which ends it */
  async ask(question: Question, limitMs: number): Promise<Answer> {
    if (!this.#child) {
      const loaded = this.#hear(loadMs);
      this.#start();
      await loaded.catch((error: Error) => {
        throw new Error(`loading: ${error.message}`);
      });
    }
    const answer = this.#hear(limitMs);
    this.#child!.stdin.write(`${JSON.stringify(question)}\n`);
    return (await answer) as Answer;
  }

  async stop(): Promise<void> {
    const child = this.#child;
    if (!child) return;
    child.stdin.end();
    await once(child, 'close');
  }

  #start(): void {
    const [program, ...args] = this.#command;
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    this.#child = child;
    this.#stderr = '';
    // A child that was stopped must not speak for the one after it.
    const current = (): boolean => this.#child === child;
    const gone = (why: string): void => {
      if (!current()) return;
      this.#child = undefined;
      this.#heard?.reject(`${program} ended (${why}): ${reasonIn(this.#stderr)}`);
    };
    child.once('error', (error) => gone(error.message));
    child.once('close', (code, signal) => gone(`${code ?? signal}`));
    // What is written to a child that has died is lost; its end is heard of above.
    child.stdin.on('error', () => undefined);
    child.stderr.on('data', (chunk: Buffer) => {
      this.#stderr += chunk;
    });
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (current()) this.#heard?.resolve(JSON.parse(line));
    });
  }

  /** The next words of the child. */
  async #hear(limitMs: number): Promise<Words> {
    let timer: NodeJS.Timeout | undefined;
    const startedAt = performance.now();
    const ended = (reason: string): Error => endedBy(reason, performance.now() - startedAt);
    try {
      const words = await new Promise<Words>((resolve, reject) => {
        this.#heard = { resolve, reject: (reason) => reject(ended(reason)) };
        timer = setTimeout(() => {
          const child = this.#child!;
          this.#child = undefined;
          // What comes next should have all of the machine.
          child.once('close', () => reject(overLimit(limitMs)));
          child.kill('SIGKILL');
        }, limitMs);
      });
      if ('error' in words) throw ended(words.error);
      return words;
    } finally {
      clearTimeout(timer);
      this.#heard = undefined;
    }
  }
}
