import { PairwellError } from '../../errors.ts';
import type { Clusterer } from '../../learn/kmeans/clusterer.ts';
import type { Matrix } from '../../learn/kmeans/matrix.ts';
import { customerCount, type Ledger } from '../ledger.ts';
import type { Behaviour, BehaviourSegment } from './behaviour.ts';
import { kindsBoughtTogether } from './bought-together.ts';
import { type DescribedSegment, describeSegments } from './describe.ts';
import { behaviourFeatures } from './feature-matrix.ts';
import { type EarlierSegments, type Matched, matchSegments } from './matching.ts';
import { nearestCentres } from './nearest.ts';
import { ownTraits } from './own-traits.ts';
import { kindsOfTree, noKinds } from './product-kinds.ts';
import type { ScaledFeature } from './scaling.ts';
import { nameSegments } from './segment-names.ts';
import { numberOfSegments } from './segment-number.ts';

export interface BehaviourOptions {
  /** What an item is called. */
  readonly itemName: (item: number) => string;
  /** A 32-bit integer; the same one makes the same segments. */
  readonly seed: number;
  /** How many segments, 1 … 100; without it the best number of `least` … `most` is chosen, from 2 on. */
  readonly segments?: number | undefined;
  /** Default 3 and 8. */
  readonly least?: number;
  readonly most?: number;
  /**
   * A customer's own figure counts as much as the shop's mean when it rests on so many orders, gaps or months, ≥ 0; without it
   * the data say how many, for each feature (see `priorWeight`).
   */
  readonly priorWeight?: number | undefined;
  /** The most kinds of products that have a feature, default 8. */
  readonly mostKinds?: number;
  /** Lines that a product must be on for a kind where there are no categories, default 20. */
  readonly minLines?: number;
  /** Orders of a segment that must hold what it is said to favour, default 10. */
  readonly minOrders?: number;
  /** The segments of the model before. */
  readonly earlier?: EarlierSegments | undefined;
}

const defaults = { least: 3, most: 8, mostKinds: 8, minLines: 20, minOrders: 10 };

/** Of products and categories that are told of a segment, and of channels that have a feature. */
const mostLifts = 10;
const mostChannels = 4;

/**
 * Segments of customers by what they do: k-means on features that are drawn to the shop's mean where little is known, scaled by
 * median and quartiles and weighed by what they are about. Whoever has an order is in one; where nothing parts the customers all
 * are in the same, and the report says why.
 *
 * @throws PairwellError `bad-input` for an impossible option; whatever the clusterer throws
 */
export async function behaviourSegments(
  ledger: Ledger,
  clusterer: Clusterer,
  given: BehaviourOptions,
): Promise<Behaviour> {
  const options = { ...defaults, ...given };
  check(options);
  const {
    seed,
    itemName,
    segments: wanted,
    least,
    most,
    priorWeight,
    mostKinds,
    minLines,
    minOrders,
  } = options;
  const kinds =
    kindsOfTree(ledger, mostKinds) ??
    (await kindsBoughtTogether(ledger, clusterer, { kinds: mostKinds, minLines, itemName, seed })) ??
    noKinds(ledger.products.itemCount);
  const found = behaviourFeatures(ledger, kinds, { priorWeight, mostChannels });
  const { features, customers } = found;
  const matrix: Matrix = { values: found.matrix, columns: features.length };
  const wishes = { segments: wanted, least, most, seed };
  const { k, choice, notes } = await numberOfSegments(matrix, customers.length, clusterer, wishes);
  const { labels, sureness, centres, segments } =
    k > 1
      ? largestFirst(matrix, (await clusterer.cluster(matrix, { clusters: k, seed })).centres)
      : together(customers.length, features.length, k);

  const segmentOf = new Int16Array(customerCount(ledger)).fill(-1);
  const sure = new Float32Array(customerCount(ledger));
  customers.forEach((customer, row) => {
    segmentOf[customer] = labels[row];
    sure[customer] = sureness[row];
  });
  const lifts = { itemName, most: mostLifts, minOrders };
  const parted = { segmentOf, sureness: sure, segments };
  const described = describeSegments(ledger, kinds, found, parted, lifts);
  const earlier = options.earlier ?? { segments: [], nextId: 1, segmentOf: [] };
  const matched = matchSegments(segmentOf, segments, earlier);
  const named = withNames(described, matched, features);
  return {
    model: {
      kinds,
      usualPrice: found.plan.usualPrice,
      channels: found.channels,
      features,
      centres,
      segments: named.map(({ id, name }) => ({ id, name })),
      nextId: matched.nextId,
    },
    report: {
      customers: customers.length,
      kinds: { source: kinds.source, names: kinds.names },
      segments: named,
      choice,
      features: features.map(({ name, block, unit, label, evidence, prior }) => ({
        name,
        block,
        unit,
        label,
        evidence,
        prior,
      })),
      dropped: found.dropped,
      notes,
      matches: options.earlier ? matched.matches : null,
    },
    segmentOf,
    sureness: sure,
    own: ownTraits(
      named.map(({ traits }) => traits),
      features,
      found.own,
      customers,
      segmentOf.length,
    ),
  };
}

