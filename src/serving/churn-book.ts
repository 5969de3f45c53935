import type { ChurnInsights } from '../churn/churn-insights.ts';
import { type RankedAlerts, rankAlerts } from '../churn/signals/alerts.ts';
import type { SignalName } from '../churn/signals/signal-names.ts';
import type { CustomerInsights } from '../customers/customer-insights.ts';
import type { StringTable } from '../model/string-table.ts';

/** Rankings kept: by which signals is asked is a handful. */
const rankingsKept = 32;

/** What analysts read of who leaves, of one model. What it does not hold is worked out when it is first asked for. */
export class ChurnBook {
  readonly version: number;
  readonly codes: StringTable;
  readonly insights: ChurnInsights;
  /** By customer: what is still to come of one who stays, in money. */
  readonly #value: ArrayLike<number>;
  readonly #alerts = new Map<string, RankedAlerts>();
  readonly #lost = new Map<string, Int32Array>();

  constructor(version: number, codes: StringTable, insights: ChurnInsights, customers: CustomerInsights) {
    this.version = version;
    this.codes = codes;
    this.insights = insights;
    this.#value = customers.lifetime.columns.value;
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
    const ranked = rankAlerts(warnings, this.#value, { record: record ?? undefined, signals });
    if (this.#alerts.size >= rankingsKept) this.#alerts.clear();
    this.#alerts.set(key, ranked);
    return ranked;
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
}
