import { type Choices, efficientSteps } from './choice-frontier.ts';

/** What a budget brings by either aim. */
export interface BudgetPoint {
  readonly budget: number;
  /** More customers back than without offers, and the profit of that choice. */
  readonly mostWonBack: AimPoint;
  readonly mostProfit: AimPoint;
}

export interface AimPoint {
  readonly spend: number;
  readonly extra: number;
  readonly profit: number;
}

const points = 10;

/**
 * What budgets from nothing to all that can be spent bring, in tenths of it: steps by gain for the money while they fit. Each point holds
 * the choice of the point before, so that more money never brings less of the aim.
 *
 * @param won choices with the customers won back as gain
 * @param profit the same options with profit as gain
 */
export function budgetCurve(won: Choices, profit: Choices): BudgetPoint[] {
  const [byWon, byProfit] = [won, profit].map(efficientSteps);
  const whole = (steps: typeof byWon): number => steps.cost.reduce((sum, cost) => sum + cost, 0);
  const most = Math.max(whole(byWon), whole(byProfit));
  const budgets = Array.from({ length: points + 1 }, (_, n) => (most * n) / points);
  const along = (steps: typeof byWon): AimPoint[] => {
    const chosen = new Int32Array(won.offsets.length - 1).fill(-1);
    let [spend, extra, gained, step] = [0, 0, 0, 0];
    return budgets.map((budget) => {
      for (; step < steps.option.length && spend + steps.cost[step] <= budget * (1 + 1e-9); step++) {
        const who = steps.customer[step];
        const before = chosen[who];
        const option = steps.option[step];
        chosen[who] = option;
        spend += steps.cost[step];
        extra += won.gain[option] - (before < 0 ? 0 : won.gain[before]);
        gained += profit.gain[option] - (before < 0 ? 0 : profit.gain[before]);
      }
      return { spend, extra, profit: gained };
    });
  };
  const [wonPoints, profitPoints] = [along(byWon), along(byProfit)];
  return budgets.map((budget, n) => ({
    budget,
    mostWonBack: wonPoints[n],
    mostProfit: profitPoints[n],
  }));
}
