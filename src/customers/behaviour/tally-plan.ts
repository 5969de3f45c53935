import { commonFeatures, type Evidence } from './features.ts';

/** What the features of one shop are worked out with. */
export interface TallyPlan {
  readonly itemCount: number;
  /** By item: its kind, 0 … kindCount − 1, or −1 for none. */
  readonly kindOf: Int16Array;
  readonly kindCount: number;
  /** By kind, then the one of everything: the median price of the lines; 1 where none is known. */
  readonly usualPrice: Float64Array;
  /** How many of the channels have a feature. */
  readonly channelCount: number;
}

/** In place of an item's number: a product that the model does not know; postage and the like. */
export const unknownItem = -1;
export const feeItem = -2;

/** The kinds of evidence that are counted by customer, in the order in which they are written. */
export const countedEvidence = ['orders', 'pricedOrders', 'laterOrders', 'gaps', 'months'] as const;

export const daysOfMonth = 365.25 / 12;

export const featureCount = ({ channelCount, kindCount }: TallyPlan): number =>
  commonFeatures.length + channelCount + kindCount;

/** Where in a customer's evidence a feature's stands; −1 for what needs none. */
export const evidenceAt = (evidence: Evidence): number =>
  (countedEvidence as readonly Evidence[]).indexOf(evidence);
