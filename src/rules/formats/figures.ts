import type { RuleCounts } from '../rules-builder.ts';
import { numberOf } from './number-text.ts';
import { badRule } from './rule-set-builder.ts';

/** A number ≥ 0 that may be off, having been rounded. */
export interface Figure {
  readonly value: number;
  /** The least and the most that it may be. */
  readonly low: number;
  readonly high: number;
}

/** Many programs work with, or write, numbers of 24 bits. */
const singlePrecision = 2 ** -23;

export const exactly = (value: number): Figure => ({ value, low: value, high: value });

/**
 * The number that a text writes: off by half of its last digit where it has decimals (`0.034` by 0.0005), and by what
 * single precision loses.
 *
 * @throws PairwellError `bad-input` when it writes none, a negative or an infinite one
 */
export function figureOf(text: string, name: string, where: string): Figure {
  const value = numberOf(text);
  if (value === undefined || !(value >= 0 && value < Number.POSITIVE_INFINITY)) {
    throw badRule(where, `${name} must be a number from 0 on, not ${JSON.stringify(text)}.`);
  }
  const [, decimals = '', exponent = '0'] = /^[^.e]*(?:\.(\d*))?(?:e(.+))?$/i.exec(text) ?? [];
  const rounding = decimals === '' ? 0 : 0.5 * 10 ** (Number(exponent) - decimals.length);
  const slack = rounding + value * singlePrecision;
  return { value, low: Math.max(value - slack, 0), high: value + slack };
}

/** A share of transactions as a number of them. */
export function shareOf(share: Figure, transactionCount: number): Figure {
  return product(share, exactly(transactionCount));
}

/** What a file tells of a rule from which its counts may follow. */
export interface Clues {
  /** Transactions with the whole rule, with its antecedent and with its consequent. */
  readonly count: Figure;
  readonly antecedent?: Figure;
  readonly consequent?: Figure;
  readonly confidence: Figure;
  readonly lift?: Figure;
}

/**
 * The numbers of transactions behind a rule's figures: each the nearest whole one. What was rounded to few digits may
 * have come from several; then they are a good guess. The antecedent's follows from the confidence and the consequent's
 * from the lift where they are not given.
 *
 * @throws PairwellError `bad-input` when the figures cannot be those of whole numbers, or the consequent's is nowhere to
 *   be found
 */
export function countsFrom(clues: Clues, transactionCount: number, where: string): RuleCounts {
  const { confidence, lift } = clues;
  const confirm = (name: string, stated: Figure, found: Figure): void => {
    if (stated.low <= found.high && found.low <= stated.high) return;
    throw badRule(
      where,
      `as numbers among ${transactionCount} transactions its figures do not go together: the ${name} does not fit.`,
    );
  };
  const count = wholeNumber(clues.count, confidence.value > 0 ? 1 : 0, transactionCount);
  confirm('support', clues.count, count);

  const antecedentClue = clues.antecedent ?? quotient(count, confidence);
  const antecedent = wholeNumber(antecedentClue, Math.max(count.value, 1), transactionCount);
  confirm('antecedent', antecedentClue, antecedent);
  const foundConfidence = quotient(count, antecedent);
  confirm('confidence', confidence, foundConfidence);

  // Lift is the confidence by the consequent's share.
  const perShare = shareOf(foundConfidence, transactionCount);
  const consequentClue = clues.consequent ?? (lift && quotient(perShare, lift));
  if (!consequentClue) {
    throw badRule(
      where,
      'neither a lift nor the support of the consequent says how common the consequent is.',
    );
  }
  const most = transactionCount - antecedent.value + count.value;
  const consequent = wholeNumber(consequentClue, Math.max(count.value, 1), most);
  confirm('consequent', consequentClue, consequent);
  if (lift) confirm('lift', lift, quotient(perShare, consequent));
  return { support: count.value, antecedent: antecedent.value, consequent: consequent.value };
}

function wholeNumber({ value, low, high }: Figure, least: number, most: number): Figure {
  // From a division by zero: whatever it might be is a guess too far. Not a number fits nothing.
  if (!Number.isFinite(value)) return exactly(Number.NaN);
  const nearest = Math.min(Math.max(Math.round(value), Math.ceil(low)), Math.floor(high));
  const whole = Math.min(Math.max(nearest, least), most);
  // Where no other whole number is within reach this one is certain.
  return high - low < 1
    ? exactly(whole)
    : { value: whole, low: Math.min(low, whole), high: Math.max(high, whole) };
}

function product(a: Figure, b: Figure): Figure {
  return { value: a.value * b.value, low: a.low * b.low, high: a.high * b.high };
}

function quotient(a: Figure, b: Figure): Figure {
  return { value: a.value / b.value, low: a.low / b.high, high: a.high / b.low };
}
