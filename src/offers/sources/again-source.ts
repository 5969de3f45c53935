import { againSoon, habitsOf } from '../habits.ts';
import type { OfferQuestion, Proposed } from '../offer-question.ts';

const leastProbability = 0.01;

/** Proposes what the customer buys again and again, by their own rhythm: for shops in which nothing could be learnt. */
export class AgainSource {
  /** In no order. */
  propose({ memory, today, takes, admits }: OfferQuestion): Proposed[] {
    if (!memory || !takes('buy-again')) return [];
    const proposed: Proposed[] = [];
    for (const [item, habit] of habitsOf(memory.bought, today)) {
      const probability = againSoon(habit);
      if (probability < leastProbability || !admits(item)) continue;
      proposed.push({ item, kind: 'buy-again', probability, cause: { by: 'again', habit } });
    }
    return proposed;
  }
}
