import { PairwellError } from '../../errors.ts';
import type { CustomerDrivers } from './drivers.ts';
import type { CustomerMoney } from './profit.ts';
import type { CostRates } from './rates.ts';
import { returnsCost } from './returns-cost.ts';

export type WhatIfKind =
  | 'fewer-orders'
  | 'minimum-order'
  | 'small-order-fee'
  | 'turn-drains'
  | 'fewer-returns';

/** What would change if. Money. */
export interface WhatIf {
  readonly kind: WhatIfKind;
  /** What was asked, with the shares that it was asked without. */
  readonly inputs: Readonly<Record<string, number>>;
  /** Of all customers it was asked of. */
  readonly profitBefore: number;
  readonly profitAfter: number;
  readonly change: number;
  /** Of `profitBefore`; null where that is not above 0. */
  readonly changeShare: number | null;
  /** Customers for whom anything changes. */
  readonly customers: number;
  /** All that the figure rests on, in sentences. */
  readonly assumptions: readonly string[];
}

/** What a question is asked of: all that `moneyOf` took and gave, and for whom. */
export interface WhatIfInput {
  readonly drivers: CustomerDrivers;
  readonly rates: CostRates;
  readonly profits: CustomerMoney;
  /** The numbers of the customers, such as all with an order, or the drains. */
  readonly customers: Int32Array;
}

/**
 * A share of what customers give back is not given back, with all that it costs. Credits for which no goods came back stay.
 *
 * @throws PairwellError `bad-input` for a share that is not between 0 and 1
 */
export function fewerReturns(input: WhatIfInput, { share }: { readonly share: number }): WhatIf {
  checkShare('share', share);
  const cost = returnsCost(input.drivers, input.rates);
  return answerTo('fewer-returns', { share }, input, (c) => share * cost[c], [
    `${percent(share)} of the returns do not happen, and these goods stay sold at the prices paid.`,
    'Nothing else is bought instead, and what it costs to prevent returns is not counted.',
  ]);
}

export interface TurnedDrains {
  /** The share of the drains' revenue that earns like the peaks', 0 … 1. */
  readonly share: number;
  /** By customer, as `tiersOf` gives it. */
  readonly tier: Int8Array;
}

/**
 * A share of the drains makes of the same revenue what the peaks make of theirs. Of any drains: if those with the largest
 * losses were chosen, it would be more.
 *
 * @param input of all customers with an order, so that the change is one of the shop's profit
 * @throws PairwellError `bad-input` for a share that is not between 0 and 1
 */
export function turnDrains(input: WhatIfInput, { share, tier }: TurnedDrains): WhatIf {
  checkShare('share', share);
  const { customers, profits } = input;
  let [spent, profit] = [0, 0];
  for (const c of customers) {
    if (tier[c] !== 0) continue;
    spent += profits.spent[c];
    profit += profits.profit[c];
  }
  const rate = spent > 0 ? profit / spent : null;
  const gained = (c: number): number =>
    rate === null || tier[c] !== 1 ? 0 : share * (rate * profits.spent[c] - profits.profit[c]);
  return answerTo('turn-drains', { share }, input, gained, [
    rate === null
      ? 'There are no peaks to be like, so that nothing changes.'
      : `${percent(share)} of the drains make ${percent(rate)} of their revenue before returns, as the peaks do.`,
    'What they buy stays the same, and what it takes to turn them is not counted.',
  ]);
}

/** Sums up what a question changes, customer by customer. */
export function answerTo(
  kind: WhatIfKind,
  inputs: WhatIf['inputs'],
  { profits, customers }: WhatIfInput,
  changeOf: (customer: number) => number,
  assumptions: readonly string[],
): WhatIf {
  const { profit } = profits;
  let [profitBefore, change, affected] = [0, 0, 0];
  for (let i = 0; i < customers.length; i++) {
    const ofCustomer = changeOf(customers[i]);
    profitBefore += profit[customers[i]];
    change += ofCustomer;
    if (ofCustomer !== 0) affected++;
  }
  return {
    kind,
    inputs,
    profitBefore,
    profitAfter: profitBefore + change,
    change,
    changeShare: profitBefore > 0 ? change / profitBefore : null,
    customers: affected,
    assumptions,
  };
}

/** @throws PairwellError `bad-input` for a share that is not between 0 and 1 */
export function checkShare(name: string, share: number): void {
  if (share >= 0 && share <= 1) return;
  const message = `"${name}" is a share and lies between 0 and 1, not at ${share}.`;
  throw new PairwellError('bad-input', message, { [name]: String(share) });
}

export const percent = (share: number): string => `${Number((100 * share).toPrecision(3))} %`;
