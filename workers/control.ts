import { PairwellError } from '../src/errors.ts';
import type { Team } from '../src/mining/search-parts.ts';

/** Entries of a control cell. */
const progressed = 0;
const stopRequested = 1;
const partsTaken = 2;
const itemsetsFound = 3;
const leastSupport = 4;
const threadsJoined = 5;
const entries = 6;

/** More than threads can be. */
const closed = 2 ** 20;

/** Progress goes through the cell as one integer, so that no reader sees half of a change. */
const wholeOfWork = 1_000_000;

/** Why to stop, by the number that stands for it; 0 is for going on. */
const reasons = [undefined, 'cancelled', 'out-of-time'] as const;

/** Why work is to stop. */
export type StopReason = NonNullable<(typeof reasons)[number]>;

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

/** For the asking side: has the workers stop when they next look. */
export function requestStop(control: Control, reason: StopReason): void {
  Atomics.store(control, stopRequested, reasons.indexOf(reason));
}

/** For a working side, many times a second: whether to stop, and why. */
export function stopOf(control: Control): StopReason | undefined {
  return reasons[Atomics.load(control, stopRequested)];
}

/**
 * For a working side: an `onProgress` callback that writes to the cell.
 *
 * @throws PairwellError `cancelled`, from the callback, once {@link requestStop} was called
 */
export function progressInto(control: Control): (done: number, total: number) => void {
  return (done, total) => {
    if (stopOf(control)) throw new PairwellError('cancelled', 'The work was cancelled.');
    Atomics.store(control, progressed, total > 0 ? Math.floor((done / total) * wholeOfWork) : 0);
  };
}

/** For a working side, before it takes the first part of a search: whether there is something left to do. */
export function joinTeam(control: Control): boolean {
  return Atomics.add(control, threadsJoined, 1) < closed;
}

/** For a working side that found nothing left to do: no other joins from here on. Returns how many did. */
export function closeTeam(control: Control): number {
  return Atomics.add(control, threadsJoined, closed);
}

/** For working sides that share a search by one cell. */
export function teamOn(control: Control): Team {
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
    stop: () => stopOf(control),
  };
}
