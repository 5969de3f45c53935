import { type SignalName, signalNames } from './signal-names.ts';

/** Customer c has the alarms `offsets[c]` … `offsets[c + 1] - 1`, in the order of `signalNames`. Plain data. */
export interface Alarms {
  readonly offsets: Int32Array;
  /** The position in `signalNames`. */
  readonly signal: Uint8Array;
  /** The day that it began on, since 1970-01-01. */
  readonly since: Int32Array;
  /**
   * What was to be expected, and what was seen: days of a gap (expected is the usual one), numbers in a window, of the newest orders at a
   * discount, money and products of an order, a score.
   */
  readonly expected: Float64Array;
  readonly seen: Float64Array;
  /** Days of the window in which was counted; 0 for signals without one. */
  readonly windowDays: Int32Array;
  /** Orders or scores that were judged; 0 for signals that are judged by time. */
  readonly recent: Uint8Array;
  /** Of so much or more, or so little or less, where nothing has changed. */
  readonly chance: Float64Array;
  /** How often a year it comes to this where nothing has changed. */
  readonly yearly: Float64Array;
}

export interface Alarm {
  readonly name: SignalName;
  readonly since: number;
  readonly expected: number;
  readonly seen: number;
  readonly windowDays: number;
  readonly recent?: number;
  readonly chance: number;
  readonly yearly: number;
}

/** Takes alarms customer by customer. */
export class AlarmsBuilder {
  readonly #offsets: Int32Array;
  readonly #all: Alarm[] = [];
  #own: Alarm[] = [];
  #customers = 0;

  constructor(customers: number) {
    this.#offsets = new Int32Array(customers + 1);
  }

  add(alarm: Alarm): void {
    this.#own.push(alarm);
  }

  endCustomer(): void {
    const place = ({ name }: Alarm): number => signalNames.indexOf(name);
    this.#all.push(...this.#own.sort((a, b) => place(a) - place(b)));
    this.#own = [];
    this.#offsets[++this.#customers] = this.#all.length;
  }

  build(): Alarms {
    const all = this.#all;
    // Money and products were looked at as logarithms.
    const told = (name: SignalName, value: number): number =>
      name === 'basket-value' || name === 'basket-variety' ? Math.exp(value) : value;
    return {
      offsets: this.#offsets,
      signal: Uint8Array.from(all, ({ name }) => signalNames.indexOf(name)),
      since: Int32Array.from(all, ({ since }) => since),
      expected: Float64Array.from(all, ({ name, expected }) => told(name, expected)),
      seen: Float64Array.from(all, ({ name, seen }) => told(name, seen)),
      windowDays: Int32Array.from(all, ({ windowDays }) => windowDays),
      recent: Uint8Array.from(all, ({ recent = 0 }) => recent),
      chance: Float64Array.from(all, ({ chance }) => chance),
      yearly: Float64Array.from(all, ({ yearly }) => yearly),
    };
  }
}

/** The alarm at a position of the columns. */
export const alarmAt = (alarms: Alarms, n: number): Required<Alarm> => ({
  name: signalNames[alarms.signal[n]],
  since: alarms.since[n],
  expected: alarms.expected[n],
  seen: alarms.seen[n],
  windowDays: alarms.windowDays[n],
  recent: alarms.recent[n],
  chance: alarms.chance[n],
  yearly: alarms.yearly[n],
});
