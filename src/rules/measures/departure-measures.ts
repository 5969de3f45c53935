import type { CountMeasure } from './measure.ts';
import { sources } from './sources.ts';
import { lift } from './support-confidence-lift.ts';
import { surplus } from './surplus.ts';

/** How far, and to which side, a rule is from what independence would bring about. */
export const departureMeasures = {
  lift: {
    label: 'Lift',
    formula: 'P(XY) / (P(X) P(Y))',
    range: [0, Number.POSITIVE_INFINITY],
    neutral: 1,
    isSymmetric: true,
    source: sources.brin,
    of: lift,
  },
  varyingLiaison: {
    label: 'Varying rates liaison',
    formula: 'lift − 1',
    range: [-1, Number.POSITIVE_INFINITY],
    neutral: 0,
    isSymmetric: true,
    source: 'Bernard and Charron, Mathématiques et sciences humaines 134, 1996',
    of: (xy, x, y, n) => surplus(xy, x, y, n) / (x * y),
  },
  leverage: {
    label: 'Leverage (Piatetsky-Shapiro)',
    formula: 'P(XY) − P(X) P(Y)',
    range: [-0.25, 0.25],
    neutral: 0,
    isSymmetric: true,
    source: 'Piatetsky-Shapiro, Knowledge Discovery in Databases, 1991',
    of: (xy, x, y, n) => surplus(xy, x, y, n) / (n * n),
  },
  addedValue: {
    label: 'Added value',
    formula: 'P(Y|X) − P(Y)',
    range: [-1, 1],
    neutral: 0,
    isSymmetric: false,
    source: sources.tan,
    of: addedValue,
  },
  centeredConfidence: {
    label: 'Centred confidence (the same as added value)',
    formula: 'P(Y|X) − P(Y)',
    range: [-1, 1],
    neutral: 0,
    isSymmetric: false,
    source: 'Lavrač, Flach and Zupan, Inductive Logic Programming, 1999, pp. 174–185',
    of: addedValue,
  },
  doc: {
    label: 'Difference of confidence (doc)',
    formula: 'P(Y|X) − P(Y|¬X)',
    range: [-1, 1],
    neutral: 0,
    isSymmetric: false,
    limits: 'NaN where every transaction holds the antecedent',
    source: 'Hofmann and Wilhelm, Computational Statistics 16, 2001, pp. 399–415',
    of: (xy, x, y, n) => surplus(xy, x, y, n) / (x * (n - x)),
  },
  relativeRisk: {
    label: 'Relative risk',
    formula: 'P(Y|X) / P(Y|¬X)',
    range: [0, Number.POSITIVE_INFINITY],
    neutral: 1,
    isSymmetric: false,
    limits:
      '∞ where no transaction has the consequent alone; NaN where besides every transaction holds the antecedent',
    source: 'Sistrom and Garvan, Radiology 230, 2004, pp. 12–19',
    of: (xy, x, y, n) => (xy * (n - x)) / (x * (y - xy)),
  },
  conviction: {
    label: 'Conviction',
    formula: 'P(X) P(¬Y) / P(X¬Y)',
    range: [0, Number.POSITIVE_INFINITY],
    neutral: 1,
    isSymmetric: false,
    limits: '∞ where the rule always holds; NaN where besides every transaction holds the consequent',
    source: sources.brin,
    of: (xy, x, y, n) => (x * (n - y)) / (n * (x - xy)),
  },
  importance: {
    // The documents of arules have L(¬Y|X) under the line, arules itself and Microsoft what stands here.
    label: 'Importance (Microsoft)',
    formula: 'log10(L(Y|X) / L(Y|¬X)), L: Laplace-corrected confidence',
    range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
    isSymmetric: false,
    source: 'Microsoft Association Algorithm Technical Reference (SQL Server Analysis Services)',
    of: (xy, x, y, n) => Math.log10(((xy + 1) * (n - x + 2)) / ((x + 2) * (y - xy + 1))),
  },
  zhang: {
    label: "Zhang's measure",
    formula: '(P(Y|X) − P(Y|¬X)) / max(P(Y|X), P(Y|¬X))',
    range: [-1, 1],
    neutral: 0,
    isSymmetric: false,
    limits: '0 where every transaction holds the antecedent (as in mlxtend)',
    source: 'Zhang, PAKDD 2000, LNCS 1805, pp. 245–256',
    of: (xy, x, y, n) => (x === n ? 0 : surplus(xy, x, y, n) / Math.max(xy * (n - x), x * (y - xy))),
  },
  lerman: {
    label: 'Lerman similarity',
    formula: '(n11 − e) / √e, e = n P(X) P(Y)',
    range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
    neutral: 0,
    isSymmetric: true,
    source: 'Lerman, Classification et analyse ordinale des données, 1981',
    of: (xy, x, y, n) => surplus(xy, x, y, n) / Math.sqrt(n * x * y),
  },
  implicationIndex: {
    label: 'Implication index (lower is better)',
    formula: '(n10 − e) / √e, e = n P(X) P(¬Y)',
    range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
    neutral: 0,
    isSymmetric: false,
    limits: '0 where every transaction holds the consequent (arules: NaN)',
    source: "Gras and others, L'implication statistique, 1996",
    of: (xy, x, y, n) => (y === n ? 0 : (x * y - xy * n) / Math.sqrt(n * x * (n - y))),
  },
  RLD: {
    label: 'Relative linkage disequilibrium (RLD)',
    formula: 'D / (D + min(n10, n01)) where D > 0, else D / (D − min(n11, n00)); D = n leverage',
    range: [0, 1],
    neutral: 0,
    isSymmetric: true,
    limits: '0 where every transaction holds one of the sides (arules: NaN)',
    source: 'Kenett and Salini, Advances in Data Mining, LNCS 5077, 2008, pp. 189–199',
    of: relativeLinkage,
  },
} as const satisfies Record<string, CountMeasure>;

function addedValue(xy: number, x: number, y: number, n: number): number {
  return surplus(xy, x, y, n) / (x * n);
}

function relativeLinkage(xy: number, x: number, y: number, n: number): number {
  const nD = surplus(xy, x, y, n);
  if (nD === 0) return 0;
  if (nD > 0) return nD / (nD + n * (Math.min(x, y) - xy));
  return nD / (nD - n * Math.min(xy, n - x - y + xy));
}
