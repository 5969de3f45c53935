import { rankSumTest } from '../stats/rank-sum.ts';
import { type LabelTest, labelTest } from './differences-labels.ts';
import type { CustomerAttribute } from './ledger.ts';

/** One attribute in two groups. */
export type Difference = NumberDifference | LabelDifference;

interface AnyDifference {
  readonly name: string;
  /** −1 … 1 for numbers, above 0 where the top group has more; 0 … 1 for labels. */
  readonly effect: number;
  /** Not adjusted. */
  readonly p: number;
}

export interface NumberDifference extends AnyDifference {
  readonly kind: 'number';
  readonly test: 'rank-sum' | 'rank-sum-exact';
  /** The interval of `effect`, which is Cliff's delta. */
  readonly low: number;
  readonly high: number;
  readonly top: NumberSummary;
  readonly next: NumberSummary;
}

export interface NumberSummary {
  /** Customers of whom it is known and not known. */
  readonly known: number;
  readonly missing: number;
  readonly lowerQuartile: number;
  readonly median: number;
  readonly upperQuartile: number;
}

export interface LabelDifference extends AnyDifference, Pick<LabelTest, 'test' | 'pooled'> {
  readonly kind: 'label';
  readonly top: { readonly known: number; readonly missing: number };
  readonly next: { readonly known: number; readonly missing: number };
  /** At most 12: those whose shares differ most. */
  readonly labels: readonly LabelShares[];
  /** How many more there are. */
  readonly otherLabels: number;
}

export interface LabelShares {
  readonly label: string;
  readonly top: number;
  readonly next: number;
  /** Of those in the group of whom it is known. */
  readonly topShare: number;
  readonly nextShare: number;
}

export interface NotTested {
  readonly name: string;
  readonly code: 'defines-the-groups' | 'repeats-another' | 'too-few-known' | 'no-variation';
  readonly text: string;
}

const leastKnown = 5;
const mostLabels = 12;

/**
 * @param top the numbers of the customers of either group
 * @param level confidence of the interval
 */
export function differenceOf(
  attribute: CustomerAttribute,
  top: Int32Array,
  next: Int32Array,
  level: number,
): Difference | NotTested {
  return attribute.kind === 'number'
    ? numberDifference(attribute.name, attribute.values, top, next, level)
    : labelDifference(attribute.name, attribute.values, attribute.labels, top, next);
}

function numberDifference(
  name: string,
  values: Float64Array,
  top: Int32Array,
  next: Int32Array,
  level: number,
): NumberDifference | NotTested {
  const known = (group: Int32Array): Float64Array =>
    Float64Array.from(group, (c) => values[c])
      .filter(Number.isFinite)
      .sort();
  const [ofTop, ofNext] = [known(top), known(next)];
  if (Math.min(ofTop.length, ofNext.length) < leastKnown) return tooFew(name, ofTop.length, ofNext.length);
  const isSame = (group: Float64Array): boolean =>
    group[0] === ofTop[0] && group[group.length - 1] === ofTop[0];
  if (isSame(ofTop) && isSame(ofNext)) return noVariation(name);
  const { p, method, delta } = rankSumTest(ofTop, ofNext, level);
  return {
    name,
    kind: 'number',
    test: method === 'exact' ? 'rank-sum-exact' : 'rank-sum',
    effect: delta.estimate,
    low: delta.low,
    high: delta.high,
    p,
    top: summaryOf(ofTop, top.length),
    next: summaryOf(ofNext, next.length),
  };
}

function summaryOf(sorted: Float64Array, size: number): NumberSummary {
  return {
    known: sorted.length,
    missing: size - sorted.length,
    lowerQuartile: quantile(sorted, 0.25),
    median: quantile(sorted, 0.5),
    upperQuartile: quantile(sorted, 0.75),
  };
}

/** Linear between neighbours, as R's type 7 and NumPy. */
function quantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(sorted.length - 1, below + 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}

function labelDifference(
  name: string,
  values: Int32Array,
  labels: readonly string[],
  top: Int32Array,
  next: Int32Array,
): LabelDifference | NotTested {
  const countsOf = (group: Int32Array): Int32Array => {
    const counts = new Int32Array(labels.length);
    for (const c of group) if (values[c] >= 0) counts[values[c]]++;
    return counts;
  };
  const counts = { top: countsOf(top), next: countsOf(next) };
  const [knownTop, knownNext] = [counts.top, counts.next].map((of) =>
    of.reduce((sum, count) => sum + count, 0),
  );
  if (Math.min(knownTop, knownNext) < leastKnown) return tooFew(name, knownTop, knownNext);
  const tested = labelTest(counts);
  if (tested === null) return noVariation(name);
  const shares = labels
    .map(
      (label, at): LabelShares => ({
        label,
        top: counts.top[at],
        next: counts.next[at],
        topShare: counts.top[at] / knownTop,
        nextShare: counts.next[at] / knownNext,
      }),
    )
    .filter((row) => row.top + row.next > 0)
    .sort((a, b) => Math.abs(b.topShare - b.nextShare) - Math.abs(a.topShare - a.nextShare));
  return {
    name,
    kind: 'label',
    test: tested.test,
    effect: tested.cramersV,
    p: tested.p,
    pooled: tested.pooled,
    top: { known: knownTop, missing: top.length - knownTop },
    next: { known: knownNext, missing: next.length - knownNext },
    labels: shares.slice(0, mostLabels),
    otherLabels: Math.max(0, shares.length - mostLabels),
  };
}

const tooFew = (name: string, ofTop: number, ofNext: number): NotTested => ({
  name,
  code: 'too-few-known',
  text: `It is known of ${ofTop} and ${ofNext} customers; it takes ${leastKnown} in either group.`,
});

const noVariation = (name: string): NotTested => ({
  name,
  code: 'no-variation',
  text: 'It is the same for all customers of both groups.',
});
