import { type ParameterEstimate, type PurchaseReport, purchaseMethodOf } from './lifetime-report.ts';

export interface LifetimeCaution {
  readonly code: 'loss-not-told' | 'loss-imprecise' | 'loss-assumed' | 'never-came-back';
  readonly text: string;
}

/**
 * What to know before believing figures of lifetime value.
 *
 * @param neverCameBack customers with one day of purchases
 */
export function lifetimeCautions(report: PurchaseReport, neverCameBack: number): LifetimeCaution[] {
  const method = purchaseMethodOf(report);
  if (method === 'without-loss') {
    const text =
      'Whether customers are lost cannot be told from these orders, so no probability of still being a customer is given, and ' +
      'who has long been silent is expected to buy on at the rate of all the time since the first order. Go by the rhythm: it ' +
      'tells who is overdue.';
    return [{ code: 'loss-not-told', text }];
  }
  return [...ofLoss(report), ...ofOneDay(neverCameBack)];
}

function ofLoss(report: PurchaseReport): LifetimeCaution[] {
  if (report.method === 'bg-nbd') {
    const { a, b } = report.fit.parameters;
    if (isTold(a) && isTold(b)) return [];
    const text =
      'That customers are lost is certain, how easily is not: the standard error of ' +
      `a (${withError(a)}) or b (${withError(b)}) is larger than itself, so probabilities of still being a customer are rough.`;
    return [{ code: 'loss-imprecise', text }];
  }
  if (report.basis !== 'assumed') return [];
  const text =
    `That a customer is lost after ${percent(report.lossProbability)} of the repeat orders is assumed, and with it the ` +
    'probability of still being a customer. Go by the rhythm: it tells who is overdue.';
  return [{ code: 'loss-assumed', text }];
}

function ofOneDay(customers: number): LifetimeCaution[] {
  if (customers === 0) return [];
  const text =
    `Who ordered on one day alone (${customers} ${customers === 1 ? 'customer' : 'customers'}) has no probability of still being ` +
    'a customer: the models take it that nobody is lost before coming back, so the expected orders of those who are silent are ' +
    'rather too many.';
  return [{ code: 'never-came-back', text }];
}

/** The cautions that concern a customer, by the number of days with an order. */
export function cautionsOf(
  { cautions }: { readonly cautions: readonly LifetimeCaution[] },
  orderDays: number,
): LifetimeCaution[] {
  return cautions.filter(({ code }) => code !== 'never-came-back' || orderDays === 1);
}

const isTold = ({ estimate, standardError }: ParameterEstimate): boolean => standardError <= estimate;
const withError = ({ estimate, standardError }: ParameterEstimate): string =>
  `${estimate.toPrecision(2)} ± ${standardError.toPrecision(2)}`;
const percent = (part: number): string => `${Number((100 * part).toPrecision(2))} %`;
