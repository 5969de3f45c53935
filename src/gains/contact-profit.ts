import { PairwellError } from '../errors.ts';
import { checkPairs } from '../learn/scores.ts';
import { rankedSteps, stepSums, sumsOfBest } from '../stats/ranked-steps.ts';
import { countsOf, totalOf } from './shares.ts';

/** What a contact costs and what a response is worth, in money. */
export interface ContactMoney {
  readonly contactCost: number;
  readonly value: number;
}

/** What contacting so many of the first customers comes to. */
export interface ContactOutcome {
  /** Of all customers; 0 where there are none. */
  readonly share: number;
  readonly customers: number;
  /** That are expected, or that were seen. */
  readonly responses: number;
  /** responses × value. */
  readonly moneyIn: number;
  /** customers × contactCost. */
  readonly moneyOut: number;
  /** moneyIn − moneyOut. */
  readonly profit: number;
}

export interface ContactProfit {
  /** contactCost / value: who is less likely than this to respond costs more than they bring. Null for a value of 0 or less. */
  readonly breakEven: number | null;
  /** The number of contacts with the highest profit, the fewest of such; its profit is never below 0, as nobody is an answer. */
  readonly best: ContactOutcome;
  /** If everybody was contacted. */
  readonly all: ContactOutcome;
  /** If nobody was: all 0. */
  readonly nobody: ContactOutcome;
  /** By share contacted, ascending; the last is `all`. None without customers. */
  readonly curve: readonly ContactOutcome[];
}

/** Above it sums of money could be too large for numbers. */
const mostMoney = 1e15;

/** @throws PairwellError `bad-input` for a cost below 0, or amounts that are not finite or beyond 1e15 */
export function checkMoney({ contactCost, value }: ContactMoney): void {
  if (contactCost >= 0 && contactCost <= mostMoney && Math.abs(value) <= mostMoney) return;
  const message = `A contact costs 0 or more and a response has a value, in money; ${contactCost} and ${value} are not such.`;
  throw new PairwellError('bad-input', message);
}

/** Null for a value of 0 or less (or next to it), for which no customer is likely enough. */
export function breakEvenOf({ contactCost, value }: ContactMoney): number | null {
  const probability = value > 0 ? contactCost / value : Infinity;
  return probability < Infinity ? probability : null;
}

/** Entry n: the sum of the first n. */
export function sumsUpTo(amounts: Float64Array): Float64Array {
  const sums = new Float64Array(amounts.length + 1);
  for (let n = 0; n < amounts.length; n++) sums[n + 1] = sums[n] + amounts[n];
  return sums;
}

/**
 * How many of the first customers are worth a contact each: as long as probability × value is more than its cost.
 *
 * @param probabilities in descending order
 */
export function worthContacting(probabilities: Float64Array, { contactCost, value }: ContactMoney): number {
  let customers = 0;
  while (customers < probabilities.length && probabilities[customers] * value > contactCost) customers++;
  return customers;
}

/**
 * What contacts are expected to bring, by how many of the likeliest customers get one. It is as right as the probabilities are: with
 * ones that are not calibrated use `contactPlan`.
 *
 * @param probabilities by customer, 0 … 1, in any order
 * @param parts into how many equal parts the curve cuts the customers, the number of contacts rounded up
 * @throws PairwellError `bad-input` for what is no probability, a cost below 0, amounts that are not finite
 */
export function expectedProfit(probabilities: Float64Array, money: ContactMoney, parts = 20): ContactProfit {
  checkMoney(money);
  checkProbabilities(probabilities);
  const descending = probabilities.toSorted().reverse();
  const responses = sumsUpTo(descending);
  const all = descending.length;
  const outcome = (customers: number): ContactOutcome =>
    outcomeOf(customers, responses[customers], all, money);
  const [nobody, best] = [outcome(0), outcome(worthContacting(descending, money))];
  return {
    breakEven: breakEvenOf(money),
    // What is earned by a hair may be lost in rounding.
    best: best.profit > 0 ? best : nobody,
    all: outcome(all),
    nobody,
    curve: all === 0 ? [] : countsOf(all, parts).map(outcome),
  };
}

/**
 * What contacts brought, by how many of the customers with the highest scores got one. The best number is that in hindsight: it
 * flatters itself a little, as it is chosen by the responses that it is measured by. Customers of one score go together.
 *
 * @param scores by customer, finite
 * @param target 1 for those who responded
 * @param parts as in {@link expectedProfit}; where a border is among customers of one score, the mean over their orders
 * @throws PairwellError `bad-input` for no customers, scores that are not finite, targets other than 0 and 1, wrong money
 */
export function realisedProfit(
  scores: Float64Array,
  target: Uint8Array,
  money: ContactMoney,
  parts = 20,
): ContactProfit {
  checkMoney(money);
  checkPairs(scores, target);
  const steps = rankedSteps(scores);
  const rows = stepSums(steps);
  const ones = stepSums(steps, target);
  const all = scores.length;
  const nobody = outcomeOf(0, 0, all, money);
  let best = nobody;
  let [customers, responses] = [0, 0];
  for (let step = 0; step < rows.length; step++) {
    customers += rows[step];
    responses += ones[step];
    if (responses * money.value - customers * money.contactCost > best.profit)
      best = outcomeOf(customers, responses, all, money);
  }
  const wanted = countsOf(all, parts);
  const found = sumsOfBest(rows, ones, wanted);
  return {
    breakEven: breakEvenOf(money),
    best,
    all: outcomeOf(all, totalOf(ones), all, money),
    nobody,
    curve: wanted.map((count, n) => outcomeOf(count, found[n], all, money)),
  };
}

/** @param all how many customers there are */
export function outcomeOf(
  customers: number,
  responses: number,
  all: number,
  { contactCost, value }: ContactMoney,
): ContactOutcome {
  // A sum of nothing is 0, not −0.
  const [moneyIn, moneyOut] = [responses * value + 0, customers * contactCost];
  return {
    share: all > 0 ? customers / all : 0,
    customers,
    responses,
    moneyIn,
    moneyOut,
    profit: moneyIn - moneyOut,
  };
}

function checkProbabilities(probabilities: Float64Array): void {
  const at = probabilities.findIndex((probability) => !(probability >= 0 && probability <= 1));
  if (at < 0) return;
  const message = `Number ${at} is ${probabilities[at]}, not a probability; calibrate the scores first.`;
  throw new PairwellError('bad-input', message, { at });
}
