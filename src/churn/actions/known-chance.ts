import type { ReasonInsights } from '../churn-insights.ts';
import type { Cause, CauseName } from './causes.ts';

/** For how many customers the share of those without the event counts. */
const priorCustomers = 10;

const afterOf: Readonly<Partial<Record<CauseName, string>>> = {
  'open-complaint': 'complaint',
  'payment-failed': 'payment-failed',
  'stated-service': 'cancellation',
  'stated-product': 'cancellation',
  'stated-price': 'cancellation',
  'stated-relationship': 'cancellation',
};

/** By kind of event, the share of customers that left after it, drawn to that of those without it. */
export function eventChances({ after }: Pick<ReasonInsights, 'after'>): ReadonlyMap<string, number> {
  return new Map(
    after.map(({ id, exposed, exposedLeft, othersRate }): [string, number] => [
      id,
      (exposedLeft + priorCustomers * (othersRate ?? 0)) / (exposed + priorCustomers),
    ]),
  );
}

/** The chance of leaving, raised to what became of others after what has happened to the customer. */
export const raisedBy = (
  chance: number,
  causes: readonly Cause[],
  chances: ReadonlyMap<string, number>,
): number => causes.reduce((most, { name }) => Math.max(most, chances.get(afterOf[name] ?? '') ?? 0), chance);
