import type { Assortment } from '../assortment.ts';
import type { OfferQuestion, Proposed } from '../offer-question.ts';
import type { LikelyUpgrade, UpgradeFinder } from '../upgrades/upgrade-finder.ts';
import type { Gain, Worth } from '../worth.ts';

/** Of each product in the cart, so many of the best. */
const mostOfOne = 3;

/** Proposes a better one in place of what is on the page or in the cart. */
export class UpgradeSource {
  readonly #assortment: Assortment;
  readonly #finder: UpgradeFinder;
  readonly #worth: Worth;
  /** By product, for as long as no product changes. */
  readonly #known = new Map<number, readonly Proposed[]>();
  #version = -1;

  constructor(assortment: Assortment, finder: UpgradeFinder, worth: Worth) {
    this.#assortment = assortment;
    this.#finder = finder;
    this.#worth = worth;
  }

  /** Each once, for the product of which it is the likelier upgrade. */
  propose({ seen, takes, admits }: OfferQuestion): Proposed[] {
    const best: Proposed[] = [];
    if (!takes('up-sell')) return best;
    for (const of of seen) {
      for (const upgrade of this.#upgradesOf(of)) {
        if (!admits(upgrade.item)) continue;
        const at = best.findIndex(({ item }) => item === upgrade.item);
        if (at < 0) best.push(upgrade);
        else if (best[at].probability < upgrade.probability) best[at] = upgrade;
      }
    }
    return best;
  }

  #upgradesOf(item: number): readonly Proposed[] {
    const { version } = this.#assortment;
    if (this.#version !== version) this.#known.clear();
    this.#version = version;
    const known = this.#known.get(item);
    if (known) return known;
    const before = this.#worth.gainOf(item);
    const found = this.#finder
      .likelyOf(item, mostOfOne)
      .map((upgrade) => proposed(item, upgrade, before, this.#worth.gainOf(upgrade.item)));
    this.#known.set(item, found);
    return found;
  }
}

function proposed(
  of: number,
  { item, probability, steps }: LikelyUpgrade,
  before: Gain,
  after: Gain,
): Proposed {
  const revenue = lessKnown(after.revenue, before.revenue);
  return {
    item,
    kind: 'up-sell',
    probability,
    cause: { by: 'upgrade', of, steppedUp: steps.steppedUp, buyers: steps.buyers },
    // Only what it brings more than the product that it takes the place of.
    gain: { revenue, profit: lessKnown(after.profit, before.profit) },
    ...(revenue !== null && { added: revenue }),
  };
}

const lessKnown = (amount: number | null, before: number | null): number | null =>
  amount === null || before === null ? null : amount - before;
