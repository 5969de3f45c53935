import { BestOf } from './best-of.ts';
import { type Expression, isWithinLimits, keyOf } from './expression.ts';
import { PairSums } from './pair-sums.ts';
import { foundPerKept, type Part, type Search } from './search.ts';

export interface PaperRules {
  /** By class: who stays, who leaves. */
  readonly expressions: readonly [Expression, Expression];
  /** The mean of both classes' squared errors on the choice part, a row. */
  readonly error: number;
  /** By class. */
  readonly layers: readonly [number, number];
}

interface Candidate {
  readonly expression: Expression;
  /** Σ (z − y)² on the choice part. */
  readonly error: number;
}

/**
 * Self-organising fuzzy rule induction as `analytics.md` describes it: GMDH layers of AND over pairs of inputs and their NOTs by the
 * squared error Σ (z − y)², of which the best F go into the next layer as long as the sum of their errors falls; then the OR of two of
 * them with the least error. Errors of the fit part tell which are worth a look, those of the choice part decide. What goes beyond the
 * limits, or asks for a thing and its opposite, is passed over.
 */
export function searchPaper(search: Search): PaperRules {
  const pairs = new PairSums(search.fit.membership, search.fit.target);
  const [stay, leave] = ([0, 1] as const).map((which) => ofClass(search, pairs, which));
  const error = (stay.error + leave.error) / 2 / search.choice.target.length;
  return {
    expressions: [stay.expression, leave.expression],
    error,
    layers: [stay.layers, leave.layers],
  };
}

function ofClass(search: Search, pairs: PairSums, which: 0 | 1): Candidate & { readonly layers: number } {
  const { algebra } = search;
  const fitGoal = search.fit.target.map((one) => (one === which ? 1 : 0));
  const choiceGoal = search.choice.target.map((one) => (one === which ? 1 : 0));
  let kept = best(search, firstLayer(search, pairs, fitGoal), choiceGoal);
  let layers = 1;
  for (let error = errorOf(kept); ; layers++) {
    const inputs = kept
      .flatMap(({ expression }) => [expression, algebra.not(expression)])
      .filter((expression) => isWithinLimits(expression, search.limits));
    const next = best(search, found(search, pairsOf(inputs, algebra.and.bind(algebra)), fitGoal), choiceGoal);
    const nextError = errorOf(next);
    if (next.length < kept.length || !(nextError < error)) break;
    kept = next;
    error = nextError;
  }
  const ors = pairsOf(
    kept.map(({ expression }) => expression),
    algebra.or.bind(algebra),
  );
  const [chosen] = best(search, ors, choiceGoal);
  return { ...chosen, layers };
}

const errorOf = (kept: readonly Candidate[]): number => kept.reduce((sum, { error }) => sum + error, 0);

/** All pairs, and each with itself, within one list. */
function pairsOf(
  inputs: readonly Expression[],
  joined: (a: Expression, b: Expression) => Expression,
): Expression[] {
  return inputs.flatMap((one, at) => inputs.slice(at).map((other) => joined(one, other)));
}

/** The ANDs of two literals, and single ones, with the least errors. */
function firstLayer({ width, algebra, limits }: Search, pairs: PairSums, goal: Float64Array): Expression[] {
  const found = new BestOf<Expression>(foundPerKept * width);
  const keys = new Set<string>();
  pairs.each(goal, (first, literal, _sum, squares, _target, against) => {
    const gain = 2 * against - squares;
    if (!(gain > found.bar)) return;
    const conjunction = algebra.conjunction(first === null ? [literal] : [first, literal]);
    if (!conjunction || conjunction.length > limits.terms || !algebra.isPlain(conjunction)) return;
    if (keys.has(keyOf([conjunction]))) return;
    keys.add(keyOf([conjunction]));
    found.add(gain, [conjunction]);
  });
  return found.things;
}

/** Those of some with the least errors on the fit part. */
function found(search: Search, expressions: readonly Expression[], goal: Float64Array): Expression[] {
  return least(search, expressions, search.fit, goal, foundPerKept * search.width).map(
    ({ expression }) => expression,
  );
}

/** Those of some with the least errors on the choice part. */
function best(search: Search, expressions: readonly Expression[], goal: Float64Array): Candidate[] {
  return least(search, expressions, search.choice, goal, search.width);
}

function least(
  { algebra, limits }: Search,
  expressions: readonly Expression[],
  { membership }: Part,
  goal: Float64Array,
  most: number,
): Candidate[] {
  const kept = new BestOf<Candidate>(most);
  const byKey = new Map(expressions.map((expression) => [keyOf(expression), expression]));
  for (const expression of byKey.values()) {
    if (expression.length === 0 || !isWithinLimits(expression, limits)) continue;
    if (!expression.every((conjunction) => algebra.isPlain(conjunction))) continue;
    const degrees = membership.expression(expression);
    let error = 0;
    for (let n = 0; n < degrees.length; n++) error += (degrees[n] - goal[n]) ** 2;
    kept.add(-error, { expression, error });
  }
  return kept.things;
}
