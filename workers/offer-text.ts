import { PairwellError } from '../src/errors.ts';
import { offerFiles } from '../src/serving/offer-file.ts';
import type { ShopSnapshot } from '../src/serving/shop-snapshot.ts';
import type { OffersApi, OffersThreadData } from './offers-worker.ts';
import { connect } from './remote.ts';
import { inSharedMemory } from './shared-data.ts';
import { spawn } from './spawn.ts';

/** Some hundredths of a second of work, and some 300 kB of text. */
const customersAtOnce = 500;
/** Each thread has one range in work and one waiting. */
const rangesPerThread = 2;

export interface OfferTextHooks {
  readonly threads: number;
  readonly signal?: AbortSignal | undefined;
  /** Called with how many customers are done, ascending to all. */
  readonly onProgress?: ((customers: number) => void) | undefined;
}

/** All large arrays where threads read them without a copy. */
const shareable = (snapshot: ShopSnapshot): ShopSnapshot => ({
  ...snapshot,
  model: inSharedMemory(snapshot.model),
  segments: inSharedMemory(snapshot.segments),
  deeds: inSharedMemory(snapshot.deeds),
});

/**
 * The file of offers to many customers, worked out by threads of its own: in the order of the customers, and at most a few ranges
 * ahead of who takes the chunks, so that any number of customers takes no more memory. The same text with any number of threads.
 *
 * @throws PairwellError `cancelled` when `signal` fires, `conflict` for a model that is damaged or of an earlier program
 */
export async function* offerText(
  { order, format, customers }: OffersThreadData,
  { threads, signal, onProgress = () => undefined }: OfferTextHooks,
): AsyncGenerator<Uint8Array> {
  const workerData: OffersThreadData = {
    order: { ...order, snapshot: shareable(order.snapshot) },
    format,
    customers: inSharedMemory(customers),
  };
  const ranges = Math.ceil(customers.length / customersAtOnce);
  const workers = Array.from({ length: Math.max(1, Math.min(threads, ranges)) }, () =>
    connect<OffersApi>(spawn('offers-worker', { workerData })),
  );
  const stop = (): Promise<unknown> => Promise.all(workers.map((worker) => worker.terminate()));
  signal?.addEventListener('abort', stop);
  let done = 0;
  try {
    signal?.throwIfAborted();
    const running: Promise<Uint8Array>[] = [];
    let next = 0;
    const start = (): void => {
      if (next >= ranges) return;
      const from = next * customersAtOnce;
      // In turn: a thread does what it is told in the order in which it is told.
      const text = workers[next++ % workers.length].call((api) =>
        api.text(from, Math.min(customers.length, from + customersAtOnce)),
      );
      // Its failure is met when its turn comes.
      text.catch(() => undefined);
      running.push(text);
    };
    yield Buffer.from(await workers[0].call((api) => api.head()));
    for (let ahead = 0; ahead < workers.length * rangesPerThread; ahead++) start();
    for (let range = running.shift(); range; range = running.shift()) {
      const text = await range;
      signal?.throwIfAborted();
      start();
      if (text.length > 0) yield text;
      done = Math.min(customers.length, done + customersAtOnce);
      onProgress(done);
    }
    const { tail } = offerFiles[format];
    if (tail !== '') yield Buffer.from(tail);
  } catch (error) {
    if (!signal?.aborted) throw error;
    const message = `Stopped after ${done} of ${customers.length} customers: what was written lacks the others.`;
    throw new PairwellError('cancelled', message, { done, customers: customers.length });
  } finally {
    signal?.removeEventListener('abort', stop);
    await stop();
  }
}
