import type { OwnTraits, Trait } from './behaviour.ts';
import { inUnit } from './features.ts';
import { type OwnFigures, type ScaledFeature, shrunk } from './scaling.ts';
import { isWorthAWord } from './segment-names.ts';

/** A customer's own figure of a feature, in its unit. */
export interface OwnTrait {
  /** Null where nothing is known of it yet. */
  readonly own: number | null;
  /** What it rests on, in the feature's evidence. */
  readonly evidence: number;
  /** What it counts as: drawn to the shop's mean, the more the less it rests on. */
  readonly counted: number;
}

/** So many traits tell why somebody is in a segment. */
const toldOfSegment = 3;

/**
 * The traits by which a segment's customers are in it, the greatest difference first: those that are worth a word or, where none
 * is, any.
 */
export function tellingTraits(traits: readonly Trait[]): Trait[] {
  const clustered = traits.filter(({ isClustered }) => isClustered);
  const worth = clustered.filter(isWorthAWord);
  return (worth.length > 0 ? worth : clustered).slice(0, toldOfSegment);
}

/**
 * The figures that are told of customers, who are given in rows.
 *
 * @param own by feature
 * @param customers by row, ascending
 * @param count of all customers
 */
export function ownTraits(
  traits: readonly (readonly Trait[])[],
  features: readonly ScaledFeature[],
  own: readonly OwnFigures[],
  customers: Int32Array,
  count: number,
): OwnTraits {
  const told = new Set(traits.flatMap((one) => tellingTraits(one).map(({ name }) => name)));
  const positions = [...features.keys()].filter((f) => told.has(features[f].name));
  const values = new Float32Array(count * positions.length);
  const evidence = new Float32Array(count * positions.length);
  positions.forEach((feature, n) => {
    const { estimates, width, column, evidence: seen, evidenceWidth, at } = own[feature];
    customers.forEach((customer, row) => {
      values[customer * positions.length + n] = estimates[row * width + column];
      evidence[customer * positions.length + n] = seen[row * evidenceWidth + at];
    });
  });
  return { features: positions, values, evidence };
}

/** @param value on the feature's scale */
export const ownTrait = (
  { scale, mean, prior }: ScaledFeature,
  value: number,
  evidence: number,
): OwnTrait => ({
  own: evidence > 0 ? inUnit(scale, value) : null,
  evidence,
  counted: inUnit(scale, shrunk(value, evidence, mean, prior)),
});
