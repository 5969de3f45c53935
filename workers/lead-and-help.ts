import { setMaxListeners } from 'node:events';
import type { Remote } from 'comlink';
import { type Control, requestStop } from './control.ts';
import type { WorkerPool } from './pool.ts';

/** What a thread says when it has done something. */
export interface Done {
  /** Whether the thread has kept so much memory busy that it should be ended: only that gives it all back. */
  readonly isSpent: boolean;
}

const isSpent = (done: Done | undefined): boolean => done === undefined || done.isSpent;

/**
 * Has one thread of a pool lead a piece of work and others help it; the first to fail stops the others.
 *
 * @param control which all of them look at
 * @param signal ends all of it
 * @param help for each helper
 * @returns what the leader says
 * @throws what the first of them threw, in that order; PairwellError `cancelled` only where all that failed say so
 */
export async function leadAndHelp<Api, T extends Done>(
  pool: Pick<WorkerPool<Api>, 'run'>,
  control: Control,
  signal: AbortSignal,
  lead: (api: Remote<Api>) => Promise<T>,
  help: readonly ((api: Remote<Api>) => Promise<Done>)[],
): Promise<T> {
  const ended = new AbortController();
  // Helpers that have not begun when all is done are not needed any more.
  const helped = AbortSignal.any([signal, ended.signal]);
  setMaxListeners(0, helped);
  const leading = pool.run(lead, signal, isSpent);
  const helping = help.map((one) => pool.run(one, helped, isSpent));
  // One that ends well is no reason to end: the work is done when its leader is.
  const failing = helping.map((one) => one.then(() => new Promise<never>(() => undefined)));
  try {
    return await Promise.race([leading, ...failing]);
  } catch {
    requestStop(control, 'cancelled');
    const outcomes = await Promise.allSettled([leading, ...helping]);
    const reasons = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    // A thread that stopped because another failed says that it was cancelled.
    throw reasons.find((reason) => reason?.code !== 'cancelled') ?? reasons[0];
  } finally {
    ended.abort();
  }
}
