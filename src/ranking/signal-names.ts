/**
 * What is known of a candidate when it is ranked for a shopper, in the order of a row of signals. NaN where a signal has no
 * meaning, such as the days since a purchase that never was.
 */
export const signalNames = [
  // The shopper's own purchases of it.
  'purchases',
  'purchaseShare',
  'fadingPurchases',
  'inLastBasket',
  'basketsAgo',
  'daysAgo',
  'due',
  // What goes with the shopper's newest baskets.
  'togetherConfidence',
  'togetherCloseness',
  'togetherBest',
  'fellowsConfidence',
  'fellowsCloseness',
  'nextConfidence',
  'nextCloseness',
  'ownedWeight',
  'besideWeight',
  // What goes with the cart.
  'cartConfidence',
  'cartCloseness',
  'cartBest',
  'cartLift',
  'cartFellows',
  'cartWeight',
  // How it sells.
  'popularity',
  'recentPopularity',
  'latestPopularity',
  'seasonPopularity',
  'trend',
  'again',
  'itemAge',
  'itemIdle',
  // The shopper.
  'cartSize',
  'baskets',
  'basketSize',
  'distinctItems',
  'repeatShare',
  'idleDays',
  'usualGap',
  'lastBasketSize',
] as const;

export type SignalName = (typeof signalNames)[number];

/** How many signals a row has. */
export const signalCount: number = signalNames.length;

/** The place of each signal in a row. */
export const signal: Readonly<Record<SignalName, number>> = Object.fromEntries(
  signalNames.map((name, at) => [name, at]),
) as Record<SignalName, number>;
