import { PairwellError } from '../../errors.ts';
import { associationMeasures } from './association-measures.ts';
import { departureMeasures } from './departure-measures.ts';
import { hypergeometricMeasures } from './hypergeometric-measures.ts';
import type { Measure } from './measure.ts';
import { profitMeasures } from './profit-measures.ts';
import { shareMeasures } from './share-measures.ts';
import { standardLiftMeasures } from './standard-lift-measures.ts';
import { subRuleMeasures } from './sub-rule-measures.ts';

/**
 * All measures of rules by name. Names and values are those of arules 1.7.13 for all that it has, but for the values
 * that `limits` points out.
 */
export const measures = {
  ...shareMeasures,
  ...departureMeasures,
  ...associationMeasures,
  ...hypergeometricMeasures,
  ...standardLiftMeasures,
  ...subRuleMeasures,
  ...profitMeasures,
} as const satisfies Record<string, Measure>;

export type MeasureName = keyof typeof measures;

/** The names of all measures, in the order of the table. */
export const measureNames = Object.keys(measures) as MeasureName[];

/** @throws PairwellError `bad-input` for a name that is none; it lists those that are */
export function measureOf(name: string): Measure {
  if (Object.hasOwn(measures, name)) return measures[name as MeasureName];
  throw new PairwellError(
    'bad-input',
    `There is no measure "${name}". The measures are: ${measureNames.join(', ')}.`,
    { name, known: measureNames },
  );
}
