import { PairwellError } from '../../errors.ts';
import { costPerOrder, returnHandling } from './drain-causes.ts';
import type { CustomerDrivers } from './drivers.ts';
import type { CustomerProfits } from './profit.ts';
import type { CostRates } from './rates.ts';

/** What would change if. Money. */
export interface WhatIf {
  readonly kind: 'fewer-orders' | 'minimum-order' | 'small-order-fee' | 'turn-drains' | 'fewer-returns';
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

/** What a question is asked of: all that `profitOf` took and gave, and for whom. */
export interface WhatIfInput {
  readonly drivers: CustomerDrivers;
  readonly rates: CostRates;
  readonly profits: CustomerProfits;
  /** The numbers of the customers, such as all with an order, or the drains. */
  readonly customers: Int32Array;
}

/** Small orders: those of less than `under`, one of `drivers.orderSizes.bounds`. */
export interface SmallOrderQuestion {
  readonly under: number;
  /** The share of small orders for which customers go along, 0 … 1. Default 1: all of them. */
  readonly accepted?: number;
}

/**
 * Customers put their small orders together, so that none is under the bound if they reach it at all: what is paid per
 * order is saved. Orders that are not accepted stay as they are.
 *
 * @throws PairwellError `bad-input` for a bound that the drivers do not have, or a share that is not between 0 and 1
 */
export function fewerOrders(input: WhatIfInput, { under, accepted = 1 }: SmallOrderQuestion): WhatIf {
  const { orders, merged } = smallOrdersUnder(input.drivers, under);
  checkShare('accepted', accepted);
  const perOrder = costPerOrder(input.rates);
  return answer('fewer-orders', input, (c) => accepted * perOrder * (orders[c] - merged(c)), [
    `Orders of less than ${money(under)} are put together until they reach it; what was bought stays the same.`,
    acceptedSentence(accepted, 'the rest stay as they are'),
    'Costs per order are saved; lines, units, weight, haste, returns and service cost the same.',
  ]);
}

/**
 * No order under the bound is taken any more: it is put together with others, or lost.
 *
 * @throws PairwellError `bad-input` as {@link fewerOrders}
 */
export function minimumOrder(input: WhatIfInput, { under, accepted = 1 }: SmallOrderQuestion): WhatIf {
  const { orders, merged } = smallOrdersUnder(input.drivers, under);
  checkShare('accepted', accepted);
  const perOrder = costPerOrder(input.rates);
  const lost = lostWith(input, under);
  return answer(
    'minimum-order',
    input,
    (c) => accepted * perOrder * (orders[c] - merged(c)) - (1 - accepted) * lost(c),
    [
      `Orders of less than ${money(under)} are put together until they reach it; what was bought stays the same.`,
      acceptedSentence(accepted, 'the rest are lost'),
      ...(accepted < 1 ? [lossSentence] : []),
    ],
  );
}

/**
 * A fee on each order under the bound.
 *
 * @throws PairwellError `bad-input` as {@link fewerOrders}, or for a fee that is negative or not finite
 */
export function smallOrderFee(
  input: WhatIfInput,
  { under, accepted = 1, fee }: SmallOrderQuestion & { readonly fee: number },
): WhatIf {
  const { orders } = smallOrdersUnder(input.drivers, under);
  checkShare('accepted', accepted);
  if (!(fee >= 0 && fee <= 1e12)) {
    throw new PairwellError('bad-input', `A fee is an amount of money of 0 or more, not ${fee}.`, {
      fee: String(fee),
    });
  }
  const lost = lostWith(input, under);
  return answer('small-order-fee', input, (c) => accepted * fee * orders[c] - (1 - accepted) * lost(c), [
    `Each order of less than ${money(under)} brings a fee of ${money(fee)}.`,
    acceptedSentence(accepted, 'the rest are lost'),
    ...(accepted < 1 ? [lossSentence] : []),
  ]);
}

/**
 * A share of what customers give back is not given back, with all that it costs.
 *
 * @throws PairwellError `bad-input` for a share that is not between 0 and 1
 */
export function fewerReturns(input: WhatIfInput, { share }: { readonly share: number }): WhatIf {
  checkShare('share', share);
  const { drivers, rates } = input;
  const handling = returnHandling(drivers, rates);
  const { returnedValue, returnedGoodsCost, returnedUncosted } = drivers;
  const saved = (c: number): number => {
    const goods = returnedGoodsCost[c] + rates.goodsCostShare * returnedUncosted[c];
    return share * (handling[c] + returnedValue[c] - (1 - rates.returnedGoodsLost) * goods);
  };
  return answer('fewer-returns', input, saved, [
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
  let [revenue, profit] = [0, 0];
  for (const c of customers) {
    if (tier[c] !== 0) continue;
    revenue += profits.revenue[c];
    profit += profits.profit[c];
  }
  const rate = revenue > 0 ? profit / revenue : null;
  const gained = (c: number): number =>
    rate === null || tier[c] !== 1 ? 0 : share * (rate * profits.revenue[c] - profits.profit[c]);
  return answer('turn-drains', input, gained, [
    rate === null
      ? 'There are no peaks to be like, so that nothing changes.'
      : `${percent(share)} of the drains make ${percent(rate)} of their revenue, as the peaks do.`,
    'Their revenue stays the same, and what it takes to turn them is not counted.',
  ]);
}

function answer(
  kind: WhatIf['kind'],
  { profits, customers }: WhatIfInput,
  changeOf: (customer: number) => number,
  assumptions: readonly string[],
): WhatIf {
  let [profitBefore, change, affected] = [0, 0, 0];
  for (const c of customers) {
    const ofCustomer = changeOf(c);
    profitBefore += profits.profit[c];
    change += ofCustomer;
    if (ofCustomer !== 0) affected++;
  }
  return {
    kind,
    profitBefore,
    profitAfter: profitBefore + change,
    change,
    changeShare: profitBefore > 0 ? change / profitBefore : null,
    customers: affected,
    assumptions,
  };
}

/** By customer the orders of less, and how many they would be if put together. */
function smallOrdersUnder(
  { orderSizes }: CustomerDrivers,
  under: number,
): { orders: ArrayLike<number>; revenue: Float64Array; merged: (customer: number) => number } {
  const at = orderSizes.bounds.indexOf(under);
  if (at < 0) {
    const bounds = [...orderSizes.bounds];
    throw new PairwellError(
      'bad-input',
      `Orders under ${under} have not been counted; choose one of ${bounds.join(', ') || 'none'}, or train with it.`,
      { under: String(under), bounds },
    );
  }
  const [orders, revenue] = [orderSizes.ordersUnder[at], orderSizes.revenueUnder[at]];
  const merged = (c: number): number => Math.min(orders[c], Math.max(1, Math.floor(revenue[c] / under)));
  return { orders, revenue, merged };
}

/** By customer: the profit that goes if its small orders do. */
function lostWith({ drivers, rates, profits }: WhatIfInput, under: number): (customer: number) => number {
  const { orders, revenue } = smallOrdersUnder(drivers, under);
  const perOrder = costPerOrder(rates);
  return (c) => {
    // All but what is paid per order goes with the revenue.
    const beforeOrders = profits.profit[c] + perOrder * drivers.orders[c];
    const rate = profits.revenue[c] > 0 ? beforeOrders / profits.revenue[c] : 0;
    return rate * revenue[c] - perOrder * orders[c];
  };
}

const lossSentence =
  'A lost order takes along its costs per order and, of what else its customer brings and costs, the share that it has of the revenue.';

function acceptedSentence(accepted: number, rest: string): string {
  return accepted === 1
    ? 'All customers go along, and buy neither more nor less: no other answer of theirs is assumed.'
    : `Customers go along with ${percent(accepted)} of these orders; ${rest}.`;
}

function checkShare(name: string, share: number): void {
  if (share >= 0 && share <= 1) return;
  const message = `"${name}" is a share and lies between 0 and 1, not at ${share}.`;
  throw new PairwellError('bad-input', message, { [name]: String(share) });
}

const percent = (share: number): string => `${Number((100 * share).toPrecision(3))} %`;
const money = (amount: number): string => amount.toLocaleString('en', { maximumFractionDigits: 2 });
