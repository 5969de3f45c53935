import {
  complaintSolvedKind,
  deathKind,
  doNotContactKind,
  optInKind,
  optOutKind,
  referralKind,
  subscribeKind,
  unsubscribeKind,
  winbackOfferKind,
} from '../customers/event-kinds.ts';

export interface EventType {
  /** Whether it must be of a product. */
  readonly ofProduct: boolean;
  /** Whether it must be of a customer, since without one it would say nothing. */
  readonly ofCustomer?: boolean;
  /** Whether `payload.reason` is why somebody leaves, and so one of the codes for that. */
  readonly tellsReason?: boolean;
}

const ofCustomer: EventType = { ofProduct: false, ofCustomer: true };

/** Types of events that are known. Others are stored as they come. */
export const eventTypes: Readonly<Record<string, EventType>> = {
  impression: { ofProduct: true },
  click: { ofProduct: true },
  accept: { ofProduct: true },
  dismiss: { ofProduct: true },
  view: { ofProduct: true },
  'add-to-cart': { ofProduct: true },
  complaint: { ofProduct: false },
  'service-call': { ofProduct: false },
  satisfaction: { ofProduct: false },
  'payment-failed': { ofProduct: false },
  cancellation: { ofProduct: false, tellsReason: true },
  visit: { ofProduct: false },
  [complaintSolvedKind]: ofCustomer,
  [referralKind]: ofCustomer,
  [unsubscribeKind]: ofCustomer,
  [optOutKind]: ofCustomer,
  [doNotContactKind]: ofCustomer,
  [subscribeKind]: ofCustomer,
  [optInKind]: ofCustomer,
  [deathKind]: ofCustomer,
  [winbackOfferKind]: ofCustomer,
};

/** What becomes of an event, by the sender's clock and by ours. */
export interface EventTime {
  readonly at: Date;
  /** Whether the sender's time could not be, so that it is ours. */
  readonly isCorrected: boolean;
}

/** How far ahead of ours a sender's clock may be, in milliseconds. */
const aheadAtMost = 5 * 60_000;

/** Clocks that nobody has set begin at 1970 or 1980. */
const earliest = Date.UTC(2000, 0, 1);

/**
 * When an event happened. A time in the future is that of a clock that is wrong, as is one before 2000: then the event has the time
 * that it arrived at, instead of being lost or of standing in front of all that is to come. Any other time counts as it was told, so
 * that what is old can be sent later.
 *
 * @param told by the sender; without it the event has just happened
 */
export function eventTime(told: Date | undefined, now: Date): EventTime {
  if (told === undefined) return { at: now, isCorrected: false };
  const isPossible = told.getTime() <= now.getTime() + aheadAtMost && told.getTime() >= earliest;
  return { at: isPossible ? told : now, isCorrected: !isPossible };
}
