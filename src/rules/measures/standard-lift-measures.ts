import { PairwellError } from '../../errors.ts';
import { checkCount } from '../../mining/options.ts';
import { type RuleColumns, ruleCount } from '../rule-columns.ts';
import type { ContextMeasure, MeasureContext } from './measure.ts';
import { sources } from './sources.ts';
import { lift } from './support-confidence-lift.ts';

// Given the supports of its sides, a rule holds in at most min(x, y) transactions and in at least x + y − n, in one if it
// was mined at all, and in so many more that it passes the thresholds of mining. The paper's further bound, 4s / (1 + s)²
// for the least support s, is never above the others.

/** Lift on the scale that the supports of the two sides allow it. */
export const standardLiftMeasures = {
  stdLift: {
    label: 'Standardised lift',
    formula: '(lift − λ) / (υ − λ), λ and υ: the bounds of lift',
    range: [0, 1],
    // Only a minimum confidence in the context makes a difference between the sides.
    isSymmetric: true,
    limits: '1 where the bounds are equal',
    source: sources.mcNicholas,
    column: (rules, context) => columnWithin(rules, context, standardised),
  },
  liftLowerBound: {
    label: 'Least lift that the supports (and thresholds, where given) allow',
    formula: 'λ = max(P(X) + P(Y) − 1, 1 / n, least support, least confidence P(X)) / (P(X) P(Y))',
    range: [0, Number.POSITIVE_INFINITY],
    isSymmetric: true,
    source: sources.mcNicholas,
    column: (rules, context) => columnWithin(rules, context, (_xy, least, x, y, n) => lift(least, x, y, n)),
  },
  liftUpperBound: {
    label: 'Greatest lift that the supports allow',
    formula: 'υ = 1 / max(P(X), P(Y))',
    range: [1, Number.POSITIVE_INFINITY],
    isSymmetric: true,
    source: sources.mcNicholas,
    column: (rules, context) => columnWithin(rules, context, (_xy, _least, x, y, n) => n / Math.max(x, y)),
  },
} as const satisfies Record<string, ContextMeasure>;

function standardised(xy: number, least: number, x: number, y: number): number {
  const greatest = Math.min(x, y);
  // A rule right at a threshold may be a rounding error below it.
  return greatest > least ? Math.max(0, (xy - least) / (greatest - least)) : 1;
}

/**
 * Works out `of` for every rule from its count, the least count it could have and the counts of its sides.
 *
 * @throws PairwellError `bad-input` for impossible thresholds
 */
function columnWithin(
  rules: RuleColumns,
  { minSupport = 1, minConfidence = 0 }: MeasureContext,
  of: (xy: number, least: number, x: number, y: number, n: number) => number,
): Float64Array {
  checkCount('minimum support', minSupport);
  if (!(minConfidence >= 0 && minConfidence <= 1)) {
    const message = `The minimum confidence must lie between 0 and 1, not at ${minConfidence}.`;
    throw new PairwellError('bad-input', message, { minConfidence });
  }
  const { supportCount, antecedentCount, consequentCount, transactionCount: n } = rules;
  const column = new Float64Array(ruleCount(rules));
  for (let rule = 0; rule < column.length; rule++) {
    const x = antecedentCount[rule];
    const y = consequentCount[rule];
    const least = Math.max(x + y - n, minSupport, minConfidence * x);
    column[rule] = of(supportCount[rule], least, x, y, n);
  }
  return column;
}
