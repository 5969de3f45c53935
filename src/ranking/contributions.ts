import { contributionsOf as treeContributions } from '../learn/trees/contributions.ts';
import type { QuestionKind } from './questions.ts';
import type { Ranking } from './ranking.ts';
import { logisticParts } from './signal-logistic.ts';
import { signalCount } from './signal-names.ts';

/**
 * What each signal of a candidate adds to the log-odds of its being bought, whichever model scores it.
 *
 * @param kind of the question: `cart` where something is in the cart
 * @param rows signals as `CandidateRows` has them
 * @param row the number of the candidate among them
 * @returns by signal, in the order of `signalNames`, and in the last place what the log-odds begin with; together they sum up to the
 *   candidate's score, of which `probabilityOf` makes its probability. Null where nothing was learnt for such questions
 */
export function contributionsOf(
  ranking: Ranking,
  kind: QuestionKind,
  rows: Float32Array,
  row: number,
): Float64Array | null {
  const out = new Float64Array(signalCount + 1);
  const parts = out.subarray(0, signalCount);
  const logistic = ranking.logistic?.[kind];
  const trees = ranking[kind];
  if (logistic) out[signalCount] = logisticParts(logistic, rows, row * signalCount, parts);
  else if (trees) out[signalCount] = treeContributions(trees, rows, row, parts);
  else return null;
  return out;
}
