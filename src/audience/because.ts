import type { Model } from '../model/model.ts';
import type { LeadFinder } from '../ranking/lead-finder.ts';
import { shopperOf } from '../ranking/shopper.ts';
import { type Audience, basketsWith } from './audience.ts';
import { firstFired, rulesTo, sureness } from './rule-odds.ts';

/**
 * What speaks for a customer most plainly: the product itself was bought before, or one like it; or the surest of what leads from
 * the last purchases to it (`next`: to what is bought next, `together`: in one basket, `fellows`: by the same customers), or a rule.
 */
export const becauseKinds = ['bought', 'alike', 'next', 'together', 'fellows', 'rule'] as const;

export interface Because {
  readonly kind: (typeof becauseKinds)[number];
  /** Items that the customer bought. */
  readonly from: readonly number[];
  /** The item that they lead to: the product, or one like it. */
  readonly to: number;
  /** Baskets of the customer with it; else baskets, steps from one to the next, or customers with both. */
  readonly count: number;
  /** Of those with what leads there, the share that have both; null where the customer bought it. */
  readonly confidence: number | null;
}

/** Says of customers why they are where they are in an audience. */
export class AudienceReasons {
  readonly #model: Model;
  readonly #audience: Audience;
  readonly #serves: (rule: number) => boolean;
  /** By item of the subject: the rules that lead to it; where rules are what it rests on. */
  #rules: readonly (readonly number[])[] | undefined;

  /** @param serves whether a rule of the model may be gone by */
  constructor(model: Model, audience: Audience, serves: (rule: number) => boolean) {
    this.#model = model;
    this.#audience = audience;
    this.#serves = serves;
  }

  /** Undefined where nothing that the customer bought leads there: it is how it sells. */
  of(customer: number): Because | undefined {
    const { purchases } = this.#model;
    const { subject, leads } = this.#audience;
    const { item, items } = subject;
    for (const own of new Set([item, ...items])) {
      const count = basketsWith(purchases, customer, own);
      if (count > 0)
        return {
          kind: own === item ? 'bought' : 'alike',
          from: [own],
          to: own,
          count,
          confidence: null,
        };
    }
    return leads ? this.#byLead(customer, leads) : this.#byRule(customer);
  }

  #byLead(customer: number, leads: LeadFinder): Because | undefined {
    const { purchases } = this.#model;
    const { subject, day } = this.#audience;
    const known = purchases.offsets[customer + 1] - purchases.offsets[customer];
    leads.begin(shopperOf(purchases, customer, known, day));
    for (const item of subject.items) {
      const lead = leads.leadTo(item);
      if (!lead) continue;
      const { kind, from, to, both, confidence } = lead;
      return { kind, from: [from], to, count: both, confidence };
    }
    return undefined;
  }

  #byRule(customer: number): Because | undefined {
    const { rules, purchases } = this.#model;
    const { items } = this.#audience.subject;
    this.#rules ??= Array.from(items, (item) => rulesTo(rules, item, this.#serves));
    const owns = (item: number): boolean => basketsWith(purchases, customer, item) > 0;
    for (const [n, leading] of this.#rules.entries()) {
      const rule = firstFired(rules, leading, owns);
      if (rule < 0) continue;
      const { antecedentOffsets, antecedentItems, supportCount } = rules;
      return {
        kind: 'rule',
        from: [...antecedentItems.subarray(antecedentOffsets[rule], antecedentOffsets[rule + 1])],
        to: items[n],
        count: supportCount[rule],
        confidence: sureness(rules, rule),
      };
    }
    return undefined;
  }
}
