import { fitLogistic, type LogisticModel } from '../../learn/logistic.ts';
import { logLoss, probabilityOf } from '../../learn/scores.ts';
import { normalUpperTail } from '../../stats/normal.ts';
import { BestOf } from './best-of.ts';
import { type Conjunction, keyOf, type Literal } from './expression.ts';
import { columnSums, PairSums } from './pair-sums.ts';
import { foundPerKept, type Part, type Search } from './search.ts';

/** A rule for those who leave (1) or who stay (−1). */
export interface SignedRule {
  readonly conjunction: Conjunction;
  readonly sign: 1 | -1;
}

export interface WeightedRules {
  readonly rules: readonly SignedRule[];
  /** Log-loss on the choice part. */
  readonly loss: number;
}

interface Candidate extends SignedRule {
  /** By row of the fit part. */
  readonly column: Float64Array;
  readonly gain: number;
}

/** A rule about fewer than this share of the fit part, or one that spares fewer, is not worth the telling. */
const leastShare = 0.02;
const leastCustomers = 5;

/** With a term more, a rule has to explain so much more that this share of it is more than before. */
const perTerm = 0.95;

/** How likely it may be that the best of the candidates explains so much of the choice part by chance (Bonferroni). */
const significance = 0.05;

/**
 * Rule after rule, each by GMDH layers on what those before it leave unexplained: the residuals of a logistic regression on the rules'
 * degrees. The first layer has the literals and all ANDs of two, each next one ANDs of the kept with one literal more. Candidates are
 * found by the fit part and kept by the choice part: by the squared residuals that a line in their degree takes away (Ivakhnenko's
 * partial description). While the sum over the kept rises, the next layer is made. Rules are added while what they explain of the choice part
 * is more than chance would and its log-loss falls.
 */
export function searchWeighted(search: Search): WeightedRules {
  const { fit, choice, limits } = search;
  const pairs = new PairSums(fit.membership, fit.target);
  const rules: Candidate[] = [];
  const choiceColumns: Float64Array[] = [];
  let best: WeightedRules = { rules: [], loss: Number.POSITIVE_INFINITY };
  for (;;) {
    const fitColumns = rules.map(({ column }) => column);
    const model = regressed(fitColumns, fit.target);
    const onChoice = probabilities(model, choiceColumns, choice.target.length);
    const loss = lossOf(onChoice, choice.target);
    if (!(loss < best.loss)) break;
    best = { rules: [...rules], loss };
    const onFit = probabilities(model, fitColumns, fit.target.length);
    const open = ([1, -1] as const).filter(
      (sign) => rules.filter((rule) => rule.sign === sign).length < limits.conjunctions,
    );
    const next = nextRule(search, pairs, rules, open, {
      fit: fit.target.map((one, n) => one - onFit[n]),
      choice: choice.target.map((one, n) => one - onChoice[n]),
    });
    if (!next) break;
    rules.push(next);
    choiceColumns.push(choice.membership.conjunction(next.conjunction));
  }
  return { ...best, rules: best.rules.map(({ conjunction, sign }) => ({ conjunction, sign })) };
}

interface Residuals {
  readonly fit: Float64Array;
  readonly choice: Float64Array;
}

