/** What an offer is to the customer: something beside what they buy, something better, several at once, or the same again. */
export const offerKinds = ['cross-sell', 'up-sell', 'bundle', 'buy-again'] as const;
export type OfferKind = (typeof offerKinds)[number];
