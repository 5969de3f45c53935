import type { RuleColumns } from '../../src/rules/rule-columns.ts';
import { importCompiled } from './compiled.ts';
import { readItemsets } from './itemset-file.ts';
import { peakMb, startPeak } from './memory.ts';
import { finiteSum, type OurAnswer, type Step, sharedMeasures } from './rules-work.ts';

/**
 * Child program: makes the rules of the itemsets in a file, measures, tests and prunes them, twice: as a process does it that
 * has just started, and again once its code is compiled. `node --expose-gc --import tsx rules-once.ts FILE`
 */

const { generateRules } = (await importCompiled(
  'src/rules/generate',
)) as typeof import('../../src/rules/generate.ts');
const { measures, measureNames } = (await importCompiled(
  'src/rules/measures/measures',
)) as typeof import('../../src/rules/measures/measures.ts');
const { measureColumn, measureColumns } = (await importCompiled(
  'src/rules/measures/measure-column',
)) as typeof import('../../src/rules/measures/measure-column.ts');
const { hypergeometricMeasures } = (await importCompiled(
  'src/rules/measures/hypergeometric-measures',
)) as typeof import('../../src/rules/measures/hypergeometric-measures.ts');
const { standardLiftMeasures } = (await importCompiled(
  'src/rules/measures/standard-lift-measures',
)) as typeof import('../../src/rules/measures/standard-lift-measures.ts');
const { fisherLogP, fromLogs, significantAmong } = (await importCompiled(
  'src/rules/significance',
)) as typeof import('../../src/rules/significance.ts');
const { productivityLogP } = (await importCompiled(
  'src/rules/productivity',
)) as typeof import('../../src/rules/productivity.ts');
const { redundantRules } = (await importCompiled(
  'src/rules/redundancy',
)) as typeof import('../../src/rules/redundancy.ts');
const { bestProductiveRules } = (await importCompiled(
  'src/rules/best-productive',
)) as typeof import('../../src/rules/best-productive.ts');

/** A share of 0.05 of the rules that pass may be chance. */
const adjusted = { alpha: 0.05, adjust: 'benjamini-hochberg' } as const;

const fromTails = Object.keys(hypergeometricMeasures);
/** Bounds of lift are worked out from counts, though thresholds would refine them. */
const fromFormulas = measureNames.filter(
  (name) => ('of' in measures[name] || name in standardLiftMeasures) && !fromTails.includes(name),
);

const { itemsets, transactionCount } = await readItemsets(process.argv[2]);
const collect = globalThis.gc!;

interface Timed {
  ms: number;
  peakMb: number;
  addedMb: number;
  found: number;
}

/** Does all steps; what one leaves that no later one needs is collected before the next. */
function pass(): { rules: RuleColumns; timed: Map<string, Timed> } {
  const timed = new Map<string, Timed>();
  const step = <T>(name: string, work: () => T, foundIn: (result: T) => number): T => {
    collect();
    const before = startPeak();
    const startedAt = performance.now();
    const result = work();
    const ms = performance.now() - startedAt;
    const peak = peakMb();
    timed.set(name, { ms, peakMb: peak, addedMb: peak - before, found: foundIn(result) });
    return result;
  };
  /** A few columns at a time, as whoever reads them does not keep them all. */
  const columns = (rules: RuleColumns, names: readonly string[]): number => {
    for (let at = 0; at < names.length; at += 10) measureColumns(rules, names.slice(at, at + 10));
    return names.length;
  };
  const rules = step(
    'make',
    () => generateRules(itemsets, transactionCount, { minConfidence: 0 }),
    ({ consequent }) => consequent.length,
  );
  step(
    'measure: those mlxtend has',
    () => measureColumns(rules, Object.keys(sharedMeasures)),
    (made) => made.length,
  );
  step(
    'measure: all formulas of counts',
    () => columns(rules, fromFormulas),
    (made) => made,
  );
  step(
    'measure: all from hypergeometric tails',
    () => columns(rules, fromTails),
    (made) => made,
  );
  const logP = step(
    'test: Fisher',
    () => fisherLogP(rules),
    (values) => values.length,
  );
  step(
    'test: Benjamini-Hochberg',
    () => significantAmong(fromLogs(logP), adjusted),
    (kept) => kept.length,
  );
  step(
    'prune: redundant, by all more general rules',
    () => redundantRules(rules, { itemsets, fromNothing: true }),
    (dropped) => rules.consequent.length - dropped.length,
  );
  step(
    'prune: redundant, by rules of the set alone',
    () => redundantRules(rules),
    (dropped) => rules.consequent.length - dropped.length,
  );
  step(
    'prune: productive',
    () => significantAmong(fromLogs(productivityLogP(rules, itemsets)), adjusted),
    (kept) => kept.length,
  );
  step(
    'the 100 best: tested and pruned anew',
    () => bestProductiveRules(rules, itemsets, { k: 100, significance: adjusted }),
    ({ left }) => left.notRedundant,
  );
  return { rules, timed };
}

const first = pass().timed;
const { rules, timed } = pass();
const answer: OurAnswer = {
  rules: rules.consequent.length,
  sums: Object.fromEntries(
    Object.keys(sharedMeasures).map((name) => [name, finiteSum(measureColumn(rules, name))]),
  ),
  steps: [...timed].map(([name, { ms, found }]): Step => {
    const { ms: firstMs, peakMb, addedMb } = first.get(name)!;
    return { name, firstMs, ms, peakMb, addedMb, found };
  }),
};
process.stdout.write(JSON.stringify(answer));
