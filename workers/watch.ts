import { setMaxListeners } from 'node:events';
import { PairwellError } from '../src/errors.ts';
import { outOfTime } from '../src/mining/budget.ts';
import type { MiningHooks } from '../src/rules/engine.ts';
import { type Control, createControl, progressOf, requestStop } from './control.ts';

/** How often a caller hears of progress, at most. */
const pollMs = 100;

/** How long threads have to end by themselves when time is up, so that one of them can say what was reached. */
const lastWordsMs = 500;

/** The longest delay that timers know. */
const longestMs = 2 ** 31 - 1;

/** What a piece of work is watched by while threads do it. */
export interface Watch {
  /** Fires when the work is to be left at once. */
  readonly signal: AbortSignal;
  /** A new control cell, for the next round of the work; a work of one round takes one. */
  round(): Control;
}

export interface WatchOptions {
  readonly maxMs?: number | undefined;
  /** Whether there may be more rounds after each, so that none is the whole of the work. */
  readonly isRepeated?: boolean;
}

/**
 * Passes progress, cancellation and the end of the time between the caller and the threads' control cells while `work` runs.
 *
 * @throws PairwellError `cancelled` when the caller's signal fires, `limit-exceeded` when time is up and no thread says more;
 *   whatever `onProgress` throws, which ends the work; whatever the work throws
 */
export async function watched<T>(
  { signal, onProgress = ignore }: MiningHooks,
  { maxMs = Number.POSITIVE_INFINITY, isRepeated = false }: WatchOptions,
  work: (watch: Watch) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  // Each thread listens.
  setMaxListeners(0, stop.signal);
  let control = createControl();
  let rounds = 0;
  let told = 0;
  const share = (): number => {
    const before = isRepeated ? 1 - 2 ** (1 - rounds) : 0;
    const span = isRepeated ? 2 ** -rounds : 1;
    return rounds === 0 ? 0 : before + span * progressOf(control);
  };
  const leave = (reason: unknown): void => {
    requestStop(control, 'cancelled');
    stop.abort(reason);
  };
  const tell = (now: number): void => {
    if (now <= told) return;
    told = now;
    try {
      onProgress(now);
    } catch (error) {
      leave(error);
    }
  };
  const cancel = (): void => leave(new PairwellError('cancelled', 'The work was cancelled.'));
  signal?.addEventListener('abort', cancel);
  if (signal?.aborted) cancel();
  const poll = setInterval(() => tell(share()), pollMs);
  const timers =
    maxMs > longestMs
      ? []
      : [
          setTimeout(() => requestStop(control, 'out-of-time'), maxMs),
          setTimeout(() => leave(outOfTime(maxMs, share())), maxMs + lastWordsMs),
        ];
  try {
    stop.signal.throwIfAborted();
    const result = await work({
      signal: stop.signal,
      round: () => {
        rounds++;
        control = createControl();
        return control;
      },
    });
    tell(1);
    stop.signal.throwIfAborted();
    return result;
  } catch (error) {
    stop.signal.throwIfAborted();
    throw error;
  } finally {
    clearInterval(poll);
    for (const timer of timers) clearTimeout(timer);
    signal?.removeEventListener('abort', cancel);
  }
}

function ignore(): void {}
