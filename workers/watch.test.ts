import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PairwellError } from '../src/errors.ts';
import { type Control, progressInto, stopOf } from './control.ts';
import { type Watch, watched } from './watch.ts';

/** Work that is left when the watch says so. */
const untilLeft = ({ signal }: Watch): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new PairwellError('cancelled', 'Left.')));
  });

describe('watched', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('tells of progress while the work runs, and no more afterwards', async () => {
    const shares: number[] = [];
    let report!: ReturnType<typeof progressInto>;
    let end!: (value: string) => void;
    const working = watched({ onProgress: (share) => shares.push(share) }, {}, (watch) => {
      report = progressInto(watch.round());
      return new Promise<string>((resolve) => {
        end = resolve;
      });
    });
    for (const done of [0, 1, 1, 3]) {
      report(done, 4);
      vi.advanceTimersByTime(1000);
    }
    expect(shares).toEqual([0.25, 0.75]);
    end('done');
    expect(await working).toBe('done');
    expect(shares).toEqual([0.25, 0.75, 1]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('never goes back when there are more rounds', async () => {
    const shares: number[] = [];
    await watched({ onProgress: (share) => shares.push(share) }, { isRepeated: true }, async (watch) => {
      for (let round = 0; round < 3; round++) {
        const report = progressInto(watch.round());
        for (const done of [0, 1, 2]) {
          report(done, 2);
          vi.advanceTimersByTime(1000);
        }
      }
    });
    expect(shares).toEqual([0.25, 0.5, 0.625, 0.75, 0.8125, 0.875, 1]);
  });

  it('has threads stop, and leaves them, when the signal fires', async () => {
    const abort = new AbortController();
    let control!: Control;
    const working = watched({ signal: abort.signal }, {}, (watch) => {
      control = watch.round();
      return untilLeft(watch);
    });
    expect(stopOf(control)).toBeUndefined();
    abort.abort();
    await expect(working).rejects.toMatchObject({ code: 'cancelled', message: 'The work was cancelled.' });
    expect(stopOf(control)).toBe('cancelled');
    const work = vi.fn();
    await expect(watched({ signal: abort.signal }, {}, work)).rejects.toMatchObject({ code: 'cancelled' });
    expect(work).not.toHaveBeenCalled();
  });

  it('has a thread say what was reached when time is up', async () => {
    let control!: Control;
    const working = watched({}, { maxMs: 5000 }, async (watch) => {
      control = watch.round();
      while (stopOf(control) !== 'out-of-time') await vi.advanceTimersByTimeAsync(1000);
      throw new PairwellError('limit-exceeded', 'Seven sets were found.');
    });
    await expect(working).rejects.toThrow('Seven sets were found.');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('leaves threads that do not hear that time is up', async () => {
    const working = watched({}, { maxMs: 5000 }, (watch) => {
      progressInto(watch.round())(1, 4);
      return untilLeft(watch);
    });
    const rejected = expect(working).rejects.toMatchObject({
      code: 'limit-exceeded',
      message: expect.stringContaining(
        'more than the 5 seconds it may take; about 25 % of the work was done.',
      ),
    });
    await vi.advanceTimersByTimeAsync(5500);
    await rejected;
  });

  it('takes a time limit beyond what timers know for none', async () => {
    const working = watched({}, { maxMs: 2 ** 40 }, async (watch) => {
      const control = watch.round();
      await vi.advanceTimersByTimeAsync(1000);
      return stopOf(control);
    });
    expect(await working).toBeUndefined();
  });

  it('ends the work with what a listener throws', async () => {
    const onProgress = (): void => {
      throw new RangeError('A bug of the caller.');
    };
    const working = watched({ onProgress }, {}, (watch) => {
      progressInto(watch.round())(1, 2);
      return untilLeft(watch);
    });
    const rejected = expect(working).rejects.toThrow('A bug of the caller.');
    await vi.advanceTimersByTimeAsync(100);
    await rejected;
    const late = watched({ onProgress }, {}, async () => 'done');
    await expect(late).rejects.toThrow('A bug of the caller.');
  });
});
