import { Agent, get } from 'node:http';
import { setImmediate as immediately, setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../src/learn/random.ts';
import { connections, type Load } from './load.ts';

export interface SteadyOptions {
  readonly seconds: number;
  /** Requests a second. */
  readonly rate: number;
  readonly random: Random;
}

/**
 * Asks for paths in turn as independent visitors would: at moments that are drawn (a Poisson process), whether earlier answers have
 * come or not. Times count from the moment a request was due, so that waiting for a connection or behind a slow answer counts.
 *
 * Not autocannon's rate: that sends a second's requests one after another as fast as they are answered, then rests.
 *
 * @throws Error where an answer is not 2xx
 */
export async function steadyLoad(
  url: string,
  paths: readonly string[],
  { seconds, rate, random }: SteadyOptions,
): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times: number[] = [];
  const answers: Promise<void>[] = [];
  const startedAt = performance.now();
  const end = seconds * 1000;
  for (let due = 0; due < end; due += (-Math.log(1 - random()) * 1000) / rate) {
    await until(startedAt + due);
    const path = paths[answers.length % paths.length];
    answers.push(ask(url + path, agent).then(() => void times.push(performance.now() - startedAt - due)));
  }
  await Promise.all(answers);
  const took = performance.now() - startedAt;
  agent.destroy();
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(share * times.length))];
  return { rate: (times.length * 1000) / took, p50: at(0.5), p99: at(0.99) };
}

/** To a part of a millisecond, which timers do not know; in between answers come in. */
async function until(moment: number): Promise<void> {
  for (let ahead = moment - performance.now(); ahead > 0; ahead = moment - performance.now())
    await (ahead > 2 ? sleep(ahead - 1) : immediately());
}

function ask(url: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`${url}: answered ${answer.statusCode}`));
      answer.on('end', resolve).on('error', reject).resume();
    }).on('error', reject);
  });
}
