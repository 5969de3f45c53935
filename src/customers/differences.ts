import { PairwellError } from '../errors.ts';
import { benjaminiHochberg } from '../stats/adjust.ts';
import { type Difference, differenceOf, type NotTested } from './differences-compare.ts';
import type { CustomerAttribute } from './ledger.ts';

/** Two groups of customers by their numbers; nobody is in both. */
export interface ComparedGroups {
  readonly top: Int32Array;
  readonly next: Int32Array;
  /** Who they are, in words. */
  readonly definition: string;
}

export interface DifferenceOptions {
  /** What the groups were made by, which is not tested: it differs by definition. */
  readonly defining?: readonly string[];
  /** What goes into that, such as the number of orders into revenue: tested, but marked. */
  readonly parts?: readonly string[];
  /** By name: the attribute that says the same, and is tested in its place. */
  readonly repeats?: ReadonlyMap<string, string>;
  /** The expected share of false discoveries among all that is called significant: 0 < alpha < 1. Default 0.05. */
  readonly alpha?: number;
  /** Confidence of the intervals of effects. Default 0.95. */
  readonly level?: number;
}

/** What sets the best customers apart from the next. */
export interface DifferencesReport {
  readonly definition: string;
  readonly top: number;
  readonly next: number;
  readonly alpha: number;
  /** The largest effect first, up or down. */
  readonly differences: readonly TestedDifference[];
  readonly notTested: readonly NotTested[];
  readonly significant: number;
  /** Up to three names to begin with: significant, of the largest effect, and no part of what the groups were made by. */
  readonly telling: readonly string[];
  readonly sentence: string;
  readonly code: 'too-few-customers' | null;
}

export type TestedDifference = Difference & {
  /** `p` among all tests of the report (Benjamini and Hochberg). */
  readonly adjustedP: number;
  readonly isSignificant: boolean;
  /** See {@link DifferenceOptions.parts}. */
  readonly isPart: boolean;
};

const leastCustomers = 5;

/**
 * Tests each attribute between two groups: numbers by the rank-sum test with Cliff's delta, labels by χ² or Fisher's test
 * with Cramér's V; p-values are adjusted for their number. Effects of the two kinds are both 1 where the groups have
 * nothing in common, and are sorted together.
 *
 * @param attributes of distinct names
 * @throws PairwellError `bad-input` for a customer in both groups, or an alpha or level not between 0 and 1
 */
export function differencesOf(
  attributes: readonly CustomerAttribute[],
  groups: ComparedGroups,
  options: DifferenceOptions = {},
): DifferencesReport {
  const { defining = [], parts = [], repeats, alpha = 0.05, level = 0.95 } = options;
  check(groups, alpha, level);
  const { top, next, definition } = groups;
  const base = { definition, top: top.length, next: next.length, alpha };
  if (Math.min(top.length, next.length) < leastCustomers) {
    const sentence = `The groups have ${top.length} and ${next.length} customers; it takes ${leastCustomers} in each.`;
    return {
      ...base,
      differences: [],
      notTested: [],
      significant: 0,
      telling: [],
      sentence,
      code: 'too-few-customers',
    };
  }
  const found = attributes.map((attribute) => {
    const { name } = attribute;
    const same = repeats?.get(name);
    if (defining.includes(name))
      return { name, code: 'defines-the-groups', text: 'The groups were made by it.' } as const;
    if (same !== undefined)
      return {
        name,
        code: 'repeats-another',
        text: `It says the same of nearly all customers as "${same}".`,
      } as const;
    return differenceOf(attribute, top, next, level);
  });
  const tested = found.filter((one) => 'effect' in one);
  const adjusted = benjaminiHochberg(Float64Array.from(tested, ({ p }) => p));
  const differences = tested
    .map((one, at) => ({
      ...one,
      adjustedP: adjusted[at],
      isSignificant: adjusted[at] <= alpha,
      isPart: parts.includes(one.name),
    }))
    .sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect) || a.p - b.p);
  const significant = differences.filter(({ isSignificant }) => isSignificant);
  const telling = significant
    .filter(({ isPart }) => !isPart)
    .slice(0, 3)
    .map(({ name }) => name);
  return {
    ...base,
    differences,
    notTested: found.filter((one): one is NotTested => !('effect' in one)),
    significant: significant.length,
    telling,
    sentence: sentenceOf(differences.length, significant.length, telling),
    code: null,
  };
}

export interface GroupShares {
  /** The best of all customers, 0 < share < 1. Default 0.1. */
  readonly top?: number;
  /** Those next to them. Default 0.1. */
  readonly next?: number;
}

/**
 * The best customers and the next. Of customers with equal values those of lower numbers come first.
 *
 * @param values by customer
 * @param customers the numbers of those to choose from
 * @param what `values` are, such as "revenue"
 * @throws PairwellError `bad-input` for shares that are not above 0 or are above 1 together
 */
export function bestAndNext(
  values: Float64Array,
  customers: Int32Array,
  what: string,
  { top = 0.1, next = 0.1 }: GroupShares = {},
): ComparedGroups {
  if (!(top > 0 && next > 0 && top + next <= 1)) {
    const message = `The shares of the groups are above 0 and at most 1 together, not ${top} and ${next}.`;
    throw new PairwellError('bad-input', message, { top: String(top), next: String(next) });
  }
  const order = customers.toSorted((a, b) => values[b] - values[a] || a - b);
  const [first, second] = [top, top + next].map((share) => Math.round(share * order.length));
  return {
    top: order.slice(0, first).sort(),
    next: order.slice(first, second).sort(),
    definition: `The best ${percent(top)} of the customers by ${what} against the next ${percent(next)}.`,
  };
}

function sentenceOf(tested: number, significant: number, telling: readonly string[]): string {
  if (significant === 0) return `Of ${tested} attributes and behaviours, none differs beyond chance.`;
  const begin = telling.length === 0 ? '' : ` Begin with: ${telling.join(', ')}.`;
  return `Of ${tested} attributes and behaviours, ${significant} differ beyond chance.${begin}`;
}

const percent = (share: number): string => `${Number((100 * share).toPrecision(3))} %`;

function check({ top, next }: ComparedGroups, alpha: number, level: number): void {
  for (const [name, share] of Object.entries({ alpha, level })) {
    if (share > 0 && share < 1) continue;
    const message = `"${name}" lies between 0 and 1, not at ${share}.`;
    throw new PairwellError('bad-input', message, { [name]: String(share) });
  }
  const members = new Set(top);
  const both = next.find((c) => members.has(c));
  if (both === undefined) return;
  const message = `Customer ${both} is in both groups; nobody can be compared with himself.`;
  throw new PairwellError('bad-input', message, { customer: both });
}
