import { offsetsOf } from '../../src/baskets/offsets.ts';
import { StaysBuilder } from '../../src/churn/rates/stays.ts';
import type { Random } from '../../src/learn/random.ts';
import { normal, series, type TrialShop } from './alerts-shop.ts';

/** How simulated customers hold their contracts; none of them orders anything. */
export const holders = ['from early on', 'newly', 'again after a break'] as const;
export type Holder = (typeof holders)[number];

/** What becomes of them in the year that is watched. */
export const contractFates = ['stays', 'ends', 'calls five times as often'] as const;
export type ContractFate = (typeof contractFates)[number];

export interface ContractShop extends TrialShop {
  readonly holder: readonly Holder[];
  readonly fate: readonly ContractFate[];
}

/** 2020-01-01, as in the other simulated shop: three years of history, then the year that is watched. */
const firstDay = 18262;
const watched = firstDay + 1096;
const lastDay = watched + 365;

interface Held {
  readonly from: number;
  /** The first day after it; −1 while it runs. */
  readonly left: number;
}

interface HolderDrawn {
  readonly holder: Holder;
  readonly fate: ContractFate;
  readonly change: number;
  readonly held: readonly Held[];
}

function drawHolder(random: Random): HolderDrawn {
  const pick = random();
  const holder: Holder = pick < 0.5 ? 'from early on' : pick < 0.8 ? 'newly' : 'again after a break';
  const other = random();
  const fate: ContractFate = other < 0.7 ? 'stays' : other < 0.85 ? 'ends' : 'calls five times as often';
  const change = fate === 'stays' ? -1 : watched + 30 + Math.floor(150 * random());
  const from = firstDay + Math.floor((holder === 'newly' ? 1000 : 300) * random());
  const left = fate === 'ends' ? change : -1;
  if (holder !== 'again after a break') return { holder, fate, change, held: [{ from, left }] };
  const pause = from + 200 + Math.floor(200 * random());
  const back = pause + 100 + Math.floor(500 * random());
  return {
    holder,
    fate,
    change,
    held: [
      { from, left: pause },
      { from: back, left },
    ],
  };
}

/** Days of a Poisson process while contracts run, each as often as it happens. @param rate a day, on each day */
function happenings(held: readonly Held[], rate: (day: number) => number, random: Random): number[] {
  const days: number[] = [];
  const wait = (): number => -Math.log(1 - random());
  let left = wait();
  for (const own of held)
    for (let day = own.from; day < (own.left < 0 ? lastDay : own.left); day++) {
      for (left -= rate(day); left <= 0; left += wait()) days.push(day);
    }
  return days;
}

/** Of customers' own rates a year, which vary: the logarithm has a standard deviation of 0.7. */
const ratesAbout = (yearly: number, customers: number, random: Random): Float64Array =>
  Float64Array.from({ length: customers }, () => (yearly / 365.25) * Math.exp(0.7 * normal(random)));

/** Contracts over four years, with calls, complaints, failed payments, visits and scores each by chance alone. */
export function simulatedContracts(customers: number, random: Random): ContractShop {
  const drawn = Array.from({ length: customers }, () => drawHolder(random));
  const contracts = new StaysBuilder();
  for (const { held } of drawn) {
    for (const { from, left } of held) contracts.add(from, left, left < 0 ? lastDay : left - 1);
    contracts.endCustomer();
  }
  const some = (yearly: number): number[][] => {
    const rates = ratesAbout(yearly, customers, random);
    return drawn.map(({ held }, c) => happenings(held, () => rates[c], random));
  };
  const callRates = ratesAbout(1.5, customers, random);
  const calls = drawn.map(({ held, fate, change }, c) => {
    const isMore = (day: number): boolean => fate === 'calls five times as often' && day >= change;
    return happenings(held, (day) => callRates[c] * (isMore(day) ? 5 : 1), random);
  });
  const scored = some(2);
  const means = drawn.map(() => 3 + 1.5 * random());
  const orders = { offsets: new Int32Array(customers + 1), day: new Int32Array(0) };
  const none = new Float64Array(0);
  return {
    history: {
      orders: { ...orders, logValue: none, logVariety: none, isDiscounted: new Int8Array(0) },
      returns: orders,
      engagement: series(some(40)),
      satisfaction: {
        ...entries(scored),
        value: Float64Array.from(
          scored.flatMap((days, c) =>
            days.map(() => Math.min(5, Math.max(1, Math.round(means[c] + 0.8 * normal(random))))),
          ),
        ),
      },
      complaints: entries(some(0.5)),
      serviceCalls: entries(calls),
      failedPayments: entries(some(0.3)),
      contracts: contracts.build(),
    },
    holder: drawn.map(({ holder }) => holder),
    fate: drawn.map(({ fate }) => fate),
    changeDay: Int32Array.from(drawn, ({ change }) => change),
    meanGap: new Float64Array(customers).fill(1),
    from: watched,
    end: lastDay,
  };
}

/** Each as often as it happens. */
const entries = (days: readonly (readonly number[])[]) => ({
  offsets: offsetsOf(Int32Array.from(days, ({ length }) => length)),
  day: Int32Array.from(days.flat()),
});