function check(options: typeof defaults & Pick<BehaviourOptions, 'segments' | 'priorWeight'>): void {
  const { segments = 1, least, most, priorWeight = 0, mostKinds, minLines, minOrders } = options;
  const isCount = (value: number, highest = 100): boolean =>
    Number.isInteger(value) && value >= 1 && value <= highest;
  const wrong = [
    [isCount(segments), `segments: a whole number from 1 to 100, not ${segments}`],
    [isCount(least), `least: a whole number from 1 to 100, not ${least}`],
    [isCount(most) && most >= least, `most: a whole number from least (${least}) to 100, not ${most}`],
    [priorWeight >= 0 && priorWeight < Infinity, `priorWeight: a number from 0 on, not ${priorWeight}`],
    [isCount(mostKinds), `mostKinds: a whole number from 1 to 100, not ${mostKinds}`],
    [isCount(minLines, Infinity), `minLines: a whole number from 1 on, not ${minLines}`],
    [isCount(minOrders, Infinity), `minOrders: a whole number from 1 on, not ${minOrders}`],
  ] as const;
  const problem = wrong.find(([isRight]) => !isRight);
  if (problem) throw new PairwellError('bad-input', `${problem[1]}.`);
}

interface Grouped {
  /** By row. */
  readonly labels: Int32Array;
  readonly sureness: Float32Array;
  /** By segment. */
  readonly centres: Float32Array;
  readonly segments: number;
}

/** All in one segment, if there is anybody. */
const together = (rows: number, columns: number, segments: number): Grouped => ({
  labels: new Int32Array(rows),
  sureness: new Float32Array(rows).fill(1),
  centres: new Float32Array(segments * columns),
  segments,
});

/**
 * Each row with its nearest centre, the centres sorted by how many rows they have, those without any left out. Not the labels
 * that the clusterer gave: who is placed later is to come where one of the same behaviour is.
 */
function largestFirst(matrix: Matrix, centres: Float32Array): Grouped {
  const { columns } = matrix;
  const sizes = new Int32Array(centres.length / columns);
  for (const label of nearestCentres(matrix, centres).labels) sizes[label]++;
  const order = [...sizes.keys()].filter((c) => sizes[c] > 0).sort((a, b) => sizes[b] - sizes[a] || a - b);
  const sorted = Float32Array.from(
    order.flatMap((c) => [...centres.subarray(c * columns, (c + 1) * columns)]),
  );
  return { ...nearestCentres(matrix, sorted), centres: sorted, segments: order.length };
}

/** Segments that go on keep their names; the others get new ones. */
function withNames(
  described: readonly DescribedSegment[],
  { continues, ids }: Matched,
  features: readonly ScaledFeature[],
): BehaviourSegment[] {
  const added = described.filter((_, s) => !continues[s]);
  const kept = continues.flatMap((segment) => segment?.name ?? []);
  const names = nameSegments(
    added.map(({ traits }) => traits),
    features,
    kept,
  );
  return described.map((segment, s) => {
    const name = continues[s]?.name ?? names[added.indexOf(segment)];
    return { id: ids[s], name, ...segment };
  });
}
