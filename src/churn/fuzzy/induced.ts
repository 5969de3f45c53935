import { fitLogistic } from '../../learn/logistic.ts';
import type { Random } from '../../learn/random.ts';
import { Algebra, type Conjunction, isNot } from './expression.ts';
import type { FuzzyData } from './fuzzy-data.ts';
import type { FuzzyModel, FuzzyRule } from './fuzzy-model.ts';
import type { Settings } from './fuzzy-options.ts';
import { chooseInputs, type Inputs } from './inputs.ts';
import { Membership } from './membership.ts';
import { NothingToInduce } from './nothing-to-induce.ts';
import { searchPaper } from './paper-search.ts';
import { type Partition, partitionOf } from './partition.ts';
import { fitAndChoice } from './parts.ts';
import { ruleFigures } from './rule-figures.ts';
import type { Part, Search } from './search.ts';
import { type FuzzyTerm, ruleDegree } from './terms.ts';
import { type SignedRule, searchWeighted } from './weighted-search.ts';

/**
 * A model without calibration.
 *
 * @param rows with customers of both classes
 * @throws NothingToInduce where no column says anything
 */
export function induced(data: FuzzyData, rows: Int32Array, settings: Settings, random: Random): FuzzyModel {
  const { table, target, features, groups } = data;
  const partitions = features.map((feature, at) => partitionOf(feature, table.columns[at], rows));
  const featuresLeftOut = partitions.flatMap((partition, feature) =>
    partition.kind === 'none' ? [{ feature, reason: partition.reason }] : [],
  );
  const most = settings.searchRows;
  const parts = fitAndChoice({ rows, target, groups }, { fitShare: settings.fitShare, most }, random);
  const searched = Int32Array.of(...parts.fit, ...parts.choice);
  const inputs = chooseInputs(partitions, table, target, searched, settings.sets);
  if (inputs.sets.length === 0)
    throw new NothingToInduce(
      'No column says anything: each is constant, missing, or nearly so. Give features that differ between customers.',
      { featuresLeftOut: featuresLeftOut.map(({ feature }) => features[feature].name) },
    );
  const partOf = (own: Int32Array): Part => ({
    membership: new Membership({ table, partitions, sets: inputs.sets }, own),
    target: Float64Array.from(own, (row) => target[row]),
  });
  const search = {
    ...{ fit: partOf(parts.fit), choice: partOf(parts.choice), algebra: new Algebra(inputs.sets) },
    limits: { conjunctions: settings.rules, terms: settings.terms },
  };
  const found = settings.widths
    .map((width) => (settings.variant === 'paper' ? byPaper : byWeights)({ ...search, width }))
    .reduce((best, other) => (other.criterion < best.criterion ? other : best));
  const baseRate = rows.reduce((sum, row) => sum + target[row], 0) / rows.length;
  const ruleOf = ({ terms, factor }: WeighedTerms): FuzzyRule => ({
    terms,
    factor,
    figures: ruleFigures(terms, partitions, table, target, rows, baseRate),
  });
  const { leaving, staying, intercept } =
    settings.variant === 'paper'
      ? unweighed(found.rules, inputs)
      : weighed(found.rules, inputs, data, partitions, rows);
  return {
    ...{ variant: settings.variant, features, partitions, baseRate, intercept, calibration: null },
    leaving: leaving.map(ruleOf),
    staying: staying.map(ruleOf),
    induction: {
      customers: rows.length,
      searched: { fit: parts.fit.length, choice: parts.choice.length },
      ...{ width: found.width, criterion: found.criterion, featuresLeftOut },
      ...{ setsUsed: inputs.sets.length, setsLeftOut: inputs.leftOut, outOfFold: null },
    },
  };
}

interface Found {
  readonly rules: readonly SignedRule[];
  readonly criterion: number;
  readonly width: number;
}

function byPaper(search: Search): Found {
  const { expressions, error } = searchPaper(search);
  const of = (conjunctions: readonly Conjunction[], sign: 1 | -1): SignedRule[] =>
    conjunctions.map((conjunction) => ({ conjunction, sign }));
  const [staying, leaving] = expressions;
  return { rules: [...of(leaving, 1), ...of(staying, -1)], criterion: error, width: search.width };
}

function byWeights(search: Search): Found {
  const { rules, loss } = searchWeighted(search);
  return { rules, criterion: loss, width: search.width };
}

interface WeighedTerms {
  readonly terms: readonly FuzzyTerm[];
  readonly factor: number | null;
}

interface WeighedRules {
  readonly leaving: readonly WeighedTerms[];
  readonly staying: readonly WeighedTerms[];
  readonly intercept: number;
}

const termsOf = (conjunction: Conjunction, { sets }: Inputs): FuzzyTerm[] =>
  conjunction.map((literal) => {
    const { feature, place } = sets[literal >> 1];
    return { feature, place, isNot: isNot(literal) };
  });

function unweighed(rules: readonly SignedRule[], inputs: Inputs): WeighedRules {
  const of = (wanted: number): WeighedTerms[] =>
    rules
      .filter(({ sign }) => sign === wanted)
      .map(({ conjunction }) => ({ terms: termsOf(conjunction, inputs), factor: null }));
  return { leaving: of(1), staying: of(-1), intercept: 0 };
}

/** Weights by a logistic regression on the degrees; rules that would then speak against their class are dropped, the worst first. */
function weighed(
  rules: readonly SignedRule[],
  inputs: Inputs,
  { table, target }: FuzzyData,
  partitions: readonly Partition[],
  rows: Int32Array,
): WeighedRules {
  const own = Uint8Array.from(rows, (row) => target[row]);
  let kept = rules.map(({ conjunction, sign }) => {
    const terms = termsOf(conjunction, inputs);
    const degree = (row: number): number =>
      ruleDegree(partitions, terms, (feature) => table.columns[feature][row]);
    return { terms, sign, column: Float64Array.from(rows, degree) };
  });
  for (;;) {
    const columns = kept.length > 0 ? kept.map(({ column }) => column) : [new Float64Array(rows.length)];
    const model = fitLogistic({ table: { rows: rows.length, columns }, target: own });
    const pulls = kept.map(({ sign }, at) => sign * model.coefficients[at]);
    const worst = Math.min(...pulls);
    if (!(worst <= 0)) {
      const intercept = kept.reduce((sum, _, at) => sum - model.coefficients[at] * model.means[at], model.intercept); // biome-ignore format: one line
      const of = (wanted: number): WeighedTerms[] =>
        kept
          .map(({ terms, sign }, at) => ({ terms, sign, factor: Math.exp(pulls[at]) }))
          .filter(({ sign }) => sign === wanted)
          .map(({ terms, factor }) => ({ terms, factor }));
      return { leaving: of(1), staying: of(-1), intercept };
    }
    kept = kept.filter((_, at) => pulls[at] !== worst);
  }
}
