import {
  breakEvenOf,
  type ContactMoney,
  checkMoney,
  sumsUpTo,
  worthContacting,
} from '../gains/contact-profit.ts';
import { countsOf, sharesOf } from '../gains/shares.ts';

/** What is to be expected of the most probable customers. */
export interface Gain {
  /** Of all customers of the audience, as asked: 0.05 … 1. */
  readonly share: number;
  /** As many, rounded up. */
  readonly customers: number;
  /** The sum of their probabilities. */
  readonly expectedResponses: number;
  /** Of those of the whole audience. */
  readonly shareOfResponses: number;
  /** How many times as likely as the mean of the audience they are. */
  readonly lift: number;
}

export interface AudienceFigures {
  readonly customers: number;
  readonly expectedResponses: number;
  /** Null of an audience of nobody. */
  readonly meanProbability: number | null;
  /** None of an audience of nobody. */
  readonly gains: readonly Gain[];
}

/** Every twentieth of the audience. */
const steps = 20;

/**
 * @param probabilities of the customers, above 0, in descending order
 */
export function audienceFigures(probabilities: Float64Array): AudienceFigures {
  const { length: customers } = probabilities;
  const responses = sumsUpTo(probabilities);
  const all = responses[customers];
  const counts = countsOf(customers, steps);
  const gains = (customers === 0 ? [] : sharesOf(steps)).map((share, n): Gain => {
    const chosen = counts[n];
    const shareOfResponses = responses[chosen] / all;
    return {
      share,
      customers: chosen,
      expectedResponses: responses[chosen],
      shareOfResponses,
      lift: (shareOfResponses * customers) / chosen,
    };
  });
  return {
    customers,
    expectedResponses: all,
    meanProbability: customers > 0 ? all / customers : null,
    gains,
  };
}

/** The customers of whom a contact earns more than it costs. */
export interface ContactCutOff {
  /** Who is less likely than this costs more than they bring; null where nobody is likely enough for a value of 0 or less. */
  readonly leastProbability: number | null;
  readonly customers: number;
  readonly expectedResponses: number;
  /** In money, with all contacts paid; the highest that any number of the most probable has. */
  readonly expectedProfit: number;
  /** If all customers were contacted. */
  readonly profitOfAll: number;
}

/**
 * Where to stop: a customer is worth a contact as long as probability × value is more than its cost.
 *
 * @param probabilities of the customers, above 0, in descending order
 * @throws PairwellError `bad-input` for a cost below 0, or amounts that are not finite
 */
export function contactCutOff(probabilities: Float64Array, money: ContactMoney): ContactCutOff {
  checkMoney(money);
  const { contactCost, value } = money;
  const customers = worthContacting(probabilities, money);
  const responses = sumsUpTo(probabilities);
  const profit = (count: number): number => responses[count] * value - count * contactCost;
  return {
    leastProbability: breakEvenOf(money),
    customers,
    expectedResponses: responses[customers],
    expectedProfit: profit(customers),
    profitOfAll: profit(probabilities.length),
  };
}
