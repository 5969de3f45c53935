import { PairwellError } from '../errors.ts';

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
  const responses = expectedUpTo(probabilities);
  const all = responses[customers];
  const gains = Array.from({ length: customers === 0 ? 0 : steps }, (_, n): Gain => {
    const chosen = Math.ceil((customers * (n + 1)) / steps);
    const shareOfResponses = responses[chosen] / all;
    return {
      share: (n + 1) / steps,
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

/** What a contact costs and what a response is worth, in money. */
export interface ContactMoney {
  readonly contactCost: number;
  readonly value: number;
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
export function contactCutOff(
  probabilities: Float64Array,
  { contactCost, value }: ContactMoney,
): ContactCutOff {
  if (!(contactCost >= 0) || !Number.isFinite(contactCost) || !Number.isFinite(value)) {
    const message = `A contact costs 0 or more and a response has a value, in money; ${contactCost} and ${value} are not such.`;
    throw new PairwellError('bad-input', message);
  }
  let customers = 0;
  while (customers < probabilities.length && probabilities[customers] * value > contactCost) customers++;
  const responses = expectedUpTo(probabilities);
  const profit = (count: number): number => responses[count] * value - count * contactCost;
  return {
    leastProbability: value > 0 ? contactCost / value : null,
    customers,
    expectedResponses: responses[customers],
    expectedProfit: profit(customers),
    profitOfAll: profit(probabilities.length),
  };
}

/** Entry n: the sum of the first n. */
function expectedUpTo(probabilities: Float64Array): Float64Array {
  const sums = new Float64Array(probabilities.length + 1);
  for (let n = 0; n < probabilities.length; n++) sums[n + 1] = sums[n] + probabilities[n];
  return sums;
}
