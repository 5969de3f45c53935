import { PairwellError } from '../../errors.ts';

/** What is watched of a customer, in the order in which alarms of the same customer are told. */
export const signalNames = [
  'order-gap',
  'order-frequency',
  'basket-value',
  'basket-variety',
  'discount',
  'engagement',
  'satisfaction',
  'complaints',
  'service-calls',
  'failed-payments',
  'returns',
] as const;

export type SignalName = (typeof signalNames)[number];

/** Those that rest on orders, which say nothing of who orders nothing. */
export const orderSignals: ReadonlySet<SignalName> = new Set([
  'order-gap',
  'order-frequency',
  'basket-value',
  'basket-variety',
  'discount',
  'returns',
]);

/** Which kinds of events say what. */
export const engagementKinds: readonly string[] = ['visit', 'view', 'click', 'add-to-cart', 'accept'];
export const satisfactionKind = 'satisfaction';
export const complaintKind = 'complaint';
export const serviceCallKind = 'service-call';
export const failedPaymentKind = 'payment-failed';

/** One in ten customers of whom nothing has changed is given a false alarm in a year, over all signals together. */
export const defaultFalseAlarms = 0.1;

/** The gap tells most of leaving, and has so many times the share of another signal in the false alarms. */
const gapWeight = 6;

/**
 * The false alarms a year that each watched signal of a customer may give: shares of the whole, which by Bonferroni's inequality the
 * signals keep to together, however they depend on each other. By position in {@link signalNames}; 0 for a signal that is not watched.
 *
 * @param falseAlarms of a customer in a year, over all signals: above 0, up to 1
 * @param isWatched by position in {@link signalNames}
 * @throws PairwellError `bad-input` for another number
 */
export function allowances(falseAlarms: number, isWatched: readonly boolean[]): Float64Array {
  if (!(falseAlarms > 0 && falseAlarms <= 1)) {
    const message = `False alarms of a customer in a year are a number above 0 and up to 1, not ${falseAlarms}.`;
    throw new PairwellError('bad-input', message, { falseAlarms });
  }
  const weights = signalNames.map((name, n) => (isWatched[n] ? (name === 'order-gap' ? gapWeight : 1) : 0));
  const sum = weights.reduce<number>((total, weight) => total + weight, 0);
  return Float64Array.from(weights, (weight) => (sum > 0 ? (falseAlarms * weight) / sum : 0));
}
