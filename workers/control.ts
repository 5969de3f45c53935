import { PairwellError } from '../src/errors.ts';

/** Entries of a control cell. */
const progressed = 0;
const cancelRequested = 1;

/** Progress goes through the cell as one integer, so that no reader sees half of a change. */
const wholeOfWork = 1_000_000;

/**
 * A cell in shared memory between a thread that works and the one that asked for the work: progress goes one
 * way, the wish to stop the other, without a message and while the working thread is busy.
 */
export type Control = Int32Array<SharedArrayBuffer>;

export function createControl(): Control {
  return new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
}

/** For the asking side: the share of the work that is done, 0 … 1. */
export function progressOf(control: Control): number {
  return Atomics.load(control, progressed) / wholeOfWork;
}

/** For the asking side: has the worker stop at its next report of progress. */
export function requestCancel(control: Control): void {
  Atomics.store(control, cancelRequested, 1);
}

/**
 * For the working side: an `onProgress` callback that writes to the cell.
 *
 * @throws PairwellError `cancelled`, from the callback, once {@link requestCancel} was called
 */
export function progressInto(control: Control): (done: number, total: number) => void {
  return (done, total) => {
    if (Atomics.load(control, cancelRequested) === 1)
      throw new PairwellError('cancelled', 'The work was cancelled.');
    Atomics.store(control, progressed, total > 0 ? Math.floor((done / total) * wholeOfWork) : 0);
  };
}
