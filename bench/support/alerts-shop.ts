import { offsetsOf } from '../../src/baskets/offsets.ts';
import type { DaySeries, SignalHistory } from '../../src/churn/signals/history.ts';
import type { Random } from '../../src/learn/random.ts';

/** How simulated customers order: what is known of them, so that alarms can be told true from false. */
export const habits = ['even', 'by chance', 'in clusters', 'every April', 'with the shop'] as const;
export type Habit = (typeof habits)[number];

/** What becomes of them within the year that is watched. */
export const fates = ['stays', 'leaves', 'is late once', 'orders a third'] as const;
export type Fate = (typeof fates)[number];

/** A shop of which it is known what becomes of its customers. */
export interface TrialShop {
  readonly history: SignalHistory;
  readonly fate: readonly string[];
  /** By customer: the first day of what becomes of them; −1 for who stays as they are. */
  readonly changeDay: Int32Array;
  /** By customer: the days that delays are counted in, which are those between orders on average; 365 for who orders every April. */
  readonly meanGap: Float64Array;
  /** The year that is watched: the first day, and the first day after it. */
  readonly from: number;
  readonly end: number;
}

export interface SimulatedShop extends TrialShop {
  readonly habit: readonly Habit[];
  readonly fate: readonly Fate[];
}

/** 2020-01-01: three years of history, then the year that is watched. */
const firstDay = 18262;
const watched = 18262 + 1096;
const lastDay = watched + 365;

const middleOfApril = 104;

const yearStarts = [18262, 18628, 18993, 19358];

/** December sells three times as much as the rest of the year. */
const seasonOf = (day: number): number => {
  const date = new Date(day * 86_400_000);
  return date.getUTCMonth() === 11 ? 3 : 0.82;
};

export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Of scale 1 (Marsaglia and Tsang, ACM Transactions on Mathematical Software 26, 2000). */
function gamma(shape: number, random: Random): number {
  if (shape < 1) return gamma(shape + 1, random) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const z = normal(random);
    const v = (1 + z / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - random()) < z * z * 0.5 + d * (1 - v + Math.log(v))) return d * v;
  }
}

function gapsOf(habit: Habit, mean: number, from: number, end: number, random: Random): number[] {
  const days: number[] = [];
  const shape = habit === 'even' ? 20 : habit === 'in clusters' ? 0.5 : 1;
  for (let at = from; at < end; ) {
    const day = Math.floor(at);
    // With the season: of what would come three times as often, as much is kept as the day's season says.
    if (habit !== 'with the shop' || random() * 3 < seasonOf(day)) if (days.at(-1) !== day) days.push(day);
    at += (gamma(shape, random) / shape) * (habit === 'with the shop' ? mean / 3 : mean);
  }
  return days;
}

function aprils(from: number, end: number, spread: number, orders: number, random: Random): number[] {
  const days = yearStarts.flatMap((start) => {
    const first = Math.round(start + middleOfApril + spread * normal(random));
    const own = [first];
    for (let n = 1; n < orders; n++) own.push(own[n - 1] + 4 + Math.floor(random() * 14));
    return own;
  });
  return days.filter((day) => day >= from && day < end);
}

interface Person {
  readonly habit: Habit;
  readonly fate: Fate;
  readonly change: number;
  readonly mean: number;
  readonly days: readonly number[];
}

function person(random: Random): Person {
  const habit = habits[Math.floor(random() * habits.length)];
  const pick = random();
  const fate: Fate =
    pick < 0.6 ? 'stays' : pick < 0.8 ? 'leaves' : pick < 0.9 ? 'is late once' : 'orders a third';
  const from = firstDay + Math.floor(random() * 500);
  const change = fate === 'stays' ? -1 : watched + 30 + Math.floor(random() * 150);
  if (habit === 'every April') {
    const spread = 4 + 8 * random();
    const days = aprils(from, lastDay, spread, 1 + Math.floor(random() * 3), random);
    const isGone = fate === 'leaves';
    return {
      habit,
      fate: isGone ? 'leaves' : 'stays',
      change: isGone ? watched : -1,
      mean: 365,
      days: isGone ? days.filter((day) => day < watched) : days,
    };
  }
  const mean = Math.exp(Math.log(7) + random() * Math.log(10));
  const days = gapsOf(habit, mean, from, lastDay, random);
  if (fate === 'stays') return { habit, fate, change, mean, days };
  const before = days.filter((day) => day < change);
  if (fate === 'leaves') return { habit, fate, change, mean, days: before };
  if (fate === 'orders a third')
    return {
      habit,
      fate,
      change,
      mean,
      days: [...before, ...gapsOf(habit, 3 * mean, change, lastDay, random)],
    };
  // The one gap is three times as long as is usual, and all later orders come so much later.
  const late = gapsOf(habit, mean, change + 3 * mean, lastDay, random);
  return { habit, fate, change, mean, days: [...before, ...late] };
}

