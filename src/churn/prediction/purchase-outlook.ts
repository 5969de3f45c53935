import { bgNbdParameters, fitBgNbd } from '../../customers/lifetime/fit-bg-nbd.ts';
import { groupHistories } from '../../customers/lifetime/history-groups.ts';
import { daysInWeek, type RepeatHistory } from '../../customers/lifetime/purchase-days.ts';
import { purchaseModelOf } from '../../customers/lifetime/purchase-model.ts';
import { slotsOf, type WritingTask } from './column-writer.ts';
import { orderFeatures } from './shop-features.ts';
import { endOfDays, type ShopHistory } from './shop-history.ts';

const slot = slotsOf(orderFeatures);

/** A model of four parameters is told by fewer; every so many-th customer is taken of more. */
const mostFitted = 20_000;
/** Customers who came back that a fit needs; with fewer it makes do with rates, see `purchaseModelOf`. */
const minRepeatBuyers = 50;

/**
 * Writes what is expected of customers within the horizon, by the method that `purchaseModelOf` has for them, and how likely BG/NBD has
 * them to be lost, both fitted to what happened before the cut-off alone. The latter is the logarithm of the odds against P(alive), which
 * keeps their order where that is all but 1; it is there also where no loss is told from none, as what it is worth is for the data to say, and
 * missing for who never came back, of whom the model takes P(alive) for 1.
 */
export function outlookColumns({ history, cutOff, horizonDays, customers, columns, at }: WritingTask): void {
  const past = historyBefore(history, cutOff);
  const model = purchaseModelOf(past, minRepeatBuyers);
  const lostOdds = lostOddsOf(past);
  const weeks = horizonDays / daysInWeek;
  const known = new Map<number, number>();
  const { dayOffsets, orderDays } = history;
  for (const [n, customer] of customers.entries()) {
    const first = dayOffsets[customer];
    const end = endOfDays(history, customer, cutOff);
    if (end === first) continue;
    const frequency = end - first - 1;
    const days = cutOff - 1 - orderDays[first];
    const recency = (orderDays[end - 1] - orderDays[first]) / daysInWeek;
    const age = days / daysInWeek;
    const key = frequency * 2 ** 20 + days;
    const purchases = known.get(key) ?? model.whenAlive(frequency, age, weeks);
    known.set(key, purchases);
    columns[slot.expectedPurchases][at + n] = model.alive(frequency, recency, age) * purchases;
    columns[slot.lostOdds][at + n] = lostOdds(frequency, recency, age);
  }
}

/** ln of the odds against P(alive): see `probabilityAlive`; NaN where there is none. */
function lostOddsOf(past: RepeatHistory): (frequency: number, recency: number, age: number) => number {
  const repeatBuyers = past.frequency.reduce((sum, x) => sum + Number(x > 0), 0);
  if (repeatBuyers < minRepeatBuyers) return () => Number.NaN;
  const { r, alpha, a, b } = bgNbdParameters(fitBgNbd(groupHistories(past)).parameters);
  return (frequency, recency, age) => {
    if (frequency === 0) return Number.NaN;
    const silence = Math.log((alpha + age) / (alpha + recency));
    const odds = Math.log(a / (b + frequency - 1)) + (r + frequency) * silence;
    return Number.isFinite(odds) ? odds : Number.NaN;
  };
}

function historyBefore(history: ShopHistory, cutOff: number): RepeatHistory {
  const { dayOffsets, orderDays } = history;
  const customers = dayOffsets.length - 1;
  const step = Math.max(1, Math.ceil(customers / mostFitted));
  const taken = Int32Array.from({ length: Math.ceil(customers / step) }, (_, n) => n * step);
  const ends = taken.map((customer) => endOfDays(history, customer, cutOff));
  const firsts = taken.map((customer) => dayOffsets[customer]);
  const weeks = (n: number, until: number): number =>
    ends[n] > firsts[n] ? (until - orderDays[firsts[n]]) / daysInWeek : 0;
  return {
    frequency: taken.map((_, n) => ends[n] - firsts[n] - 1),
    recency: Float64Array.from(taken, (_, n) => weeks(n, orderDays[ends[n] - 1])),
    age: Float64Array.from(taken, (_, n) => weeks(n, cutOff - 1)),
    spendDays: new Int32Array(taken.length),
    meanSpend: new Float64Array(taken.length),
  };
}
