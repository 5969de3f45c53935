import type { Insights } from '../insights/insights.ts';
import type { Model } from '../model/model.ts';
import type { StringTable } from '../model/string-table.ts';
import { RuleBrowser } from '../rules/browse.ts';

/**
 * What analysts read of one model, apart from what makes offers: it can stay when its model has left service. Orders that are
 * asked for again and again are worked out once.
 */
export class RuleBook {
  readonly version: number;
  readonly itemCodes: StringTable;
  readonly insights: Insights;
  /** Rules between products. */
  readonly rules: RuleBrowser;
  /** Rules of categories, alone and with products; see `CategoryInsights` for the numbers of their items. */
  readonly categoryRules: RuleBrowser;
  #relationRows: Map<number, number> | undefined;
  #relationOrder: Int32Array | undefined;

  constructor(
    version: number,
    { itemCodes, rules, insights }: Pick<Model, 'itemCodes' | 'rules' | 'insights'>,
  ) {
    this.version = version;
    this.itemCodes = itemCodes;
    this.insights = insights;
    this.rules = new RuleBrowser(rules);
    this.categoryRules = new RuleBrowser(insights.categories.rules);
  }

  /** The row of two products in the relations, whichever comes first; −1 where they were not examined. */
  relationRow(one: number, other: number): number {
    const { a, b } = this.insights.relations;
    const { size } = this.itemCodes;
    this.#relationRows ??= new Map(Array.from(a, (item, row) => [item * size + b[row], row]));
    return this.#relationRows.get(Math.min(one, other) * size + Math.max(one, other)) ?? -1;
  }

  /** The rows of the relations by confidence, highest first, ties by row. */
  get relationsByConfidence(): Int32Array {
    const { confidence } = this.insights.relations;
    this.#relationOrder ??= Int32Array.from(confidence, (_, row) => row).sort(
      (one, other) => confidence[other] - confidence[one] || one - other,
    );
    return this.#relationOrder;
  }
}
