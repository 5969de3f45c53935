import type { Lead } from '../ranking/leads.ts';
import { confidence, lift, support } from '../rules/measures/support-confidence-lift.ts';
import type { RuleColumns } from '../rules/rule-columns.ts';

/** Why something is offered: words for the customer, figures for the analyst. */
export interface Reason {
  readonly text: string;
  /** The products it rests on. */
  readonly because: readonly { productId: string; name: string | null }[];
  readonly support?: number;
  readonly confidence?: number;
  readonly lift?: number;
  /** Recent orders with the product, where popularity is the reason. */
  readonly orders?: number;
}

export interface Named {
  readonly code: string;
  readonly name: string | null;
}

const label = ({ code, name }: Named): string => name || code;

function listed(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** Only all of them are 100%. */
function percent(share: number): string {
  const percents = share * 100;
  if (percents < 10) return `${percents.toFixed(1)}%`;
  return `${share < 1 ? Math.min(99, Math.round(percents)) : 100}%`;
}

/** @param antecedent the products that fired the rule */
export function ruleReason(rules: RuleColumns, rule: number, antecedent: readonly Named[]): Reason {
  const count = rules.supportCount[rule];
  const sure = confidence(count, rules.antecedentCount[rule]);
  const names = listed(antecedent.map(label));
  return {
    text: `Goes with ${names}: ${percent(sure)} of orders with ${antecedent.length > 1 ? 'these' : 'it'} have this too.`,
    because: antecedent.map(({ code, name }) => ({ productId: code, name })),
    support: support(count, rules.transactionCount),
    confidence: sure,
    lift: lift(count, rules.antecedentCount[rule], rules.consequentCount[rule], rules.transactionCount),
  };
}

/** @param orders of the newest four weeks that hold the product, where nothing bought leads to it more than to others */
export function sellingReason(orders: number): Reason {
  const text = `Bought in ${orders} ${orders === 1 ? 'order' : 'orders'} of the last four weeks.`;
  return { text, because: [], orders };
}

/**
 * @param from the product that leads to the offer
 * @param baskets how many the shop has sold
 */
export function leadReason(
  { kind, both, left, right, confidence: sure }: Lead,
  from: Named,
  baskets: number,
): Reason {
  const name = label(from);
  const because = [{ productId: from.code, name: from.name }];
  if (kind === 'next')
    return {
      text: `Often bought after ${name}: ${percent(sure)} have this in their next order.`,
      because,
      confidence: sure,
    };
  if (kind === 'fellows')
    return {
      text: `${percent(sure)} of the customers who bought ${name} bought this too.`,
      because,
      confidence: sure,
    };
  return {
    text: `Goes with ${name}: ${percent(sure)} of orders with it have this too.`,
    because,
    support: support(both, baskets),
    confidence: sure,
    lift: lift(both, left, right, baskets),
  };
}

/** @param segment the segment whose list it is from; undefined for the whole shop's */
export function popularReason(orders: number, segment: string | undefined): Reason {
  const where = segment === undefined ? 'in the shop' : `with customers of ${segment}`;
  return { text: `Popular ${where} right now.`, because: [], orders };
}
