import { type ChurnWords, churnWords } from './churn-feature.ts';
import type { ChurnLearner } from './learner.ts';
import type { ChurnCard } from './model-card.ts';

/** Which model goes into service. */
export interface ChurnChoice {
  readonly learner: string;
  /** The one with the least log-loss, which may be the same. */
  readonly best: string;
  /** By how much the log-loss of the chosen one is higher, and the standard error of that; 0 where it is the best. */
  readonly difference: number;
  readonly standardError: number;
  readonly reason: ChurnWords;
}

/**
 * The model with the least log-loss, or the plainest of those whose log-loss is not higher by more than one standard error of the
 * difference, which is of the same customers (after Breiman, Friedman, Olshen and Stone, Classification and Regression Trees, 1984, section
 * 3.4.3, whose rule takes the error of the best alone).
 *
 * @param learners one model at least
 */
export function chooseModel(
  { models, lossDifferences }: ChurnCard,
  learners: readonly Pick<ChurnLearner, 'name' | 'complexity'>[],
): ChurnChoice {
  const complexity = (name: string): number => learners.find((own) => own.name === name)!.complexity;
  const candidates = models.filter(({ role }) => role === 'model');
  const best = candidates.reduce((least, own) => (own.logLoss.value < least.logLoss.value ? own : least));
  const behind = (name: string): { difference: number; standardError: number } => {
    const found = lossDifferences.find(
      ({ first, second }) => [first, second].includes(name) && [first, second].includes(best.learner),
    );
    return found
      ? { difference: Math.abs(found.value), standardError: found.standardError }
      : { difference: 0, standardError: 0 };
  };
  const chosen = candidates
    .filter(({ learner }) => {
      const { difference, standardError } = behind(learner);
      return difference <= standardError;
    })
    .reduce(
      (plainest, own) => (complexity(own.learner) < complexity(plainest.learner) ? own : plainest),
      best,
    );
  const { difference, standardError } = behind(chosen.learner);
  const figures = [difference, standardError].map((value) => value.toFixed(4));
  const loss = best.logLoss.value.toFixed(4);
  const isBest = chosen === best;
  return {
    ...{ learner: chosen.learner, best: best.learner, difference, standardError },
    reason: isBest
      ? churnWords(
          `${best.learner} has the least log-loss (${loss}), and no plainer model is within one standard error of it.`,
          `${best.learner} 的对数损失最低（${loss}），且没有更简单的模型与它相差在一个标准误之内。`,
          `${best.learner} 的對數損失最低（${loss}），且沒有更簡單的模型與它相差在一個標準誤之內。`,
        )
      : churnWords(
          `${chosen.learner} is plainer than ${best.learner}, and its log-loss is higher by ${figures[0]} only, within one standard error (${figures[1]}).`,
          `${chosen.learner} 比 ${best.learner} 简单，对数损失仅高 ${figures[0]}，在一个标准误（${figures[1]}）之内。`,
          `${chosen.learner} 比 ${best.learner} 簡單，對數損失僅高 ${figures[0]}，在一個標準誤（${figures[1]}）之內。`,
        ),
  };
}
