import { describe, expect, it } from 'vitest';
import { Turns } from './turns.ts';

/** A piece of work that begins and ends by hand. */
function byHand(log: string[], name: string) {
  let end!: () => void;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const work = async (): Promise<string> => {
    log.push(`${name} begins`);
    await ended;
    log.push(`${name} ends`);
    return name;
  };
  return { work, end };
}

describe('Turns', () => {
  it('has one call run at a time, in the order they came', async () => {
    const turns = new Turns(2);
    const log: string[] = [];
    const works = ['a', 'b', 'c'].map((name) => byHand(log, name));
    const calls = works.map(({ work }) => turns.take(work));
    for (const { end } of works.reverse()) end();
    expect(await Promise.all(calls)).toEqual(['a', 'b', 'c']);
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  it('refuses one more than may wait, and takes it later', async () => {
    const turns = new Turns(1);
    const first = byHand([], 'first');
    const running = turns.take(first.work);
    const waiting = turns.take(async () => 'second');
    await expect(turns.take(async () => 'third')).rejects.toMatchObject({ code: 'busy' });
    first.end();
    expect(await Promise.all([running, waiting])).toEqual(['first', 'second']);
    expect(await turns.take(async () => 'third')).toBe('third');
  });

  it('goes on when a call fails', async () => {
    const turns = new Turns(1);
    const failing = turns.take(() => Promise.reject(new Error('Out of luck.')));
    const next = turns.take(async () => 'next');
    await expect(failing).rejects.toThrow('Out of luck.');
    expect(await next).toBe('next');
  });

  it('lets one leave that waits, and not one that runs', async () => {
    const turns = new Turns(2);
    const abort = new AbortController();
    const first = byHand([], 'first');
    const running = turns.take(first.work, abort.signal);
    const leaving = turns.take(async () => 'second', abort.signal);
    const staying = turns.take(async () => 'third');
    abort.abort();
    await expect(leaving).rejects.toMatchObject({ code: 'cancelled' });
    first.end();
    expect(await Promise.all([running, staying])).toEqual(['first', 'third']);
  });
});
