import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ChurnRows } from '../../src/churn/prediction/churn-rows.ts';
import { rowsWhere } from '../../src/churn/prediction/folds.ts';
import { fuzzyLearner } from '../../src/churn/prediction/fuzzy-learner.ts';
import type { LearnChurnOptions } from '../../src/churn/prediction/learn-churn.ts';
import type { ChurnLearner } from '../../src/churn/prediction/learner.ts';
import { logisticLearner, majority, singleFeature } from '../../src/churn/prediction/logistic-learner.ts';
import { telcoRows } from '../../src/churn/prediction/testing/telco.ts';
import { treeLearner } from '../../src/churn/prediction/tree-learner.ts';
import { type ChurnWindows, churnWindows } from '../../src/churn/prediction/windows.ts';
import { packageRoot } from '../../src/package-root.ts';
import { onlineRetailLines } from './online-retail-lines.ts';
import { ledgerOfLines } from './shop-ledger.ts';

/** Customers to predict, and what they are predicted by. */
export interface ChurnTrial {
  readonly rows: ChurnRows;
  readonly learners: readonly ChurnLearner[];
  readonly options: LearnChurnOptions;
  /** Rows of different customers, for draws. */
  readonly once: Int32Array;
}

/** The models that are compared everywhere. */
export const churnModels: readonly ChurnLearner[] = [logisticLearner, fuzzyLearner(), treeLearner()];

/** Null where the file is not beside the project. */
export function telcoTrial(seed: number): ChurnTrial | null {
  const file = join(packageRoot(), '..', 'shared', 'data', 'telco-churn', 'Telco-Customer-Churn.csv.gz');
  if (!existsSync(file)) return null;
  const rows = telcoRows(file);
  return {
    rows,
    learners: [majority, singleFeature('tenure alone', 'tenure'), ...churnModels],
    options: { seed },
    once: rowsWhere(rows.table.rows, () => true),
  };
}

/** Learnt from what happened before 13 June 2011; tested at this cut-off and three later ones, each 30 days on, the last on 11 September. */
export async function onlineRetailTrial(
  seed: number,
): Promise<ChurnTrial & { readonly windows: ChurnWindows }> {
  const lines = await onlineRetailLines(({ customer }) => customer !== null);
  const { ledger } = ledgerOfLines(lines, Math.floor(Date.parse('2011-12-10') / 86_400_000));
  const windows = churnWindows(ledger, { heldOut: 4 });
  const newest = windows.rows.cutOff.reduce((last, day) => Math.max(last, day));
  return {
    ...{ windows, rows: windows.rows, options: { seed, cutOffs: windows.cutOffs } },
    learners: [
      majority,
      singleFeature('recency alone', 'recency'),
      singleFeature('BG/NBD P(alive)', 'lostOdds'),
      singleFeature('BG/NBD expected', 'expectedPurchases'),
      ...churnModels,
    ],
    once: rowsWhere(windows.rows.table.rows, (row) => windows.rows.cutOff[row] === newest),
  };
}
