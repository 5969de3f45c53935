import type { RepeatHistory } from '../../src/customers/lifetime/purchase-days.ts';

/** What the parts of the benchmark of lifetime value tell each other. */

/** Weeks that purchases are foreseen for. */
export const weeksAhead = 39;

/** Fits in one process: those that warm up, and those whose median counts. */
export const fits = { warm: 5, timed: 11 };

/** What must not depend on who works it out. */
export interface LifetimeAnswer {
  /** r, alpha, a, b; alpha in weeks. */
  readonly parameters: readonly number[];
  /** Purchases that are expected of all customers in the next weeks. */
  readonly expected: number;
  /** Of a fit in a process that has just started, and the median in one that is warm; the same of expecting. */
  readonly firstFitMs: number;
  readonly fitMs: number;
  readonly expectMs: number;
}

/** Both stop when they are near enough to the top of the likelihood, which is flat. */
const tolerance = 1e-4;

/** Where two programs differ, in words; undefined where they do not. */
export function lifetimeDifference(a: LifetimeAnswer, b: LifetimeAnswer): string | undefined {
  const names = ['r', 'alpha', 'a', 'b', 'expected purchases'];
  const [ours, theirs] = [a, b].map(({ parameters, expected }) => [...parameters, expected]);
  const different = names.flatMap((name, i) =>
    Math.abs(ours[i] - theirs[i]) <= tolerance * Math.abs(ours[i])
      ? []
      : `${name} is ${ours[i]} and ${theirs[i]}`,
  );
  return different.length > 0 ? different.join(', ') : undefined;
}

/** Columns one after the other as doubles, for any language: x, tₓ and T. */
export function historyBytes({ frequency, recency, age }: RepeatHistory): Uint8Array {
  return new Uint8Array(
    Float64Array.of(...[frequency, recency, age].flatMap((column) => Array.from(column))).buffer,
  );
}

/** Undoes {@link historyBytes}; without spends. */
export function historyOf(bytes: Uint8Array): RepeatHistory {
  const numbers = new Float64Array(bytes.slice().buffer);
  const customers = numbers.length / 3;
  return {
    frequency: Int32Array.from(numbers.subarray(0, customers)),
    recency: numbers.slice(customers, 2 * customers),
    age: numbers.slice(2 * customers),
    spendDays: new Int32Array(customers),
    meanSpend: new Float64Array(customers),
  };
}
