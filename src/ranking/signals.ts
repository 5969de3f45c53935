import { type EvidenceGatherer, evidence, evidenceWidth } from './evidence.ts';
import type { Shopper } from './shopper.ts';
import { signal, signalCount } from './signal-names.ts';

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

/**
 * Writes the signals of one candidate of what was gathered last.
 *
 * @param out gets `signalCount` numbers from `at` on
 */
export function writeSignals(
  { rows, world, trends }: EvidenceGatherer,
  { days, cart, today }: Shopper,
  traits: ShopperTraits,
  item: number,
  out: Float32Array,
  at: number,
): void {
  const from = item * evidenceWidth;
  const purchases = rows[from + evidence.purchases];
  const isOwn = purchases > 0;
  const baskets = days.length;
  const first = rows[from + evidence.firstBasket];
  const last = rows[from + evidence.lastBasket];
  const daysAgo = isOwn ? today - days[last] : Number.NaN;
  const hasCart = cart.length > 0;
  out[at + signal.purchases] = purchases;
  out[at + signal.purchaseShare] = baskets > 0 ? purchases / baskets : 0;
  out[at + signal.fadingPurchases] = rows[from + evidence.fading];
  out[at + signal.inLastBasket] = isOwn && last === baskets - 1 ? 1 : 0;
  out[at + signal.basketsAgo] = isOwn ? baskets - 1 - last : Number.NaN;
  out[at + signal.daysAgo] = daysAgo;
  out[at + signal.due] =
    purchases > 1 ? (daysAgo * (purchases - 1)) / (days[last] - days[first]) : Number.NaN;
  for (let n = evidence.togetherConfidence; n <= evidence.nextCloseness; n++)
    out[at + signal.togetherConfidence + n - evidence.togetherConfidence] = rows[from + n];
  for (let n = evidence.cartConfidence; n <= evidence.cartFellows; n++)
    out[at + signal.cartConfidence + n - evidence.cartConfidence] = hasCart ? rows[from + n] : 0;
  out[at + signal.ownedWeight] = rows[from + evidence.ownedWeight];
  out[at + signal.besideWeight] = rows[from + evidence.besideWeight];
  out[at + signal.cartWeight] = hasCart ? rows[from + evidence.cartWeight] : 0;
  out[at + signal.popularity] = trends.overall[item];
  out[at + signal.recentPopularity] = trends.recent[item];
  out[at + signal.latestPopularity] = trends.latest[item];
  out[at + signal.seasonPopularity] = trends.season[item];
  out[at + signal.trend] = trends.overall[item] > 0 ? trends.recent[item] / trends.overall[item] : Number.NaN;
  out[at + signal.again] = world.calendar.again[item];
  out[at + signal.itemAge] = trends.age[item];
  out[at + signal.itemIdle] = trends.idle[item];
  out.set(traits, at + firstTrait);
}
