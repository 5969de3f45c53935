import type { LeavingPrediction } from '../churn/actions/causes.ts';
import type { ChurnInsights } from '../churn/churn-insights.ts';
import type { ChurnForecast } from '../churn/outlook/churn-outlook.ts';
import { type ChurnRule, fuzzyRules } from '../churn/prediction/fuzzy-rules.ts';
import { type ChurnReason, reasonsAt } from '../churn/prediction/reasons.ts';
import { type RankedAlerts, rankAlerts } from '../churn/signals/alerts.ts';
import type { SignalName } from '../churn/signals/signal-names.ts';
import type { CustomerInsights } from '../customers/customer-insights.ts';
import type { StringTable } from '../model/string-table.ts';

/** Rankings kept: by which signals is asked is a handful. */
const rankingsKept = 32;

/** What is foretold of a customer. */
export interface Leaving {
  readonly customer: number;
  /** Of leaving within the horizon. */
  readonly chance: number;
  /** Whether that is enough to call the customer leaving. */
  readonly isCalled: boolean;
  /** The chance, times what is still to come of one who stays, in money; 0 where nothing above 0 is known to come. */
  readonly valueAtRisk: number;
  readonly reasons: readonly ChurnReason[];
  /** Those that hold of the customer. */
  readonly rules: readonly ChurnRule[];
}

/** By what those who are about to leave are ranked. */
export const leavingOrders = ['value-at-risk', 'chance'] as const;
export type LeavingOrder = (typeof leavingOrders)[number];

/** What analysts read of who leaves, of one model. What it does not hold is worked out when it is first asked for. */
export class ChurnBook {
  readonly version: number;
  readonly codes: StringTable;
  readonly insights: ChurnInsights;
  /** By customer: what is still to come of one who stays, in money. */
  readonly value: ArrayLike<number>;
  readonly #alerts = new Map<string, RankedAlerts>();
  readonly #lost = new Map<string, Int32Array>();
  readonly #leaving = new Map<LeavingOrder, Int32Array>();
  /** What is learnt in words, those for leaving first. */
  readonly rules: readonly ChurnRule[];
  /** By customer: the place in the forecast, or −1; null without one. */
  readonly #placeOf: Int32Array | null;

  constructor(version: number, codes: StringTable, insights: ChurnInsights, customers: CustomerInsights) {
    this.version = version;
    this.codes = codes;
    this.insights = insights;
    this.value = customers.lifetime.columns.value;
    const { forecast } = insights.outlook;
    this.rules = forecast ? fuzzyRules(forecast.learnt) : [];
    this.#placeOf = forecast && new Int32Array(codes.size).fill(-1);
    forecast?.customer.forEach((customer, place) => {
      this.#placeOf![customer] = place;
    });
  }

  /**
   * Customers with an alarm, those first of whom most is at risk.
   *
   * @param signals of which one at least gives alarm; all by default
   */
  alerts(signals?: readonly SignalName[]): RankedAlerts {
    const key = signals ? [...signals].sort().join(' ') : '';
    const known = this.#alerts.get(key);
    if (known) return known;
    const { warnings, record } = this.insights;
    const leaving = this.#placeOf && Float64Array.from(this.#placeOf, (place) => this.#chanceAt(place));
    const ranked = rankAlerts(warnings, this.value, {
      ...{ record: record ?? undefined, signals, leaving: leaving ?? undefined },
    });
    if (this.#alerts.size >= rankingsKept) this.#alerts.clear();
    this.#alerts.set(key, ranked);
    return ranked;
  }

  /** Whether lists show a customer: whoever was forgotten is counted and not shown. */
  isListed(customer: number): boolean {
    return this.codes.isNamed(customer);
  }

  /** The rows of lost customers: those whom the plan of an aim contacts first, then by what their best offer earns. */
  lost(aim: 'profit' | 'won-back'): Int32Array {
    const known = this.#lost.get(aim);
    if (known) return known;
    const { customer, plan } = this.insights.winback;
    const chosen = aim === 'profit' ? plan?.mostProfit : plan?.mostWonBack;
    const isContacted = (row: number): number => Number((chosen?.offer[row] ?? -1) >= 0);
    const profit = (row: number): number => plan?.bestProfit[row] ?? 0;
    const order = customer
      .map((_, row) => row)
      .sort((a, b) => isContacted(b) - isContacted(a) || profit(b) - profit(a) || a - b);
    this.#lost.set(aim, order);
    return order;
  }

  /** What is foretold of a customer; null where nothing is, as of somebody who is none any more. */
  leaving(customer: number): Leaving | null {
    const { forecast } = this.insights.outlook;
    const place = this.#placeOf?.[customer] ?? -1;
    if (!forecast || place < 0) return null;
    const { learnt, reasons, rules } = forecast;
    const chance = forecast.probability[place];
    return {
      ...{ customer, chance, isCalled: chance >= learnt.threshold },
      valueAtRisk: this.#riskAt(forecast, place),
      reasons: reasonsAt(learnt.features, learnt.means, reasons, place),
      rules: this.rules.filter(({ id }) => ((rules[place] >>> id) & 1) === 1),
    };
  }

  /** Today's customers of whom something is foretold: those first who have most of what they are ranked by. */
  likelyToLeave(by: LeavingOrder): Int32Array {
    const { forecast } = this.insights.outlook;
    if (!forecast) return new Int32Array(0);
    const known = this.#leaving.get(by);
    if (known) return known;
    const { customer, probability } = forecast;
    const figure =
      by === 'chance' ? probability : probability.map((_, place) => this.#riskAt(forecast, place));
    const order = Int32Array.from(customer.keys())
      .sort((a, b) => figure[b] - figure[a] || a - b)
      .map((place) => customer[place]);
    this.#leaving.set(by, order);
    return order;
  }

  /** The forecast as retention actions read it. */
  get prediction(): LeavingPrediction | null {
    const { forecast } = this.insights.outlook;
    if (!forecast) return null;
    const { learnt, reasons, customer: customers, probability: probabilities } = forecast;
    const reasonsOf = (row: number) => reasonsAt(learnt.features, learnt.means, reasons, row);
    return { customers, probabilities, reasonsOf };
  }

  #chanceAt(place: number): number {
    return this.insights.outlook.forecast?.probability[place] ?? Number.NaN;
  }

  #riskAt({ customer, probability }: ChurnForecast, place: number): number {
    const value = this.value[customer[place]];
    return value > 0 ? value * probability[place] : 0;
  }
}