/** Customers with known rhythms over four years; nothing of theirs changes before the last one begins. */
export function simulatedShop(customers: number, random: Random): SimulatedShop {
  const people = Array.from({ length: customers }, () => person(random));
  const all = people.flatMap(({ days }) => days);
  const offsets = offsetsOf(Int32Array.from(people, ({ days }) => days.length));
  const level = people.map(() => 3 + 0.7 * normal(random));
  const logValue = people.flatMap(({ days }, c) => days.map(() => level[c] + 0.5 * normal(random)));
  const logVariety = people.flatMap(({ days }, c) =>
    days.map(() => Math.log(1 + Math.floor(gamma(2, random) * Math.exp(level[c] / 3)))),
  );
  // One customer in ten buys most things at a discount, and the others one in ten.
  const share = people.map(() => (random() < 0.1 ? 0.8 : 0.1));
  const isDiscounted = people.flatMap(({ days }, c) => days.map(() => Number(random() < share[c])));
  const visits = people.map(({ days }) => days.flatMap((day) => visitsBefore(day, random)));
  return {
    history: {
      orders: {
        offsets,
        day: Int32Array.from(all),
        logValue: Float64Array.from(logValue),
        logVariety: Float64Array.from(logVariety),
        isDiscounted: Int8Array.from(isDiscounted),
      },
      engagement: series(visits),
      satisfaction: scores(people, random),
      complaints: series(people.map(({ days }) => some(days, 0.02, random))),
      serviceCalls: series(people.map(({ days }) => some(days, 0.06, random))),
      failedPayments: series(people.map(({ days }) => some(days, 0.01, random))),
      returns: series(people.map(({ days }) => some(days, 0.05, random))),
      contracts: { offsets: new Int32Array(customers + 1), ...noStays },
    },
    habit: people.map(({ habit }) => habit),
    fate: people.map(({ fate }) => fate),
    changeDay: Int32Array.from(people, ({ change }) => change),
    meanGap: Float64Array.from(people, ({ mean }) => mean),
    from: watched,
    end: lastDay,
  };
}

/** An order comes with a visit of its day, and with one of the days before it as often as not. */
function visitsBefore(day: number, random: Random): number[] {
  return random() < 0.5 ? [day - 1 - Math.floor(random() * 3), day] : [day];
}

const some = (days: readonly number[], share: number, random: Random): number[] =>
  days.filter(() => random() < share);

const noStays = { from: new Int32Array(0), left: new Int32Array(0), lastSeen: new Int32Array(0) };

export function series(days: readonly (readonly number[])[]): DaySeries {
  const sorted = days.map((own) => [...new Set(own)].sort((a, b) => a - b));
  return {
    offsets: offsetsOf(Int32Array.from(sorted, ({ length }) => length)),
    day: Int32Array.from(sorted.flat()),
  };
}

/** Of one order in five, one to five stars. */
function scores(people: readonly Person[], random: Random): SignalHistory['satisfaction'] {
  const scored = series(people.map(({ days }) => some(days, 0.2, random)));
  const value = new Float64Array(scored.day.length);
  people.forEach((_, c) => {
    const mean = 3 + 1.5 * random();
    for (let e = scored.offsets[c]; e < scored.offsets[c + 1]; e++)
      value[e] = Math.min(5, Math.max(1, Math.round(mean + 0.8 * normal(random))));
  });
  return { ...scored, value };
}
