import fc from 'fast-check';
import type { KnownSet } from '../expression.ts';
import type { FuzzyFeature } from '../features.ts';
import { Membership } from '../membership.ts';
import { isCrisp, type Partition, partitionOf, setsOf } from '../partition.ts';

/** Customers with three features, and their degrees. */
export interface DrawnFuzzy {
  readonly features: readonly FuzzyFeature[];
  readonly columns: readonly Float64Array[];
  readonly partitions: readonly Partition[];
  readonly sets: readonly KnownSet[];
  readonly membership: Membership;
}

const features: readonly FuzzyFeature[] = [
  { name: 'amount', kind: 'money' },
  { name: 'last "purchase"', kind: 'days-since' },
  {
    name: 'plan',
    kind: 'category',
    levels: ['Two year', 'One year', 'NOT', 'by & by'].map((name) => ({ name })),
  },
];

export function fuzzified(columns: readonly Float64Array[], own = features): DrawnFuzzy {
  const rows = Int32Array.from(columns[0].keys());
  const table = { rows: rows.length, columns };
  const partitions = own.map((feature, at) => partitionOf(feature, columns[at], rows));
  const sets = partitions
    .flatMap(setsOf)
    .map((set) => ({ ...set, isCrisp: isCrisp(partitions[set.feature], set.place) }));
  const membership = new Membership({ table, partitions, sets }, rows);
  return { features: own, columns, partitions, sets, membership };
}

const row = fc.tuple(
  fc.integer({ min: 0, max: 40 }),
  fc.oneof({ weight: 4, arbitrary: fc.double({ min: -5, max: 5, noNaN: true }) }, fc.constant(Number.NaN)),
  fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 0, max: 3 }) }, fc.constant(Number.NaN)),
);

/** Of numbers, whole and broken, and a category, some of them not stated. */
export const drawnFuzzy: fc.Arbitrary<DrawnFuzzy> = fc
  .array(row, { minLength: 8, maxLength: 30 })
  .map((rows) => fuzzified([0, 1, 2].map((at) => Float64Array.from(rows, (values) => values[at]))))
  .filter(({ sets }) => sets.length > 5);
