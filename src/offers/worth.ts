import type { CostRates } from '../customers/profit/rates.ts';
import type { Assortment } from './assortment.ts';
import { MoneyColumn } from './money-column.ts';
import type { PlacementSettings } from './placements.ts';

/** What an accepted offer brings, in money; null where no price is known. */
export interface Gain {
  readonly revenue: number | null;
  /** What is left of it after what the goods cost, and what one line more in an order costs to serve. */
  readonly profit: number | null;
}

type Aim = Pick<PlacementSettings, 'objective' | 'objectiveWeight'>;

const ofOneLine: ReadonlySet<string> = new Set(['line', 'unit']);

/** Ranks by what offers are likely to bring. */
export class Worth {
  readonly #assortment: Assortment;
  readonly #servingCost: number;
  readonly #goodsCostShare: number;
  /** By item, what selling one unit brings. */
  readonly #columns: Readonly<Record<keyof Gain, MoneyColumn>> = {
    revenue: new MoneyColumn(),
    profit: new MoneyColumn(),
  };
  #version = -1;

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

  /** For one request: products change from one to the next. */
  under({ objective, objectiveWeight }: Aim): Valuation {
    if (objective === 'conversion') return byProbability;
    this.#refresh();
    const mean = this.#meanOf(objective);
    const powers = this.#columns[objective].powers(objectiveWeight);
    return new MoneyValuation(objective, objectiveWeight, mean, powers);
  }

  #meanOf(objective: keyof Gain): number {
    const { revenue, profit } = this.#columns;
    const mean = objective === 'profit' && !Number.isNaN(profit.mean) ? profit.mean : revenue.mean;
    return Number.isNaN(mean) ? 1 : mean;
  }

  #refresh(): void {
    const { version, size } = this.#assortment;
    if (this.#version === version) return;
    const changed = this.#assortment.changedSince(this.#version);
    if (changed) for (const item of changed) this.#set(item);
    else for (let item = 0; item < size; item++) this.#set(item);
    this.#version = version;
  }

  #set(item: number): void {
    const { revenue, profit } = this.gainOf(item);
    const isCounted = this.#assortment.isSellable(item);
    this.#columns.revenue.set(item, revenue, isCounted);
    this.#columns.profit.set(item, profit, isCounted);
  }
}

/** What offers are ranked by. */
export interface Valuation {
  /**
   * The probability, times the gain in terms of a mean product's to the power of the weight: 0 ranks by probability alone, 1 by the
   * expected money. Without a price the gain counts as that of a mean product. What loses money comes after all that does not.
   */
  of(probability: number, gain: Gain): number;
  /** The same of one unit of an item, without looking at its product: those of a request are all over memory. */
  ofItem(probability: number, item: number): number;
}

const byProbability: Valuation = { of: (probability) => probability, ofItem: (probability) => probability };

class MoneyValuation implements Valuation {
  readonly #objective: keyof Gain;
  readonly #weight: number;
  readonly #mean: number;
  readonly #powers: Float64Array;
  readonly #meanPower: number;

  constructor(objective: keyof Gain, weight: number, mean: number, powers: Float64Array) {
    this.#objective = objective;
    this.#weight = weight;
    this.#mean = mean;
    this.#powers = powers;
    this.#meanPower = mean ** weight;
  }

  of(probability: number, gain: Gain): number {
    const amount = gain[this.#objective];
    if (amount === null) return probability;
    return this.#weighed(probability, amount > 0 ? amount ** this.#weight : amount);
  }

  ofItem(probability: number, item: number): number {
    const power = this.#powers[item];
    return Number.isNaN(power) ? probability : this.#weighed(probability, power);
  }

  /** @param power of an amount; itself where it is 0 or less */
  #weighed(probability: number, power: number): number {
    return (probability * power) / (power > 0 ? this.#meanPower : this.#mean);
  }
}
