import type { Transactions } from '../baskets/transactions.ts';
import { transactionCount } from '../baskets/transactions.ts';
import { PairwellError } from '../errors.ts';
import { lowerUntil } from '../mining/lower-support.ts';
import type { MineRequest } from '../mining/request.ts';
import { constrainRules } from './constrain-rules.ts';
import type { BestRulesRequest, MinedRules, MiningEngine } from './engine.ts';
import type { RuleOptions } from './generate.ts';
import { ruleCount } from './rule-columns.ts';
import { topRules } from './top-rules.ts';

/**
 * The k best rules by a measure, without a minimum support: it is lowered until no rule of less support can be among them.
 * A rule that less than a share s of the transactions hold has a support below s, and so has its leverage.
 *
 * @param request its minimum support is the least that is tried, 1 for any
 * @throws PairwellError `bad-input` for measures that support does not bound; whatever the engine throws
 */
export async function bestRules(
  engine: Pick<MiningEngine, 'mineRules'>,
  transactions: Transactions,
  request: MineRequest,
  options: RuleOptions,
  { k, by, constraint }: BestRulesRequest,
): Promise<MinedRules> {
  if (by !== 'support' && by !== 'leverage') {
    throw new PairwellError(
      'bad-input',
      `The best rules by ${by} may be of any support, however low: state a minimum support.`,
    );
  }
  const count = transactionCount(transactions);
  return lowerUntil(
    count,
    request.minSupport,
    async (minSupport) => {
      const mined = await engine.mineRules(transactions, { ...request, minSupport }, options);
      return { ...mined, rules: topRules(constrainRules(mined.rules, constraint), k, by) };
    },
    ({ rules }, minSupport) => ruleCount(rules) === k && worst(rules, by) >= minSupport / count,
  );

  function worst(
    { supportCount, antecedentCount, consequentCount }: MinedRules['rules'],
    measure: typeof by,
  ): number {
    const last = supportCount.length - 1;
    const support = supportCount[last] / count;
    if (measure === 'support') return support;
    return support - (antecedentCount[last] / count) * (consequentCount[last] / count);
  }
}
