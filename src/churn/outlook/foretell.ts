import type { Ledger } from '../../customers/ledger.ts';
import { deathDays } from '../deaths.ts';
import type { LearntChurn } from '../prediction/learn-churn.ts';
import type { ChurnLearner } from '../prediction/learner.ts';
import { customersToPredict, predictChurn } from '../prediction/predict-churn.ts';
import { shopHistory } from '../prediction/shop-history.ts';
import type { ChurnWindows } from '../prediction/windows.ts';
import type { ChurnForecast } from './churn-outlook.ts';

export type Foretold = Pick<ChurnForecast, 'customer' | 'probability' | 'reasons' | 'rules'>;

/** Reasons that are told of a customer. */
const mostReasons = 3;

/**
 * What was learnt, asked about a day's customers but for those who have died.
 *
 * @param gone by customer: 1 for who has left already, of whom nothing is foretold
 * @throws PairwellError as `predictChurn` does
 */
export function foretell(
  ledger: Ledger,
  windows: Pick<ChurnWindows, 'plan' | 'definition' | 'activeDays'>,
  learnt: LearntChurn,
  learners: readonly ChurnLearner[],
  day: number,
  gone?: Int8Array,
): Foretold {
  const died = deathDays(ledger);
  const isThere = (customer: number): boolean => died[customer] < 0 && gone?.[customer] !== 1;
  const { customers, features, table } = customersToPredict(shopHistory(ledger), windows, day, isThere);
  const { probabilities, ...told } = predictChurn(learnt, learners, features, table, mostReasons);
  return { customer: customers, probability: probabilities, ...told };
}
