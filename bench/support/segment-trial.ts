import { fromPairs } from '../../src/baskets/from-pairs.ts';
import type { Transactions } from '../../src/baskets/transactions.ts';
import { eachOrder } from '../../src/customers/behaviour/product-kinds.ts';
import type { Ledger } from '../../src/customers/ledger.ts';
import {
  confidenceStrength,
  segmentRuleCounts,
  shopConfidence,
  shrunkConfidence,
} from '../../src/customers/segment-rules.ts';
import { segmentPopularity } from '../../src/customers/segment-rules-popularity.ts';
import { fpGrowth } from '../../src/mining/fp-growth.ts';
import { absoluteSupport } from '../../src/mining/options.ts';
import { RuleIndex } from '../../src/offers/rule-index.ts';
import { terms } from '../../src/offers/rule-terms.ts';
import { generateRules } from '../../src/rules/generate.ts';
import { type RuleColumns, ruleCount } from '../../src/rules/rule-columns.ts';

/** An order that came after the training: what of it is shown, and what is to be guessed. */
export interface TrialCase {
  readonly customer: number;
  readonly cart: readonly number[];
  readonly hidden: readonly number[];
}

/** What offers are made from: the rules and the list of popular items of the shop, or of the customer's segment. */
export const arms = {
  shop: { rules: false, popularity: false },
  'segment popularity': { rules: false, popularity: true },
  'segment rules': { rules: true, popularity: false },
  'segment both': { rules: true, popularity: true },
} as const;

export type Arm = keyof typeof arms;

export interface TrialOptions {
  /** A share under 1, a count from 1 on. */
  readonly minSupport: number;
  readonly minConfidence: number;
  readonly maxLength: number;
  readonly limit: number;
  /** Orders of so many days before the newest make the popularity lists. */
  readonly recentDays: number;
}

export interface TrialResult {
  readonly rules: number;
  readonly ruleStrength: number;
  readonly popularityStrength: number;
  /** By arm and case: how many of the offers were in the hidden part. */
  readonly hits: Readonly<Record<Arm, Int32Array>>;
}

/** What a rule that bought items fire is worth beside one that the cart does, as the recommender has it. */
const historyWeight = 0.5;

/** Confidences as quotients of counts, which is what rules are made of. */
const denominator = 2 ** 30;

/**
 * Offers to customers with the rules and popular items of the shop, and of their segments drawn to the shop's. As the recommender
 * does, nothing is offered that the customer has.
 *
 * @param segmentOf by customer, −1 for none
 */
export function runTrial(
  training: Ledger,
  segmentOf: ArrayLike<number>,
  segments: number,
  cases: readonly TrialCase[],
  options: TrialOptions,
): TrialResult {
  const { baskets, orderCustomer, orderDay, owned } = ordersOf(training);
  const { minSupport, minConfidence, maxLength, limit, recentDays } = options;
  const itemsets = fpGrowth(baskets, {
    minSupport: absoluteSupport(minSupport, orderCustomer.length),
    maxLength,
  });
  const rules = generateRules(itemsets, orderCustomer.length, { minConfidence, minLift: 1 });
  const lastDay = orderDay.reduce((last, day) => Math.max(last, day), 0);
  const recent = (order: number): boolean => orderDay[order] > lastDay - recentDays;

  const shop = shopConfidence(rules);
  const counts = segmentRuleCounts(baskets, orderCustomer, segmentOf, segments, rules);
  const ruleStrength = confidenceStrength(counts, shop);
  const drawn = shrunkConfidence(counts, shop, ruleStrength);
  const indexOf = (confidences: Float64Array): RuleIndex =>
    new RuleIndex(withConfidence(rules, confidences), baskets.itemCount, {
      terms: new Uint8Array(ruleCount(rules)).fill(terms.always),
      isShown: new Uint8Array(ruleCount(rules)),
    });
  // The last one is the shop's.
  const indices = Array.from({ length: segments + 1 }, (_, s) =>
    indexOf(s < segments ? drawn.subarray(s * shop.length, (s + 1) * shop.length) : shop),
  );
  const popularOf = (group: ArrayLike<number>, groups: number) =>
    segmentPopularity(baskets, orderCustomer, group, groups, { listLength: 1_000, counts: recent });
  const ofSegments = popularOf(segmentOf, segments);
  const ofShop = popularOf(new Int8Array(owned.length), 1);
  const listOf = ({ offsets, items }: typeof ofShop, s: number) => items.subarray(offsets[s], offsets[s + 1]);

  const hitsOf = (arm: Arm): Int32Array =>
    Int32Array.from(cases, ({ customer, cart, hidden }) => {
      const segment = segmentOf[customer];
      const { rules: bySegment, popularity } = arms[arm];
      const index = indices[bySegment && segment >= 0 ? segment : segments];
      const popular = popularity && segment >= 0 ? listOf(ofSegments, segment) : listOf(ofShop, 0);
      const inCart = new Set(cart);
      const history = [...owned[customer]].filter((item) => !inCart.has(item));
      const admits = (item: number): boolean => !inCart.has(item) && !owned[customer].has(item);
      const proposals = index.propose({ cart, history, historyWeight, limit, admits, holds: () => true });
      const offers = new Set(proposals.map(({ item }) => item));
      for (const item of popular) {
        if (offers.size >= limit) break;
        if (admits(item)) offers.add(item);
      }
      return hidden.filter((item) => offers.has(item)).length;
    });
  const hits = Object.fromEntries(Object.keys(arms).map((arm) => [arm, hitsOf(arm as Arm)]));
  return {
    rules: ruleCount(rules),
    ruleStrength,
    popularityStrength: ofSegments.strength,
    hits: hits as Record<Arm, Int32Array>,
  };
}