/** @param open the signs that a rule may have yet */
function nextRule(
  { fit, choice, algebra, limits, width }: Search,
  pairs: PairSums,
  rules: readonly Candidate[],
  open: readonly (1 | -1)[],
  residuals: Residuals,
): Candidate | undefined {
  const count = fit.membership.rows.length;
  const least = Math.max(leastCustomers, leastShare * count);
  const ones = sumOf(fit.target);
  const unexplained = sumOf(residuals.fit);
  const known = new Set(rules.map(({ conjunction }) => keyOf([conjunction])));
  // What holds for the same customers is the same rule: the first found, with the fewest terms, stands.
  const seen = new Set<string>();
  let kept: Candidate[] = [];
  let best: Candidate | undefined;
  let layerGain = 0;
  let tried = 0;
  for (let terms = 2; terms <= Math.max(2, limits.terms); terms++) {
    const found = new BestOf<SignedRule>(foundPerKept * width);
    const look = (
      first: Conjunction,
      literal: Literal,
      sum: number,
      squares: number,
      target: number,
      against: number,
    ): void => {
      if (sum < least || count - sum < least) return;
      const covariance = against - (sum * unexplained) / count;
      const gain = covariance ** 2 / (squares - sum ** 2 / count);
      if (!(gain > found.bar)) return;
      const sign = covariance > 0 ? 1 : -1;
      // What speaks for leaving beside the other rules has to do so by itself as well, or nobody would understand it.
      if (!open.includes(sign) || sign * (target - (sum * ones) / count) <= 0) return;
      const conjunction = algebra.conjunction([...first, literal]);
      if (!conjunction || conjunction.length > limits.terms || !algebra.isPlain(conjunction)) return;
      const figures = `${sum.toPrecision(9)} ${gain.toPrecision(9)}`;
      if (known.has(keyOf([conjunction])) || seen.has(figures)) return;
      seen.add(figures);
      found.add(gain, { conjunction, sign });
    };
    if (terms === 2)
      pairs.each(residuals.fit, (first, literal, sum, squares, target, against) =>
        look(first === null ? [] : [first], literal, sum, squares, target, against),
      );
    else
      for (const { column, conjunction } of kept)
        columnSums(fit.membership, column, fit.target, residuals.fit, conjunction, look);
    const chosen = new BestOf<Candidate>(width);
    tried += found.things.length;
    for (const { conjunction, sign } of found.things) {
      const gain = gainOn(choice, conjunction, sign, residuals.choice);
      if (!(gain > 0) || !(gain > chosen.bar)) continue;
      const column = fit.membership.conjunction(conjunction);
      if (holdsFor(column) >= least) chosen.add(gain, { conjunction, sign, column, gain });
    }
    kept = chosen.things;
    const sum = kept.reduce((all, { gain }) => all + gain, 0);
    if (!(sum > layerGain)) break;
    layerGain = sum;
    for (const one of kept) if (!best || worth(one) > worth(best)) best = one;
  }
  if (!best) return undefined;
  const rows = residuals.choice.length;
  const variance = residuals.choice.reduce((sum, residual) => sum + residual ** 2 / rows, 0);
  const z = Math.sqrt((best.gain * rows) / variance);
  return normalUpperTail(z) * tried <= significance ? best : undefined;
}

/** The squared residuals that a line in the degree takes away, a row; 0 where it would go the other way. */
function gainOn(
  { membership }: Part,
  conjunction: Conjunction,
  sign: number,
  residuals: Float64Array,
): number {
  const count = residuals.length;
  const degrees = membership.conjunction(conjunction);
  let sum = 0;
  let squares = 0;
  let all = 0;
  let against = 0;
  for (let n = 0; n < count; n++) {
    sum += degrees[n];
    squares += degrees[n] * degrees[n];
    all += residuals[n];
    against += degrees[n] * residuals[n];
  }
  const covariance = against - (sum * all) / count;
  const spread = squares - sum ** 2 / count;
  return covariance * sign > 0 && spread > 0 ? covariance ** 2 / spread / count : 0;
}

/** Long rules have to be better than short ones. */
const worth = ({ gain, conjunction }: Candidate): number => gain * perTerm ** conjunction.length;

/** How many it holds for. */
function holdsFor(degrees: Float64Array): number {
  let count = 0;
  for (let n = 0; n < degrees.length; n++) if (degrees[n] >= 0.5) count++;
  return count;
}

const sumOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);

function regressed(columns: readonly Float64Array[], target: Float64Array): LogisticModel {
  // A regression wants a column: one that never changes has no coefficient.
  const some = columns.length > 0 ? columns : [new Float64Array(target.length)];
  return fitLogistic({ table: { rows: target.length, columns: some }, target: Uint8Array.from(target) });
}

function probabilities(
  { intercept, coefficients, means }: LogisticModel,
  columns: readonly Float64Array[],
  rows: number,
): Float64Array {
  const scores = new Float64Array(rows).fill(intercept);
  for (const [at, column] of columns.entries())
    for (let n = 0; n < rows; n++) scores[n] += coefficients[at] * (column[n] - means[at]);
  return scores.map(probabilityOf);
}

const lossOf = (probability: Float64Array, target: Float64Array): number =>
  logLoss(probability, Uint8Array.from(target));
