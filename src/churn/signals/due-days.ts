import type { SignalHistory } from './history.ts';
import {
  firstDayAt,
  leftChance,
  orderClass,
  type Rhythm,
  type RhythmModel,
  rhythmOf,
  silence,
} from './rhythm-watch.ts';

/** By customer: when the next order is due. −1 and NaN for who has ordered less than twice, with a contract or without. Days are since 1970-01-01. */
export interface DueColumns {
  /** The next order is due on this day: half of such gaps are shorter. */
  readonly dueDay: Int32Array;
  /** One in ten of such gaps ends before it, and one in ten after it. */
  readonly dueFrom: Int32Array;
  readonly dueTo: Int32Array;
  /** The first day on which the silence gives alarm, if there is no order before; −1 where not within ten years. */
  readonly alarmDay: Int32Array;
  /** 1 where that day has come. */
  readonly isOverdue: Uint8Array;
  /** The chance that a gap is as long as the silence so far, where nothing has changed. */
  readonly chance: Float32Array;
  /** The chance that the customer has left: that the last order was the last, seeing the silence. */
  readonly left: Float32Array;
  /** The chance that the rhythm is yearly. */
  readonly yearly: Float32Array;
}

export type Due = { readonly [Name in keyof DueColumns]: number };

export class DueColumnsBuilder {
  readonly #columns: DueColumns;

  constructor(customers: number) {
    const days = (): Int32Array => new Int32Array(customers).fill(-1);
    const chances = (): Float32Array => new Float32Array(customers).fill(Number.NaN);
    this.#columns = {
      dueDay: days(),
      dueFrom: days(),
      dueTo: days(),
      alarmDay: days(),
      isOverdue: new Uint8Array(customers),
      chance: chances(),
      left: chances(),
      yearly: chances(),
    };
  }

  set(c: number, due: Due): void {
    for (const name of Object.keys(this.#columns) as (keyof DueColumns)[]) this.#columns[name][c] = due[name];
  }

  build(): DueColumns {
    return this.#columns;
  }
}

export interface GapVerdict {
  readonly rhythm: Rhythm;
  readonly due: Due;
  /** The silence as an alarm: since when, usual days and days so far. */
  readonly alarm: {
    readonly since: number;
    readonly expected: number;
    readonly seen: number;
    readonly windowDays: number;
    readonly chance: number;
    readonly yearly: number;
  } | null;
}

/** After so many days without a further order this year's are taken to be over in a yearly rhythm. */
const yearOver = 60;

/**
 * The rhythm of a customer, and whether the silence is longer than it allows; undefined for who has ordered less than twice. It is a
 * control chart of the time between events (g chart: Benneyan, Health Care Management Science 4, 2001) with a limit of each customer's
 * own: the silence from which on such gaps are `allowance` a year. Each gap passes its limit once or not at all, so that it does not
 * matter how often one looks.
 *
 * @param allowance false alarms a year
 */
export function watchGap(
  model: RhythmModel,
  history: SignalHistory,
  c: number,
  today: number,
  segment: number,
  allowance: number,
): GapVerdict | undefined {
  const rhythm = rhythmOf(model, history, c, today, segment);
  if (rhythm === undefined) return undefined;
  const { sums } = rhythm;
  const seen = today - sums.lastDay;
  const chance = silence('chance', rhythm, model.clock, seen);
  const days = firstDayAt((gap) => silence('yearly', rhythm, model.clock, gap), allowance);
  const [from, middle, to] = dueGaps(rhythm, model, seen);
  const isOverdue = days >= 0 && seen >= days;
  const at = (gap: number): number => (gap < 0 ? -1 : sums.lastDay + gap);
  return {
    rhythm,
    due: {
      dueDay: at(middle),
      dueFrom: at(from),
      dueTo: at(to),
      alarmDay: at(days),
      isOverdue: Number(isOverdue),
      chance,
      left: leftChance(model.lastOrder[orderClass(sums.gaps + 1)], chance),
      yearly: rhythm.yearly,
    },
    alarm: isOverdue
      ? {
          since: at(days),
          expected: middle,
          seen,
          windowDays: 0,
          chance,
          yearly: silence('yearly', rhythm, model.clock, seen),
        }
      : null,
  };
}

/** Gaps that end one in ten, half and nine in ten of those that the most probable kinds of rhythm lead to. */
function dueGaps(rhythm: Rhythm, { clock }: RhythmModel, seen: number): [number, number, number] {
  const isYearly = rhythm.yearly > 0.5;
  const ofSort = rhythm.parts.filter(({ kind }) => (kind.kind === 'yearly') === isYearly);
  const top = ofSort.reduce((most, part) => (part.weight > most.weight ? part : most));
  const likely = { ...rhythm, parts: [{ ...top, weight: 1 }] };
  const beyond = (gap: number): number => silence('chance', likely, clock, gap);
  // With this year's orders over, or if one a year is usual, what is asked is when next year's come.
  const isOver = isYearly && (seen >= yearOver || beyond(yearOver) >= 0.5);
  const base = isOver ? beyond(yearOver) : 1;
  // The day before the first on which it would be late.
  const gapAt = (share: number): number => {
    const late = firstDayAt(beyond, base * share);
    return late < 0 ? -1 : Math.max(1, late - 1);
  };
  return [gapAt(0.9), gapAt(0.5), gapAt(0.1)];
}
