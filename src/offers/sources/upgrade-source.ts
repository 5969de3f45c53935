import type { OfferQuestion, Proposed } from '../offer-question.ts';
import type { UpgradeFinder } from '../upgrades/upgrade-finder.ts';
import type { Worth } from '../worth.ts';

/** Of each product in the cart, so many of the best. */
const mostOfOne = 3;

/** Proposes a better one in place of what is on the page or in the cart. */
export class UpgradeSource {
  readonly #finder: UpgradeFinder;
  readonly #worth: Worth;

  constructor(finder: UpgradeFinder, worth: Worth) {
    this.#finder = finder;
    this.#worth = worth;
  }

  /** Each once, for the product of which it is the likelier upgrade. */
  propose({ seen, takes, admits }: OfferQuestion): Proposed[] {
    if (seen.length === 0 || !takes('up-sell')) return [];
    const best = new Map<number, Proposed>();
    for (const of of seen) {
      for (const { item, probability, steps } of this.#finder.likelyOf(of, mostOfOne)) {
        if (!admits(item) || (best.get(item)?.probability ?? -1) >= probability) continue;
        const { revenue, profit } = this.#worth.gainOf(item);
        const before = this.#worth.gainOf(of);
        const added = lessKnown(revenue, before.revenue);
        best.set(item, {
          item,
          kind: 'up-sell',
          probability,
          cause: { by: 'upgrade', of, steppedUp: steps.steppedUp, buyers: steps.buyers },
          // Only what it brings more than the product that it takes the place of.
          gain: { revenue: added, profit: lessKnown(profit, before.profit) },
          ...(added !== null && { added }),
        });
      }
    }
    return [...best.values()];
  }
}

const lessKnown = (amount: number | null, before: number | null): number | null =>
  amount === null || before === null ? null : amount - before;
