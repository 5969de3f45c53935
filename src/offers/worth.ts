import type { CostRates } from '../customers/profit/rates.ts';
import type { Assortment } from './assortment.ts';
import type { Objective, PlacementSettings } from './placements.ts';

/** What an accepted offer brings, in money; null where no price is known. */
export interface Gain {
  readonly revenue: number | null;
  /** What is left of it after what the goods cost, and what one line more in an order costs to serve. */
  readonly profit: number | null;
}

const ofOneLine: ReadonlySet<string> = new Set(['line', 'unit']);

/** Ranks by what offers are likely to bring. */
export class Worth {
  readonly #assortment: Assortment;
  readonly #servingCost: number;
  readonly #goodsCostShare: number;
  #version = -1;
  /** By item, what selling one unit brings; NaN where no price is known. */
  readonly #gains: Record<keyof Gain, Float64Array> = {
    revenue: new Float64Array(0),
    profit: new Float64Array(0),
  };
  /** Of what can be sold and has a price; 1 where that is nothing. */
  readonly #mean: Record<Exclude<Objective, 'conversion'>, number> = { revenue: 1, profit: 1 };

  /** @param rates of the study of customers; without them neither serving nor goods of unknown cost cost anything */
  constructor(assortment: Assortment, rates: CostRates | undefined) {
    this.#assortment = assortment;
    const drivers = rates?.drivers.filter(({ basis }) => ofOneLine.has(basis.per)) ?? [];
    this.#servingCost = drivers.reduce((sum, { rate }) => sum + rate, 0);
    this.#goodsCostShare = rates?.goodsCostShare ?? 0;
  }

  /** What selling one unit of an item brings. */
  gainOf(item: number): Gain {
    const product = this.#assortment.product(item);
    if (!product || product.price === null) return { revenue: null, profit: null };
    const { price, cost } = product;
    return { revenue: price, profit: price - (cost ?? this.#goodsCostShare * price) - this.#servingCost };
  }

  /**
   * The probability, times the gain in terms of a mean product's to the power of the weight: 0 ranks by probability alone, 1 by the
   * expected money. Without a price the gain counts as that of a mean product. What loses money comes after all that does not.
   */
  valueOf(
    probability: number,
    gain: Gain,
    { objective, objectiveWeight }: Pick<PlacementSettings, 'objective' | 'objectiveWeight'>,
  ): number {
    if (objective === 'conversion') return probability;
    const amount = gain[objective];
    if (amount === null) return probability;
    this.#refresh();
    return weighed(probability, amount / this.#mean[objective], objectiveWeight);
  }

  /** The same of one unit of an item, without looking at its product: those of a request are all over memory. */
  valueOfItem(
    probability: number,
    item: number,
    { objective, objectiveWeight }: Pick<PlacementSettings, 'objective' | 'objectiveWeight'>,
  ): number {
    if (objective === 'conversion') return probability;
    this.#refresh();
    const amount = this.#gains[objective][item];
    if (Number.isNaN(amount)) return probability;
    return weighed(probability, amount / this.#mean[objective], objectiveWeight);
  }

  #refresh(): void {
    const assortment = this.#assortment;
    if (this.#version === assortment.version) return;
    this.#version = assortment.version;
    this.#gains.revenue = new Float64Array(assortment.size);
    this.#gains.profit = new Float64Array(assortment.size);
    const sums = { revenue: 0, profit: 0 };
    let priced = 0;
    for (let item = 0; item < assortment.size; item++) {
      const { revenue, profit } = this.gainOf(item);
      this.#gains.revenue[item] = revenue ?? Number.NaN;
      this.#gains.profit[item] = profit ?? Number.NaN;
      if (!assortment.isSellable(item) || revenue === null || profit === null) continue;
      sums.revenue += revenue;
      sums.profit += profit;
      priced++;
    }
    this.#mean.revenue = sums.revenue > 0 ? sums.revenue / priced : 1;
    this.#mean.profit = sums.profit > 0 ? sums.profit / priced : this.#mean.revenue;
  }
}

const weighed = (probability: number, ratio: number, weight: number): number =>
  probability * (ratio > 0 ? ratio ** weight : ratio);
