import type { Insights } from './insights.ts';

/** What is known of rules: decay of those between products alone. */
export type FiledInsights = Pick<Insights, 'tests' | 'decayed'>;

/**
 * What a model knows of some rules, as columns for files: their tests, and their figures with decay where it
 * has them. P-values come as they are, which fade to 0 below 1e-308 or so, and beside them as decimal logarithms, which do not.
 * NaN: not tested, not studied.
 *
 * @param numbers of the rules, in the order of the file
 */
export function fileColumns(
  { tests, decayed }: FiledInsights,
  numbers: Int32Array,
): [name: string, values: Float64Array][] {
  const pick = (column: Float64Array): Float64Array => Float64Array.from(numbers, (rule) => column[rule]);
  const both = (name: string, logs: Float64Array): [string, Float64Array][] => {
    const chosen = pick(logs);
    return [
      [name, chosen.map((log) => Math.exp(log))],
      [`log10${name[0].toUpperCase()}${name.slice(1)}`, chosen.map((log) => log / Math.LN10)],
    ];
  };
  const columns: [string, Float64Array][] = [
    ...both('p', tests.logP),
    ...both('adjustedP', tests.adjustedLogP),
    ...both('productivityP', tests.productivityLogP),
    ['improvement', pick(tests.improvement)],
    ...both('laterP', tests.laterLogP),
  ];
  if (!decayed) return columns;
  return [
    ...columns,
    ['decayedSupport', pick(decayed.support)],
    ['decayedConfidence', pick(decayed.confidence)],
    ['decayedLift', pick(decayed.lift)],
  ];
}
