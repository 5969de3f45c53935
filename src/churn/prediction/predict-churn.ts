import { PairwellError } from '../../errors.ts';
import type { FeatureTable } from '../../learn/training-data.ts';
import { probabilityOfScore } from './calibration.ts';
import type { ChurnFeature } from './churn-feature.ts';
import { customerColumns, emptyColumns } from './customer-columns.ts';
import { plannedFeatures } from './feature-plan.ts';
import { rulesThatHold } from './fuzzy-rules.ts';
import type { LearntChurn } from './learn-churn.ts';
import type { ChurnLearner } from './learner.ts';
import { type ReasonColumns, reasonColumns } from './reasons.ts';
import type { ShopHistory } from './shop-history.ts';
import { type ChurnWindows, customersAt } from './windows.ts';

export interface ChurnPrediction {
  /** By row: how likely the customer leaves within the horizon. */
  readonly probabilities: Float64Array;
  /** What speaks most for leaving; `reasonsAt` puts it in words. */
  readonly reasons: ReasonColumns;
  /** The fuzzy rules that hold, whichever model is asked, as `rulesThatHold` has them. */
  readonly rules: Int32Array;
}

/**
 * What was learnt, asked about customers.
 *
 * @param features of the table's columns; those that were learnt from are found by name
 * @param learners the one that was chosen among them
 * @param reasons how many to tell of each customer
 * @throws PairwellError `bad-input` for a table without a feature that was learnt from, or an unknown learner
 */
export function predictChurn(
  learnt: Pick<LearntChurn, 'learner' | 'models' | 'calibration' | 'features'>,
  learners: readonly ChurnLearner[],
  features: readonly ChurnFeature[],
  table: FeatureTable,
  reasons = 3,
): ChurnPrediction {
  const learner = learners.find(({ name }) => name === learnt.learner);
  if (!learner) throw new PairwellError('bad-input', `There is no learner "${learnt.learner}"; train again.`);
  const columns = learnt.features.map(({ name }) => {
    const at = features.findIndex((own) => own.name === name);
    if (at < 0)
      throw new PairwellError(
        'bad-input',
        `The feature "${name}" was learnt from and is not there; state it.`,
      );
    return table.columns[at];
  });
  const own = { rows: table.rows, columns };
  const scorer = learner.restore(learnt.models[0].model);
  const rows = Int32Array.from({ length: table.rows }, (_, row) => row);
  return {
    probabilities: scorer.score(own, rows).map((score) => probabilityOfScore(learnt.calibration, score)),
    reasons: reasonColumns(learnt.features, scorer, own, rows, reasons),
    rules: rulesThatHold(learnt, own),
  };
}

/**
 * Who is a customer on a day, and what is known of them before it, in the columns of the windows that were learnt from.
 *
 * @param isAsked of whom something is to be told
 */
export function customersToPredict(
  history: ShopHistory,
  { plan, definition, activeDays }: Pick<ChurnWindows, 'plan' | 'definition' | 'activeDays'>,
  day: number,
  isAsked: (customer: number) => boolean = () => true,
): { customers: Int32Array; features: ChurnFeature[]; table: FeatureTable } {
  const customers = customersAt(history, definition, activeDays, day).filter(isAsked);
  const columns = emptyColumns(plan, customers.length);
  customerColumns(history, plan, day, customers, columns);
  return { customers, features: plannedFeatures(plan), table: { rows: customers.length, columns } };
}
