import type { BgNbdParameters } from '../bg-nbd.ts';
import type { RepeatHistory } from '../purchase-days.ts';

/** mulberry32: the same numbers from 0 to below 1 for the same seed. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A gamma variable of scale 1 (Marsaglia and Tsang, ACM Transactions on Mathematical Software 26, 2000). */
export function gammaVariable(shape: number, random: () => number): number {
  if (shape < 1) return gammaVariable(shape + 1, random) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const v = (1 + normal / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - random()) < normal * normal * 0.5 + d * (1 - v + Math.log(v))) return d * v;
  }
}

/** The times of a customer's repeat purchases up to `end` as BG/NBD has them; and whether the customer is alive at time `now`. */
export function simulateCustomer(
  { r, alpha, a, b }: BgNbdParameters,
  end: number,
  now: number,
  random: () => number,
): { purchases: number[]; isAlive: boolean } {
  const rate = gammaVariable(r, random) / alpha;
  const first = gammaVariable(a, random);
  const lossProbability = first / (first + gammaVariable(b, random));
  const purchases: number[] = [];
  let isAlive = true;
  for (let at = 0; ; ) {
    at -= Math.log(1 - random()) / rate;
    if (!(at <= end)) break;
    purchases.push(at);
    if (random() >= lossProbability) continue;
    isAlive = at > now;
    break;
  }
  return { purchases, isAlive };
}

/** Customers of 10 … 60 weeks who have this model, and spend nothing. */
export function simulatedHistory(parameters: BgNbdParameters, customers: number, seed = 11): RepeatHistory {
  const random = seededRandom(seed);
  const rows = Array.from({ length: customers }, () => {
    const age = 10 + 50 * random();
    const { purchases } = simulateCustomer(parameters, age, age, random);
    return { x: purchases.length, recency: purchases.at(-1) ?? 0, age };
  });
  return {
    frequency: Int32Array.from(rows, ({ x }) => x),
    recency: Float64Array.from(rows, ({ recency }) => recency),
    age: Float64Array.from(rows, ({ age }) => age),
    spendDays: new Int32Array(customers),
    meanSpend: new Float64Array(customers),
  };
}
