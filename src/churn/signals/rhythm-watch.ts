import { type GapSums, gapSums, yearDays } from './gap-sums.ts';
import { customersOf, endOn, type SignalHistory } from './history.ts';
import { type RhythmKind, rhythmKinds, type SilenceFigure, silenceFigure } from './rhythm-kinds.ts';
import { fewestOfSegment, fitRhythmPrior, type RhythmPrior, relativeLikelihoods } from './rhythm-prior.ts';
import { clockTime, type SeasonClock, seasonClock } from './season.ts';

/** Everything about rhythms that was learnt of a shop. Plain data. */
export interface RhythmModel {
  readonly kinds: readonly RhythmKind[];
  /** Null where too little time was seen to tell a season. */
  readonly clock: SeasonClock | null;
  /** By segment, the last one of the whole shop. */
  readonly priors: readonly RhythmPrior[];
  /** By number of orders, see {@link orderClass}: the chance that an order is the customer's last. */
  readonly lastOrder: Float64Array;
}

/** By segment: −1 for none, else below `segments`. Segments must not rest on recency: who is silent would explain himself. */
export interface SegmentColumn {
  readonly segment: ArrayLike<number>;
  readonly segments: number;
}

/** A customer's rhythm: of which kinds it may be, with the chance of each. */
export interface Rhythm {
  readonly sums: GapSums;
  readonly prior: RhythmPrior;
  readonly parts: readonly { readonly kind: RhythmKind; readonly weight: number }[];
  /** The chance that it is yearly. */
  readonly yearly: number;
}

/** What is less probable plays no part. */
const leastWeight = 1e-4;

const classEnds = [1, 2, 4, 8, 16];

/** 0 for one order, then 2, 3 to 4, 5 to 8, 9 to 16 and more. */
export const orderClass = (orders: number): number => {
  const found = classEnds.findIndex((end) => orders <= end);
  return found < 0 ? classEnds.length : found;
};

/** Learns rhythms from all customers as they were at the end of `today`. */
export function fitRhythms(
  history: SignalHistory,
  today: number,
  { segment, segments }: SegmentColumn,
): RhythmModel {
  const { orders } = history;
  const clock = seasonClock(orders.day, today);
  const kinds = rhythmKinds(clock !== null);
  const all: GapSums[] = [];
  const bySegment = Array.from({ length: segments }, (): GapSums[] => []);
  for (let c = 0; c < customersOf(history); c++) {
    const end = endOn(orders, c, today);
    if (end === orders.offsets[c]) continue;
    const sums = gapSums(orders, orders.offsets[c], end, clock);
    all.push(sums);
    if (segment[c] >= 0) bySegment[segment[c]].push(sums);
  }
  const shop = fitRhythmPrior(all, kinds, today);
  const enough = (own: readonly GapSums[]): boolean =>
    own.filter(({ gaps }) => gaps > 0).length >= fewestOfSegment;
  const priors = [...bySegment.map((own) => (enough(own) ? fitRhythmPrior(own, kinds, today) : shop)), shop];
  const model = { kinds, clock, priors, lastOrder: new Float64Array(classEnds.length + 1) };
  return { ...model, lastOrder: lastOrderChances(model, all, shop, today) };
}

/** The rhythm of who ordered twice or more up to `today`; undefined for others. */
export function rhythmOf(
  model: RhythmModel,
  { orders }: SignalHistory,
  c: number,
  today: number,
  segment: number,
): Rhythm | undefined {
  const end = endOn(orders, c, today);
  if (end - orders.offsets[c] < 2) return undefined;
  const prior = model.priors[segment >= 0 ? segment : model.priors.length - 1];
  return rhythmBy(model.kinds, gapSums(orders, orders.offsets[c], end, model.clock), prior);
}

function rhythmBy(kinds: readonly RhythmKind[], sums: GapSums, prior: RhythmPrior): Rhythm {
  const likelihoods = relativeLikelihoods(kinds, sums, prior.rate);
  const joint = likelihoods.map((likelihood, k) => likelihood * prior.weights[k]);
  const sum = joint.reduce((total, own) => total + own, 0);
  const parts = kinds
    .map((kind, k) => ({ kind, weight: joint[k] / sum }))
    .filter(({ weight }) => weight >= leastWeight);
  const yearly = parts.reduce((total, { kind, weight }) => total + (kind.kind === 'yearly' ? weight : 0), 0);
  return { sums, prior, parts, yearly: Math.min(1, yearly) };
}

