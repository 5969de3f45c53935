import { PairwellError } from '../src/errors.ts';
import type { Team } from '../src/mining/search-parts.ts';

/** Entries of a control cell. */
const progressed = 0;
const cancelRequested = 1;
const partsTaken = 2;
const itemsetsFound = 3;
const leastSupport = 4;
const entries = 5;

/** Progress goes through the cell as one integer, so that no reader sees half of a change. */
const wholeOfWork = 1_000_000;

/**
 * A cell in shared memory between threads that work and the one that asked for the work: progress goes one way, the wish
 * to stop the other, and the working threads share the work by it, without messages and while they are busy.
 */
export type Control = Int32Array<SharedArrayBuffer>;

export function createControl(): Control {
  return new Int32Array(new SharedArrayBuffer(entries * Int32Array.BYTES_PER_ELEMENT));
}

/** For the asking side: the share of the work that is done, 0 … 1. */
export function progressOf(control: Control): number {
  return Math.min(1, Atomics.load(control, progressed) / wholeOfWork);
}

/** For the asking side: has the workers stop at their next report of progress. */
export function requestCancel(control: Control): void {
  Atomics.store(control, cancelRequested, 1);
}

function checkCancelled(control: Control): void {
  if (Atomics.load(control, cancelRequested) === 1)
    throw new PairwellError('cancelled', 'The work was cancelled.');
}

/**
 * For a working side: an `onProgress` callback that writes to the cell.
 *
 * @throws PairwellError `cancelled`, from the callback, once {@link requestCancel} was called
 */
export function progressInto(control: Control): (done: number, total: number) => void {
  return (done, total) => {
    checkCancelled(control);
    Atomics.store(control, progressed, total > 0 ? Math.floor((done / total) * wholeOfWork) : 0);
  };
}

/**
 * For working sides that share a search by one cell.
 *
 * @param onTick called many times a second; what it throws ends the search
 */
export function teamOn(control: Control, onTick: () => void): Team {
  return {
    nextPart: () => Atomics.add(control, partsTaken, 1),
    done: (share) => Atomics.add(control, progressed, Math.round(share * wholeOfWork)),
    progress: () => progressOf(control),
    found: (more) => Atomics.add(control, itemsetsFound, more) + more,
    raise: (minSupport) => {
      let known = Atomics.load(control, leastSupport);
      while (known < minSupport) {
        const before = Atomics.compareExchange(control, leastSupport, known, minSupport);
        if (before === known) return minSupport;
        known = before;
      }
      return known;
    },
    tick: () => {
      checkCancelled(control);
      onTick();
    },
  };
}
