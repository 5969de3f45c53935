import { hypergeometricQuantile, lowerTail, upperTail } from '../../stats/hypergeometric.ts';
import { RememberedCounts, symmetricColumn } from '../remembered-counts.ts';
import { type RuleColumns, ruleCount } from '../rule-columns.ts';
import type { CountMeasure } from './measure.ts';
import { sources } from './sources.ts';

/**
 * How likely independent sides would meet this often: C is the number of transactions with both, hypergeometric given
 * the supports. They throw PairwellError `bad-input` for impossible counts.
 */
export const hypergeometricMeasures = {
  fishersExactTest: {
    label: "Fisher's exact test, one-sided p-value (lower is better)",
    formula: 'P(C ≥ n11)',
    range: [0, 1],
    isSymmetric: true,
    source: sources.hahsler,
    of: fisher,
    column: (rules) => symmetricColumn(rules, fisher),
  },
  hyperConfidence: {
    label: 'Hyper-confidence',
    formula: 'P(C < n11)',
    range: [0, 1],
    isSymmetric: true,
    source: sources.hahsler,
    of: hyperConfidence,
    column: (rules) => symmetricColumn(rules, hyperConfidence),
  },
  hyperLift: {
    label: 'Hyper-lift (99 %)',
    formula: 'n11 / q, q: the 99 % quantile of C',
    range: [0, Number.POSITIVE_INFINITY],
    isSymmetric: true,
    limits: '∞ where the quantile is 0; NaN where besides no transaction holds the rule',
    source: sources.hahsler,
    of: (xy, x, y, n) => xy / quantile(x, y, n),
    column: hyperLiftColumn,
  },
} as const satisfies Record<string, CountMeasure>;

function fisher(xy: number, x: number, y: number, n: number): number {
  return upperTail(xy, n, y, x);
}

function hyperConfidence(xy: number, x: number, y: number, n: number): number {
  return lowerTail(xy - 1, n, y, x);
}

function quantile(x: number, y: number, n: number): number {
  return hypergeometricQuantile(0.99, n, y, x);
}

/** The quantile does not depend on how often a rule holds. */
function hyperLiftColumn(rules: RuleColumns): Float64Array {
  const { supportCount, antecedentCount, consequentCount, transactionCount: n } = rules;
  const column = new Float64Array(ruleCount(rules));
  const quantiles = new RememberedCounts((_, x, y) => quantile(x, y, n), column.length);
  for (let rule = 0; rule < column.length; rule++) {
    column[rule] = supportCount[rule] / quantiles.of(0, antecedentCount[rule], consequentCount[rule]);
  }
  return column;
}
