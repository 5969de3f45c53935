import { describe, expect, it } from 'vitest';
import { Mutex } from './mutex.ts';

describe('Mutex', () => {
  it('runs one piece of work at a time, in the order asked for', async () => {
    const mutex = new Mutex();
    const seen: string[] = [];
    const work = (name: string, ticks: number) => async () => {
      seen.push(`${name} begins`);
      for (let tick = 0; tick < ticks; tick++) await null;
      seen.push(`${name} ends`);
      return name;
    };
    expect(
      await Promise.all([mutex.run(work('a', 9)), mutex.run(work('b', 0)), mutex.run(work('c', 3))]),
    ).toEqual(['a', 'b', 'c']);
    expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  it('goes on after work that failed', async () => {
    const mutex = new Mutex();
    const failing = mutex.run(() => Promise.reject(new Error('No.')));
    const next = mutex.run(async () => 'done');
    await expect(failing).rejects.toThrow('No.');
    expect(await next).toBe('done');
  });
});
