import { PairwellError } from '../errors.ts';
import { logFisherGreater } from '../stats/fisher.ts';
import { type MantelHaenszel, mantelHaenszel } from '../stats/mantel-haenszel.ts';
import type { Strata } from '../stats/strata.ts';
import type { TwoByTwo } from '../stats/two-by-two.ts';
import { collapse } from './block-counts.ts';
import type { Grouping } from './calendar.ts';

/**
 * What becomes of a rule when something that is no preference is held still: `holds` in spite of it; `weakens`, as part of the
 * association was made by it; `vanishes`, as nothing is left; `reverses`, as within the groups the items rather avoid each
 * other. Where the groups have too little to find an association as strong as the one seen over all, or their odds ratio has no
 * interval, as in none of them the one comes without the other, nothing is said.
 */
export type Verdict = 'holds' | 'weakens' | 'vanishes' | 'reverses' | 'too-few-to-tell';

export interface Influence extends MantelHaenszel {
  readonly verdict: Verdict;
  /**
   * Whether the groups differ in how strong the association is, so that a common odds ratio does not tell all: p of Breslow and
   * Day's test with Tarone's correction. NaN where one group alone tells, or the odds ratio is 0 or ∞ in all.
   */
  readonly differsP: number;
  readonly groups: readonly GroupFigures[];
}

export interface GroupFigures extends TwoByTwo {
  readonly name: string;
  readonly lift: number;
  /** Fisher's exact test against independence, upper tail. */
  readonly p: number;
}

/** A common odds ratio below this share of the crude one, by logarithms, is called weaker. */
const weaker = 0.8;

/**
 * Looks at a rule within the groups of transactions, and over all of them together: the Mantel-Haenszel odds ratio beside the
 * crude one. See {@link mantelHaenszel} for the statistics and their sources.
 *
 * @param blocks the rule's tables by block
 * @param alpha level of the tests; the intervals cover 1 − alpha
 * @throws PairwellError `bad-input` when a group has fewer than two transactions, or none tells about the rule
 */
export function influenceOf(blocks: Strata, grouping: Grouping, alpha = 0.05): Influence {
  const cells = collapse(blocks, grouping.of, grouping.names.length);
  const groups = grouping.names.map((name, g) => figuresOf(name, cells, g));
  const lonely = groups.find(({ n11, n10, n01, n00 }) => n11 + n10 + n01 + n00 === 1);
  if (lonely) {
    throw new PairwellError(
      'bad-input',
      `The group "${lonely.name}" has one basket, which tells nothing: make the groups wider.`,
    );
  }
  const figures = mantelHaenszel(cells, 1 - alpha);
  return {
    ...figures,
    verdict: verdictOf(figures, alpha),
    differsP: differsP(figures),
    groups,
  };
}

function figuresOf(name: string, { n11, n10, n01, n00 }: Strata, g: number): GroupFigures {
  const table = { n11: n11[g], n10: n10[g], n01: n01[g], n00: n00[g] };
  const n = table.n11 + table.n10 + table.n01 + table.n00;
  return {
    name,
    ...table,
    lift: (table.n11 * n) / ((table.n11 + table.n10) * (table.n11 + table.n01)),
    p: Math.exp(logFisherGreater(table)),
  };
}

function differsP({ common, homogeneityTarone: { degreesOfFreedom, p } }: MantelHaenszel): number {
  return degreesOfFreedom > 0 && common.estimate > 0 && common.estimate < Number.POSITIVE_INFINITY
    ? p
    : Number.NaN;
}

function verdictOf({ crude, common, association }: MantelHaenszel, alpha: number): Verdict {
  if (common.low === 0 && common.high === Number.POSITIVE_INFINITY) return 'too-few-to-tell';
  // Not found within the groups; but their interval may still hold what was seen over all.
  if (association.p > alpha) return common.high >= crude.estimate ? 'too-few-to-tell' : 'vanishes';
  if (common.estimate < 1 && crude.estimate > 1) return 'reverses';
  const [before, after] = [Math.log(crude.estimate), Math.log(common.estimate)];
  return before > 0 && after < weaker * before ? 'weakens' : 'holds';
}

/** Where a rule holds: with a promotion and without, or under one alone. */
export type PromotionVerdict =
  | 'holds'
  | 'only-in-promotion'
  | 'not-in-promotion'
  | 'nowhere'
  | 'too-few-to-tell';

export interface PromotionInfluence {
  readonly verdict: PromotionVerdict;
  readonly inside: GroupFigures;
  readonly outside: GroupFigures;
}

/** Where a rule of lift 2 would be in fewer baskets than this, no test would see it. */
const fewest = 5;

/**
 * Whether a rule is one of a promotion alone, and so must not be served outside of it: it is significant inside, not outside
 * or turned round there, and the two differ by more than chance (Breslow and Day's test with Tarone's correction), since
 * significant here and not there is no difference yet (Gelman and Stern, The American Statistician 60, 2006).
 *
 * @param promoted by block: 1 where one of the rule's items was on promotion, else 0
 */
export function promotionInfluence(blocks: Strata, promoted: Int32Array, alpha = 0.05): PromotionInfluence {
  const cells = collapse(blocks, promoted, 2);
  const outside = figuresOf('outside', cells, 0);
  const inside = figuresOf('in promotion', cells, 1);
  return { verdict: promotionVerdict(cells, inside, outside, alpha), inside, outside };
}

function promotionVerdict(
  cells: Strata,
  inside: GroupFigures,
  outside: GroupFigures,
  alpha: number,
): PromotionVerdict {
  const holds = ({ p, lift }: GroupFigures): boolean => p <= alpha && lift > 1;
  if (holds(outside) && (holds(inside) || !canTell(inside))) return 'holds';
  if (!canTell(outside)) return 'too-few-to-tell';
  if (!holds(outside) && !holds(inside)) return 'nowhere';
  const { homogeneityTarone, association } = mantelHaenszel(cells, 1 - alpha);
  if (homogeneityTarone.p <= alpha) return holds(outside) ? 'not-in-promotion' : 'only-in-promotion';
  return association.p <= alpha ? 'holds' : 'too-few-to-tell';
}

/** Whether so many baskets are there that a lift of 2 would show. */
function canTell({ n11, n10, n01, n00 }: TwoByTwo): boolean {
  return liftShows(n11 + n10, n11 + n01, n11 + n10 + n01 + n00);
}

/**
 * Whether a lift of 2 would show among so many baskets: without it outside of promotions no verdict is of these alone.
 *
 * @param left baskets with the one side
 * @param right with the other
 * @param all of both sides and of neither
 */
export function liftShows(left: number, right: number, all: number): boolean {
  return all > 0 && (2 * left * right) / all >= fewest;
}
