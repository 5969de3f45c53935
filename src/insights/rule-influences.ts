import { BestOf } from '../mining/best-of.ts';
import { type BlockedTransactions, collapse } from '../rules/block-counts.ts';
import type { Grouping } from '../rules/calendar.ts';
import { driftOf } from '../rules/drift.ts';
import { influenceOf, promotionInfluence } from '../rules/influences.ts';
import { type RuleColumns, ruleCount } from '../rules/rule-columns.ts';
import { rankingMeasures } from '../rules/top-rules.ts';
import type { Strata } from '../stats/strata.ts';
import {
  driftDirections,
  promotionVerdicts,
  type RuleInfluence,
  type RuleInsights,
  verdicts,
} from './insights.ts';
import type { InfluenceGrouping } from './order-blocks.ts';
import type { Promotions } from './promotions.ts';

/** What rules are held against. */
export interface Influences {
  readonly groupings: readonly InfluenceGrouping[];
  /** Months, in order of time. */
  readonly months: Grouping;
  readonly promotions: Promotions;
}

/**
 * What becomes of the studied rules when seasons, channels and so on are held still, within promotions and outside, and over
 * time. An influence whose groups do not tell of a rule, as in each one of its sides is in all baskets or in none, leaves it
 * not studied.
 *
 * @param studied numbers of rules
 * @param blocked the transactions in the blocks that `influences` are about
 */
export function ruleInfluences(
  rules: RuleColumns,
  studied: Int32Array,
  blocked: BlockedTransactions,
  { groupings, months, promotions }: Influences,
): Omit<RuleInsights, 'tests'> {
  const { antecedentOffsets, antecedentItems, consequent } = rules;
  const count = ruleCount(rules);
  const influences = groupings.map(({ name, grouping }) => ({
    grouping: { names: grouping.names, of: Int32Array.from(grouping.names, (_, group) => group) },
    blocks: grouping.of,
    columns: notStudied(name, count),
  }));
  const promotion = new Uint8Array(count);
  const drift = new Uint8Array(count);
  for (const r of studied) {
    const antecedent = antecedentItems.subarray(antecedentOffsets[r], antecedentOffsets[r + 1]);
    const cells = blocked.cells(antecedent, consequent[r]);
    for (const { grouping, blocks, columns } of influences) {
      const strata = collapse(cells, blocks, grouping.names.length);
      if (!isTold(strata)) continue;
      const { verdict, crude, common, differsP } = influenceOf(strata, grouping);
      columns.verdict[r] = verdicts.indexOf(verdict);
      columns.crudeOddsRatio[r] = crude.estimate;
      columns.oddsRatio[r] = common.estimate;
      columns.low[r] = common.low;
      columns.high[r] = common.high;
      columns.differsP[r] = differsP;
    }
    drift[r] = driftDirections.indexOf(driftOf(cells, months).direction);
    if (promotions.areNone) continue;
    const { verdict } = promotionInfluence(cells, promotions.of([...antecedent, consequent[r]]));
    promotion[r] = promotionVerdicts.indexOf(verdict);
  }
  return { influences: influences.map(({ columns }) => columns), promotion, drift };
}

/** The numbers of the marked rules, or of so many of them: the best by leverage, ties by support. */
export function bestMarked(rules: RuleColumns, isMarked: Uint8Array, most: number): Int32Array {
  const { supportCount, antecedentCount, consequentCount, transactionCount } = rules;
  const leverage = Float64Array.from(supportCount, (count, r) =>
    rankingMeasures.leverage(count, antecedentCount[r], consequentCount[r], transactionCount),
  );
  const best = new BestOf(
    most,
    (a, b) => leverage[b] - leverage[a] || supportCount[b] - supportCount[a] || a - b,
  );
  isMarked.forEach((marked, r) => {
    if (marked === 1) best.offer(r);
  });
  return best.sorted();
}

function notStudied(name: RuleInfluence['name'], count: number): RuleInfluence {
  const unknown = (): Float64Array => new Float64Array(count).fill(Number.NaN);
  return {
    name,
    verdict: new Uint8Array(count),
    crudeOddsRatio: unknown(),
    oddsRatio: unknown(),
    low: unknown(),
    high: unknown(),
    differsP: unknown(),
  };
}

/** Whether there is a group with and without each side of a rule. */
function isTold({ n11, n10, n01, n00 }: Strata): boolean {
  for (let s = 0; s < n11.length; s++) {
    const [a, b, c, d] = [n11[s], n10[s], n01[s], n00[s]];
    if (a + b > 0 && c + d > 0 && a + c > 0 && b + d > 0) return true;
  }
  return false;
}
