import type { CustomerActivity } from '../activity.ts';

/** What policies ask of a customer's latest events. */
export type OfferActivity = Pick<
  CustomerActivity,
  'impressions' | 'placementImpressions' | 'dismissedAt' | 'lastComplaint'
>;

const msPerDay = 86_400_000;

/** The time so many days before. */
export const daysBefore = (now: number, days: number): number => now - days * msPerDay;

/** The time so many days after. */
export const daysAfter = (then: number, days: number): number => then + days * msPerDay;

/** Whether something was less than so many days ago. What a clock that jumped back has not seen yet was just now. */
export const isWithin = (then: number, now: number, days: number): boolean =>
  days > 0 && now < daysAfter(then, days);
