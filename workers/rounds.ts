import { PairwellError } from '../src/errors.ts';
import { type Control, stopOf } from './control.ts';

/** Entries of the cell. */
const round = 0;
const isOpen = 1;
const work = 2;
const pieces = 3;
const piecesTaken = 4;
const active = 5;
const isEnded = 6;
const hasFailed = 7;
const entries = 8;

/** How long a thread sleeps before it looks whether it is to stop. */
const lookMs = 50;

/** So often a thread looks for work before it sleeps: rounds that follow each other closely need not wake it. */
const spins = 2000;

/**
 * By it one thread, the leader, has others help with work that comes in many short rounds. It opens a round for each: the helpers
 * that are there take pieces of it, as the leader itself does, until none is left. It closes the round before it tells what the
 * next one is, and waits until no helper is in it.
 */
export type Rounds = Int32Array<SharedArrayBuffer>;

export function createRounds(): Rounds {
  return new Int32Array(new SharedArrayBuffer(entries * Int32Array.BYTES_PER_ELEMENT));
}

/** Does one piece of one kind of work. */
export type Perform = (work: number, piece: number) => void;

/**
 * For the leader: all pieces of a round.
 *
 * @throws PairwellError `cancelled` when it is to stop, or another thread failed
 */
export function runRound(
  rounds: Rounds,
  control: Control,
  wanted: number,
  count: number,
  perform: Perform,
): void {
  // One piece is done before anybody is awake.
  const isShared = count > 1;
  if (isShared) {
    Atomics.store(rounds, work, wanted);
    Atomics.store(rounds, pieces, count);
    Atomics.store(rounds, piecesTaken, 0);
    Atomics.store(rounds, isOpen, 1);
    Atomics.add(rounds, round, 1);
    Atomics.notify(rounds, round);
    takePieces(rounds, control, perform);
    Atomics.store(rounds, isOpen, 0);
  } else if (count === 1) perform(wanted, 0);
  for (let looks = 0; ; looks++) {
    const busy = isShared ? Atomics.load(rounds, active) : 0;
    if (stopOf(control) || Atomics.load(rounds, hasFailed) === 1)
      throw new PairwellError('cancelled', 'The work was cancelled.');
    if (busy === 0) return;
    if (looks >= spins) Atomics.wait(rounds, active, busy, lookMs);
  }
}

/** For the leader, when there are no more rounds. */
export function endRounds(rounds: Rounds): void {
  Atomics.store(rounds, isEnded, 1);
  Atomics.notify(rounds, round);
}

/** For a helper: takes part until the rounds end or are to stop. */
export function helpRounds(rounds: Rounds, control: Control, perform: Perform): void {
  let last = 0;
  let looks = 0;
  while (Atomics.load(rounds, isEnded) === 0 && !stopOf(control)) {
    const now = Atomics.load(rounds, round);
    if (now === last) {
      if (++looks >= spins) Atomics.wait(rounds, round, now, lookMs);
      continue;
    }
    looks = 0;
    Atomics.add(rounds, active, 1);
    try {
      last = now;
      // A round that is closed by now is over, and what the next one is about not told yet.
      if (Atomics.load(rounds, isOpen) === 1) takePieces(rounds, control, perform);
    } catch (error) {
      Atomics.store(rounds, hasFailed, 1);
      throw error;
    } finally {
      Atomics.sub(rounds, active, 1);
      Atomics.notify(rounds, active);
    }
  }
}

function takePieces(rounds: Rounds, control: Control, perform: Perform): void {
  const wanted = Atomics.load(rounds, work);
  const count = Atomics.load(rounds, pieces);
  while (!stopOf(control)) {
    const piece = Atomics.add(rounds, piecesTaken, 1);
    if (piece >= count) return;
    perform(wanted, piece);
  }
}
