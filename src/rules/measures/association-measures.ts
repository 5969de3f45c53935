import { deviance } from '../../stats/saddle-point.ts';
import { symmetricColumn } from '../remembered-counts.ts';
import type { CountMeasure } from './measure.ts';
import { sources } from './sources.ts';
import { surplus } from './surplus.ts';

const tellsNothing = '0 where every transaction holds one of the sides (arules: NaN)';
const noOdds = 'NaN where every transaction holds one of the sides';

/** How much the two sides of a rule tell of each other, as measures of 2×2 tables have it. */
export const associationMeasures = {
  chiSquared: {
    label: 'χ² statistic (without continuity correction)',
    formula: 'n φ²',
    range: [0, Number.POSITIVE_INFINITY],
    neutral: 0,
    isSymmetric: true,
    limits: tellsNothing,
    source: 'Brin, Motwani and Silverstein, SIGMOD 1997, pp. 265–276',
    of: (xy, x, y, n) => n * phi(xy, x, y, n) ** 2,
  },
  phi: {
    label: 'φ correlation',
    formula: '(P(XY) − P(X) P(Y)) / √(P(X) P(¬X) P(Y) P(¬Y))',
    range: [-1, 1],
    neutral: 0,
    isSymmetric: true,
    limits: tellsNothing,
    source: sources.tan,
    of: phi,
  },
  oddsRatio: {
    label: 'Odds ratio',
    formula: 'n11 n00 / (n10 n01)',
    range: [0, Number.POSITIVE_INFINITY],
    neutral: 1,
    isSymmetric: true,
    limits: `∞ where n10 or n01 is 0; ${noOdds}`,
    source: sources.tan,
    of: (xy, x, y, n) => (xy * neither(xy, x, y, n)) / ((x - xy) * (y - xy)),
  },
  yuleQ: {
    label: "Yule's Q",
    formula: '(n11 n00 − n10 n01) / (n11 n00 + n10 n01)',
    range: [-1, 1],
    neutral: 0,
    isSymmetric: true,
    limits: `1 where n10 or n01 is 0 (arules: NaN); ${noOdds}`,
    source: sources.tan,
    of: (xy, x, y, n) => contrast(xy * neither(xy, x, y, n), (x - xy) * (y - xy)),
  },
  yuleY: {
    label: "Yule's Y (colligation)",
    formula: '(√(n11 n00) − √(n10 n01)) / (√(n11 n00) + √(n10 n01))',
    range: [-1, 1],
    neutral: 0,
    isSymmetric: true,
    limits: `1 where n10 or n01 is 0 (arules: NaN); ${noOdds}`,
    source: sources.tan,
    of: (xy, x, y, n) => contrast(Math.sqrt(xy * neither(xy, x, y, n)), Math.sqrt((x - xy) * (y - xy))),
  },
  kappa: {
    label: "Cohen's κ",
    formula: '2 (P(XY) − P(X) P(Y)) / (P(X) P(¬Y) + P(¬X) P(Y))',
    range: [-1, 1],
    neutral: 0,
    isSymmetric: true,
    limits: tellsNothing,
    source: sources.tan,
    of: kappa,
  },
  lambda: {
    label: "Goodman and Kruskal's λ",
    formula: '(max(n11, n10) + max(n01, n00) − m) / (n − m), m = n max(P(Y), P(¬Y))',
    range: [0, 1],
    neutral: 0,
    isSymmetric: false,
    limits: '0 where every transaction holds the consequent (arules: NaN)',
    source: sources.tan,
    of: lambda,
  },
  gini: {
    label: 'Gini index',
    formula: '2 P(X) P(¬X) (P(Y|X) − P(Y|¬X))²',
    range: [0, 0.5],
    neutral: 0,
    isSymmetric: false,
    limits: '0 where every transaction holds the antecedent (arules: NaN)',
    source: sources.tan,
    of: gini,
  },
  jMeasure: {
    label: 'J-measure (nats)',
    formula: 'P(XY) ln(P(Y|X) / P(Y)) + P(X¬Y) ln(P(¬Y|X) / P(¬Y))',
    range: [0, 1 / Math.E],
    neutral: 0,
    isSymmetric: false,
    limits: '0 ln 0 counts as 0 (arules: NaN)',
    source: 'Smyth and Goodman, Knowledge Discovery in Databases, 1991',
    of: jMeasure,
  },
  mutualInformation: {
    label: 'Mutual information, as a share of the smaller entropy',
    formula: 'Σ P(ij) ln(P(ij) / (P(i) P(j))) / min(H(X), H(Y)) over i = X, ¬X and j = Y, ¬Y',
    range: [0, 1],
    neutral: 0,
    isSymmetric: true,
    limits: `0 ln 0 counts as 0 (arules: NaN); ${tellsNothing}`,
    source: sources.tan,
    of: mutualInformation,
    column: (rules) => symmetricColumn(rules, mutualInformation),
  },
} as const satisfies Record<string, CountMeasure>;

function neither(xy: number, x: number, y: number, n: number): number {
  return n - x - y + xy;
}

/** (r − 1) / (r + 1) for r = a / b, also where b is 0. */
function contrast(a: number, b: number): number {
  return (a - b) / (a + b);
}

function phi(xy: number, x: number, y: number, n: number): number {
  if (x === n || y === n) return 0;
  return surplus(xy, x, y, n) / Math.sqrt(x * (n - x) * (y * (n - y)));
}

function kappa(xy: number, x: number, y: number, n: number): number {
  if (x === n || y === n) return 0;
  return (2 * surplus(xy, x, y, n)) / (x * (n - y) + (n - x) * y);
}

function lambda(xy: number, x: number, y: number, n: number): number {
  if (y === n) return 0;
  const guessed = Math.max(y, n - y);
  const told = Math.max(xy, x - xy) + Math.max(y - xy, neither(xy, x, y, n));
  return (told - guessed) / (n - guessed);
}

/** By the law of total variance the sum of squares of the definition is this, without its cancellation. */
function gini(xy: number, x: number, y: number, n: number): number {
  if (x === n) return 0;
  return (2 * surplus(xy, x, y, n) ** 2) / (n * n * x * (n - x));
}

// Sums of o ln(o / e) over cells are sums of `deviance`, as the differences o − e cancel out: no term is below 0,
// nothing cancels near independence, and 0 ln 0 is 0.

function jMeasure(xy: number, x: number, y: number, n: number): number {
  const more = surplus(xy, x, y, n) / n;
  return (deviance(xy, (x * y) / n, more) + deviance(x - xy, (x * (n - y)) / n, -more)) / n;
}

function mutualInformation(xy: number, x: number, y: number, n: number): number {
  if (x === n || y === n) return 0;
  const more = surplus(xy, x, y, n) / n;
  const information =
    deviance(xy, (x * y) / n, more) +
    deviance(x - xy, (x * (n - y)) / n, -more) +
    deviance(y - xy, ((n - x) * y) / n, -more) +
    deviance(neither(xy, x, y, n), ((n - x) * (n - y)) / n, more);
  // Sides that are always together may come out a rounding error above 1.
  return Math.min(1, information / (n * Math.min(entropy(x / n), entropy(y / n))));
}

/** Of something with the probability p, 0 < p < 1, in nats. */
function entropy(p: number): number {
  return -p * Math.log(p) - (1 - p) * Math.log1p(-p);
}
