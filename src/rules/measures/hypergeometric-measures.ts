import { hypergeometricQuantile, lowerTail, upperTail } from '../../stats/hypergeometric.ts';
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
    of: (xy, x, y, n) => upperTail(xy, n, y, x),
  },
  hyperConfidence: {
    label: 'Hyper-confidence',
    formula: 'P(C < n11)',
    range: [0, 1],
    isSymmetric: true,
    source: sources.hahsler,
    of: (xy, x, y, n) => lowerTail(xy - 1, n, y, x),
  },
  hyperLift: {
    label: 'Hyper-lift (99 %)',
    formula: 'n11 / q, q: the 99 % quantile of C',
    range: [0, Number.POSITIVE_INFINITY],
    isSymmetric: true,
    limits: '∞ where the quantile is 0; NaN where besides no transaction holds the rule',
    source: sources.hahsler,
    of: (xy, x, y, n) => xy / hypergeometricQuantile(0.99, n, y, x),
  },
} as const satisfies Record<string, CountMeasure>;
