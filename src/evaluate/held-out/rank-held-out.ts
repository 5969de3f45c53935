import type { Exercise } from '../../ranking/exercises.ts';
import type { QuestionKind } from '../../ranking/questions.ts';
import { rankerOf } from '../../ranking/ranker-of.ts';
import type { Ranking } from '../../ranking/ranking.ts';
import type { MakeScorer } from '../../ranking/row-scorer.ts';
import type { ShopBaskets } from '../../ranking/shop-baskets.ts';
import { transactionsWhere } from '../../rules/hold-out.ts';
import { rulesAndOwnFrequency, rulesFromCart, rulesFromLastBasket } from '../baselines/pair-rules.ts';
import { personalFrequency } from '../baselines/personal-frequency.ts';
import { popularInCarts, popularItems } from '../baselines/popular-items.ts';
import type { CartMethod, NextBasketMethod } from '../method.ts';
import { cartsBy, nextBasketsBy } from '../own/ranked-lists.ts';
import { type CartCases, rankCarts } from '../protocols/cart.ts';
import type { Outcome } from '../protocols/outcome.ts';
import { type CustomerCases, rankCustomers } from '../protocols/rank-customers.ts';
import { type GroupNumber, heldOutCarts, heldOutVisits } from './held-out-cases.ts';
import { formerCarts, formerNextBaskets, type PreviousRanking } from './previous-ranking.ts';

/** The held-out questions of one exercise, and who is to answer them. Plain data, for threads. */
export interface HeldOutTask {
  readonly shop: ShopBaskets;
  readonly exercise: Exercise;
  /** What was learnt, with the world of the exercise: it has not seen what is asked about. */
  readonly ranking: Ranking;
  /** Answers questions about later days than it has learnt of alone. */
  readonly previous: PreviousRanking | null;
}

/** What the new ranking, and the one before it, are called among the methods. */
export const ownMethod = 'pairwell';
export const previousMethod = 'in-service';

/** What the answers of one exercise came to. */
export interface HeldOutOutcome {
  readonly kind: QuestionKind;
  /** By case: whose it is. */
  readonly groups: readonly GroupNumber[];
  /** By method: figures by case; NaN where the method was not asked. */
  readonly tried: readonly {
    readonly name: string;
    readonly isBaseline: boolean;
    readonly outcome: Outcome;
  }[];
}

const visitBaselines: readonly NextBasketMethod[] = [
  popularItems('all'),
  personalFrequency({ name: 'personal-frequency-recency-popularity', byRecency: true, fill: 'all' }),
  rulesFromLastBasket('confidence-lift'),
];
const cartBaselines = (customersKnown: boolean): readonly CartMethod[] => [
  popularInCarts,
  rulesFromCart('confidence-lift'),
  ...(customersKnown ? [rulesAndOwnFrequency] : []),
];

const lengths = [10];

/**
 * Has baselines, the new ranking and the one before it answer held-out questions: customers' newest baskets, as `next-basket` asks,
 * or items left out of baskets, as `cart` does.
 */
export async function rankHeldOut(task: HeldOutTask, makeScorer: MakeScorer): Promise<HeldOutOutcome> {
  return task.exercise.kind === 'visit' ? visits(task, makeScorer) : carts(task, makeScorer);
}

async function visits(
  { shop, exercise, ranking, previous }: HeldOutTask,
  makeScorer: MakeScorer,
): Promise<HeldOutOutcome> {
  const { cases, groups } = heldOutVisits(shop, exercise);
  const { histories } = cases.past;
  const tried: HeldOutOutcome['tried'][number][] = [];
  for (const method of visitBaselines) {
    const outcome = rankCustomers(await method.prepare(cases.past), cases, lengths);
    tried.push({ name: method.name, isBaseline: true, outcome });
  }
  const own = rankCustomers(nextBasketsBy(rankerOf(ranking, makeScorer), histories), cases, lengths);
  tried.push({ name: ownMethod, isBaseline: false, outcome: own });
  if (previous) {
    const later = places(cases.days, previous);
    const asked = laterVisits(cases, later);
    const outcome = rankCustomers(formerNextBaskets(previous, histories, makeScorer), asked, lengths);
    tried.push({ name: previousMethod, isBaseline: false, outcome: spread(outcome, later, groups.length) });
  }
  return { kind: 'visit', groups, tried };
}

async function carts(
  { shop, exercise, ranking, previous }: HeldOutTask,
  makeScorer: MakeScorer,
): Promise<HeldOutOutcome> {
  const { cases, past, groups } = heldOutCarts(shop, exercise);
  const tried: HeldOutOutcome['tried'][number][] = [];
  for (const method of cartBaselines(cases.past.customer.some((customer) => customer >= 0))) {
    const outcome = rankCarts(await method.prepare(cases.past), cases, lengths);
    tried.push({ name: method.name, isBaseline: true, outcome });
  }
  const own = rankCarts(cartsBy(rankerOf(ranking, makeScorer), past.histories, 'before'), cases, lengths);
  tried.push({ name: ownMethod, isBaseline: false, outcome: own });
  if (previous) {
    const later = places(cases.day, previous);
    const outcome = rankCarts(
      formerCarts(previous, past.histories, makeScorer),
      laterCarts(cases, later),
      lengths,
    );
    tried.push({ name: previousMethod, isBaseline: false, outcome: spread(outcome, later, groups.length) });
  }
  return { kind: 'cart', groups, tried };
}

/** The cases of days that the ranking before has not learnt of. */
const places = (days: Int32Array, { until }: PreviousRanking): number[] =>
  [...days.keys()].filter((at) => days[at] > until);

const isAmong = (at: readonly number[]): ((n: number) => boolean) => {
  const chosen = new Set(at);
  return (n) => chosen.has(n);
};

function laterVisits(cases: CustomerCases, at: readonly number[]): CustomerCases {
  return {
    ...cases,
    customers: Int32Array.from(at, (n) => cases.customers[n]),
    days: Int32Array.from(at, (n) => cases.days[n]),
    targets: transactionsWhere(cases.targets, isAmong(at)),
  };
}

function laterCarts(cases: CartCases, at: readonly number[]): CartCases {
  return {
    ...cases,
    baskets: transactionsWhere(cases.baskets, isAmong(at)),
    customer: Int32Array.from(at, (n) => cases.customer[n]),
    day: Int32Array.from(at, (n) => cases.day[n]),
    hidden: at.map((n) => cases.hidden[n]),
  };
}

/** Figures of some of the cases as figures of all. */
function spread(outcome: Outcome, at: readonly number[], count: number): Outcome {
  const columns = new Map<string, Float64Array>();
  for (const [name, values] of outcome.columns) {
    const column = new Float64Array(count).fill(Number.NaN);
    for (const [n, place] of at.entries()) column[place] = values[n];
    columns.set(name, column);
  }
  return { ...outcome, columns };
}