/** The same rules as if they had these confidences. */
const withConfidence = (rules: RuleColumns, confidences: Float64Array): RuleColumns => ({
  ...rules,
  supportCount: Int32Array.from(confidences, (confidence) => Math.round(confidence * denominator)),
  antecedentCount: new Int32Array(confidences.length).fill(denominator),
});

interface TrainingOrders {
  readonly baskets: Transactions;
  /** By order. */
  readonly orderCustomer: Int32Array;
  readonly orderDay: Int32Array;
  /** By customer: the items bought. */
  readonly owned: readonly ReadonlySet<number>[];
}

function ordersOf(ledger: Ledger): TrainingOrders {
  const customers: number[] = [];
  const days: number[] = [];
  const orderOf: number[] = [];
  const itemOf: number[] = [];
  const owned = Array.from(ledger.documents.offsets.subarray(1), () => new Set<number>());
  eachOrder(ledger, (customer, items, document) => {
    for (const item of items) {
      orderOf.push(customers.length);
      itemOf.push(item);
      owned[customer].add(item);
    }
    customers.push(customer);
    days.push(ledger.documents.day[document]);
  });
  return {
    baskets: fromPairs(
      Int32Array.from(orderOf),
      Int32Array.from(itemOf),
      customers.length,
      ledger.products.itemCount,
    ),
    orderCustomer: Int32Array.from(customers),
    orderDay: Int32Array.from(days),
    owned,
  };
}

export interface Difference {
  /** The share of cases with a hit. */
  readonly rate: number;
  readonly base: number;
  readonly difference: number;
  /** 95 %, by bootstrap over customers, all cases of one together. */
  readonly from: number;
  readonly to: number;
}

/** How much more often an arm hits than another on the same cases. */
export function hitDifference(
  cases: readonly TrialCase[],
  arm: Int32Array,
  base: Int32Array,
  random: () => number,
  resamples = 2_000,
): Difference {
  const byCustomer = new Map<number, { cases: number; gain: number }>();
  let hits = 0;
  let baseHits = 0;
  cases.forEach(({ customer }, n) => {
    const gain = Number(arm[n] > 0) - Number(base[n] > 0);
    const own = byCustomer.get(customer) ?? { cases: 0, gain: 0 };
    byCustomer.set(customer, { cases: own.cases + 1, gain: own.gain + gain });
    hits += Number(arm[n] > 0);
    baseHits += Number(base[n] > 0);
  });
  const customers = [...byCustomer.values()];
  const drawn = Float64Array.from({ length: resamples }, () => {
    let gain = 0;
    let count = 0;
    for (let n = 0; n < customers.length; n++) {
      const one = customers[Math.floor(random() * customers.length)];
      gain += one.gain;
      count += one.cases;
    }
    return gain / count;
  }).sort();
  return {
    rate: hits / cases.length,
    base: baseHits / cases.length,
    difference: (hits - baseHits) / cases.length,
    from: drawn[Math.floor(0.025 * resamples)],
    to: drawn[Math.ceil(0.975 * resamples) - 1],
  };
}