/** What a silence of so many whole days after the last order would mean; the last one is not over, and may still bring an order. */
export function silence(
  figure: SilenceFigure,
  { sums, prior, parts }: Rhythm,
  clock: SeasonClock | null,
  days: number,
): number {
  const length = Math.max(0.5, days - 1);
  const time = clock === null ? length : clockTime(clock, sums.lastDay + length) - sums.lastTime;
  let sum = 0;
  for (const { kind, weight } of parts)
    sum += weight * silenceFigure(figure, kind, sums, prior.rate, length, time);
  return figure === 'chance' ? Math.min(1, sum) : sum;
}

/** Ten years: a gap that long is not waited for. */
const longestGap = 3652;

const precision = 0.005;

/**
 * The shortest silence, in whole days, at which a falling figure is down to `level`; −1 where ten years are too few. By false position
 * (Illinois: Dowell and Jarratt, BIT 11, 1971) on logarithms, until one day
 * is left, or half a per cent, within which the later end is taken.
 */
export function firstDayAt(figure: (days: number) => number, level: number): number {
  const above = (days: number): number => Math.log(Math.max(figure(days), 1e-300) / level);
  let low = 1;
  let high = longestGap;
  let atLow = above(low);
  if (atLow <= 0) return low;
  let atHigh = above(high);
  if (atHigh > 0) return -1;
  let side = 0;
  while (high - low > Math.max(1, precision * low)) {
    const [from, to] = [Math.log(low), Math.log(high)];
    const guess = Math.exp(from + ((to - from) * atLow) / (atLow - atHigh));
    const middle = Math.min(high - 1, Math.max(low + 1, Math.round(guess)));
    const at = above(middle);
    if (at > 0) {
      low = middle;
      atLow = at;
      if (side === 1) atHigh /= 2;
      side = 1;
    } else {
      high = middle;
      atHigh = at;
      if (side === -1) atLow /= 2;
      side = -1;
    }
  }
  return high;
}

/** Orders a year that are expected of the customer. */
export const ordersPerYear = ({ sums, prior }: Rhythm): number =>
  (yearDays * (prior.rate.shape + sums.gaps)) / (prior.rate.days + sums.days);

/** Variance over mean of the orders in a long time: of gamma gaps 1 over their shape (Cox, Renewal Theory, 1962, section 4.5). */
export function orderClump({ parts }: Rhythm): number {
  let sum = 0;
  for (const { kind, weight } of parts) sum += kind.kind === 'steady' ? weight / kind.shape : weight;
  return sum;
}

/**
 * How often an order is the last, by how many there were: who has been silent has left, or is in a gap; which of the two is as probable
 * as it makes the silence (expectation and maximisation). As in BG/NBD (Fader, Hardie and Lee, Marketing Science 24, 2005) a customer
 * leaves after an order or not until the next one.
 */
function lastOrderChances(
  { kinds, clock }: Pick<RhythmModel, 'kinds' | 'clock'>,
  customers: readonly GapSums[],
  prior: RhythmPrior,
  today: number,
): Float64Array {
  const classes = classEnds.length + 1;
  const goneOn = new Float64Array(classes);
  const open: { readonly chance: number; readonly of: number }[] = [];
  const every = Math.ceil(customers.length / 4000);
  for (let n = 0; n < customers.length; n += every) {
    const sums = customers[n];
    for (let orders = 1; orders <= sums.gaps; orders++) goneOn[orderClass(orders)]++;
    if (sums.gaps === 0) continue;
    const chance = silence('chance', rhythmBy(kinds, sums, prior), clock, today - sums.lastDay);
    open.push({ chance, of: orderClass(sums.gaps + 1) });
  }
  let chances = new Float64Array(classes).fill(0.1);
  for (let round = 0; round < 50; round++) {
    // One order in ten is the last, as far as is known before; that counts as much as ten orders.
    const left = new Float64Array(classes).fill(1);
    const orders = goneOn.map((count) => count + 10);
    for (const { chance, of } of open) {
      orders[of]++;
      left[of] += leftChance(chances[of], chance);
    }
    chances = left.map((count, n) => count / orders[n]);
  }
  return chances;
}

/** The chance that a silent customer has left. @param before that the order was the last @param chance of so long a gap */
export const leftChance = (before: number, chance: number): number =>
  before / (before + (1 - before) * chance);
