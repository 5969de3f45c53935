import type { Rows } from '../learn/training-data.ts';
import { type EvidenceGatherer, evidence } from './evidence.ts';
import { trendWidth } from './item-trends.ts';
import type { Shopper } from './shopper.ts';
import { type SignalName, signal, signalCount } from './signal-names.ts';

/** What is known of a shopper without regard to a candidate; the last places of a row of signals. */
export type ShopperTraits = Float32Array;

const firstTrait = signal.cartSize;

/** The shopper's part of the signals. */
export function shopperTraits({ cart, starts, days, today }: Shopper, distinctItems: number): ShopperTraits {
  const traits = new Float32Array(signalCount - firstTrait).fill(Number.NaN);
  const baskets = days.length;
  const set = (at: number, value: number): void => {
    traits[at - firstTrait] = value;
  };
  set(signal.cartSize, cart.length);
  set(signal.baskets, baskets);
  if (baskets === 0) return traits;
  const lines = starts[baskets] - starts[0];
  set(signal.basketSize, lines / baskets);
  set(signal.distinctItems, distinctItems);
  set(signal.idleDays, today - days[baskets - 1]);
  set(signal.lastBasketSize, starts[baskets] - starts[baskets - 1]);
  if (baskets > 1) {
    set(signal.repeatShare, (lines - distinctItems) / (lines - (starts[1] - starts[0])));
    set(signal.usualGap, (days[baskets - 1] - days[0]) / (baskets - 1));
  }
  return traits;
}

/** Signals that are the same of all candidates of whoever is a guest with a cart, by their place. */
export const guestSignals: ReadonlyMap<number, number> = new Map(
  Object.entries({
    purchases: 0,
    purchaseShare: 0,
    fadingPurchases: 0,
    inLastBasket: 0,
    basketsAgo: Number.NaN,
    daysAgo: Number.NaN,
    due: Number.NaN,
    togetherConfidence: 0,
    togetherCloseness: 0,
    togetherBest: 0,
    fellowsConfidence: 0,
    fellowsCloseness: 0,
    nextConfidence: 0,
    nextCloseness: 0,
    ownedWeight: 0,
    besideWeight: 0,
    baskets: 0,
    basketSize: Number.NaN,
    distinctItems: Number.NaN,
    repeatShare: Number.NaN,
    idleDays: Number.NaN,
    usualGap: Number.NaN,
    lastBasketSize: Number.NaN,
  } satisfies Partial<Record<SignalName, number>>).map(([name, value]) => [
    signal[name as SignalName],
    value,
  ]),
);

const { fround } = Math;
/** Evidence and signals of the newest baskets, and of the cart, lie in the same order. */
const visitEvidence = evidence.nextCloseness - evidence.togetherConfidence + 1;
const cartEvidence = evidence.cartFellows - evidence.cartConfidence + 1;

/** Writes the signals of one item given what was gathered last. */
export type SignalWriter = typeof writeSignals;

/** For a guest with a cart: all signals but {@link guestSignals}, whose places are left alone. */
export function writeGuestSignals(
  gatherer: EvidenceGatherer,
  { cart }: Shopper,
  _traits: ShopperTraits,
  item: number,
  out: Rows,
  at: number,
): void {
  const { values, trends } = gatherer;
  const from = gatherer.rowOf(item);
  out[at + signal.cartWeight] = values[from + evidence.cartWeight];
  for (let n = 0; n < cartEvidence; n++)
    out[at + signal.cartConfidence + n] = values[from + evidence.cartConfidence + n];
  for (let n = 0; n < trendWidth; n++) out[at + signal.popularity + n] = trends.rows[item * trendWidth + n];
  out[at + signal.cartSize] = cart.length;
}

/**
 * Writes the signals of one item given what was gathered last, in single precision.
 *
 * @param out gets `signalCount` numbers from `at` on
 */
export function writeSignals(
  gatherer: EvidenceGatherer,
  { days, today }: Shopper,
  traits: ShopperTraits,
  item: number,
  out: Rows,
  at: number,
): void {
  const { values, trends, hasCart } = gatherer;
  const from = gatherer.rowOf(item);
  const purchases = values[from + evidence.purchases];
  const isOwn = purchases > 0;
  const baskets = days.length;
  const first = values[from + evidence.firstBasket];
  const last = values[from + evidence.lastBasket];
  const daysAgo = isOwn ? today - days[last] : Number.NaN;
  out[at + signal.purchases] = purchases;
  out[at + signal.purchaseShare] = baskets > 0 ? fround(purchases / baskets) : 0;
  out[at + signal.fadingPurchases] = values[from + evidence.fading];
  out[at + signal.inLastBasket] = isOwn && last === baskets - 1 ? 1 : 0;
  out[at + signal.basketsAgo] = isOwn ? baskets - 1 - last : Number.NaN;
  out[at + signal.daysAgo] = daysAgo;
  out[at + signal.due] =
    purchases > 1 ? fround((daysAgo * (purchases - 1)) / (days[last] - days[first])) : Number.NaN;
  out[at + signal.ownedWeight] = values[from + evidence.ownedWeight];
  out[at + signal.besideWeight] = hasCart ? 0 : values[from + evidence.besideWeight];
  out[at + signal.cartWeight] = hasCart ? values[from + evidence.cartWeight] : 0;
  for (let n = 0; n < visitEvidence; n++)
    out[at + signal.togetherConfidence + n] = hasCart ? 0 : values[from + evidence.togetherConfidence + n];
  for (let n = 0; n < cartEvidence; n++)
    out[at + signal.cartConfidence + n] = hasCart ? values[from + evidence.cartConfidence + n] : 0;
  for (let n = 0; n < trendWidth; n++) out[at + signal.popularity + n] = trends.rows[item * trendWidth + n];
  for (let n = 0; n < traits.length; n++) out[at + firstTrait + n] = traits[n];
}
