import { PairwellError } from '../../errors.ts';
import { costPerOrder } from './drain-causes.ts';
import type { Counts, CustomerDrivers } from './drivers.ts';
import { returnsCost } from './returns-cost.ts';
import { answerTo, checkShare, percent, type WhatIf, type WhatIfInput } from './what-if.ts';

/** Small orders: those of less than `under`, one of `drivers.orderSizes.bounds`. */
export interface SmallOrderQuestion {
  readonly under: number;
  /** The share of small orders for which customers go along, 0 … 1. Default 1: all of them. */
  readonly accepted?: number | undefined;
}

/**
 * Customers put their small orders together, so that none is under the bound if they reach it at all: what is paid per
 * order is saved. Orders that are not accepted stay as they are.
 *
 * @throws PairwellError `bad-input` for a bound that the drivers do not have, or a share that is not between 0 and 1
 */
export function fewerOrders(input: WhatIfInput, { under, accepted = 1 }: SmallOrderQuestion): WhatIf {
  const { orders, revenue } = smallOrdersUnder(input.drivers, under);
  checkShare('accepted', accepted);
  const perOrder = costPerOrder(input.rates);
  const saved = (c: number): number =>
    accepted * perOrder * (orders[c] - Math.min(orders[c], Math.max(1, Math.floor(revenue[c] / under))));
  return answerTo('fewer-orders', { under, accepted }, input, saved, [
    `Orders of less than ${money(under)} are put together until they reach it; what was bought stays the same.`,
    acceptedSentence(accepted, 'the rest stay as they are'),
    'Costs per order are saved; lines, units, weight, haste, returns and service cost the same.',
  ]);
}

/**
 * No order under the bound is taken any more: customers add goods until it reaches the bound, or it is lost. What is added earns what
 * the customer's goods earn before what is paid per order, and what is lost goes at that rate.
 *
 * @param question `raised`: the share of the small orders that are raised to the bound, 0 … 1; the others are lost
 * @throws PairwellError `bad-input` as {@link fewerOrders}
 */
export function minimumOrder(
  input: WhatIfInput,
  { under, raised }: { readonly under: number; readonly raised: number },
): WhatIf {
  const { orders, revenue } = smallOrdersUnder(input.drivers, under);
  checkShare('raised', raised);
  const earned = earnedBeforeOrders(input);
  const perOrder = costPerOrder(input.rates);
  const lost = 1 - raised;
  const gained = (c: number): number =>
    raised * earned(c) * (orders[c] * under - revenue[c]) -
    lost * (earned(c) * revenue[c] - perOrder * orders[c]);
  return answerTo('minimum-order', { under, raised, lost }, input, gained, [
    `${percent(raised)} of the orders of less than ${money(under)} are raised to it by more goods; ${percent(lost)} are lost.`,
    ...(raised > 0
      ? ['What is added earns what the other goods of its customer do, and is not missing from later orders.']
      : []),
    ...(lost > 0 ? [lossSentence] : []),
  ]);
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
  const { orders, revenue } = smallOrdersUnder(input.drivers, under);
  checkShare('accepted', accepted);
  if (!(fee >= 0 && fee <= 1e12)) {
    throw new PairwellError('bad-input', `A fee is an amount of money of 0 or more, not ${fee}.`, {
      fee: String(fee),
    });
  }
  const earned = earnedBeforeOrders(input);
  const perOrder = costPerOrder(input.rates);
  const gained = (c: number): number =>
    accepted * fee * orders[c] - (1 - accepted) * (earned(c) * revenue[c] - perOrder * orders[c]);
  return answerTo('small-order-fee', { under, fee, accepted }, input, gained, [
    `Each order of less than ${money(under)} brings a fee of ${money(fee)}.`,
    acceptedSentence(accepted, 'the rest are lost'),
    ...(accepted < 1 ? [lossSentence] : []),
  ]);
}

/** By customer: orders under the bound and their revenue, money. */
function smallOrdersUnder(
  { orderSizes }: CustomerDrivers,
  under: number,
): { orders: Counts; revenue: Float64Array } {
  const at = orderSizes.bounds.indexOf(under);
  if (at < 0) {
    const bounds = [...orderSizes.bounds];
    throw new PairwellError(
      'bad-input',
      `Orders under ${under} have not been counted; choose one of ${bounds.join(', ') || 'none'}, or train with it ` +
        'among customers.orderBounds.',
      { under: String(under), bounds },
    );
  }
  return { orders: orderSizes.ordersUnder[at], revenue: orderSizes.revenueUnder[at] };
}

/**
 * By customer: the profit of a unit of revenue before returns and before what is paid per order; 0 for who spent nothing. Of more
 * given back than was spent, as when goods were bought before the ledger begins, as much as was spent counts.
 */
function earnedBeforeOrders({ drivers, rates, profits }: WhatIfInput): (customer: number) => number {
  const perOrder = costPerOrder(rates);
  const returned = returnsCost(drivers, rates);
  const { profit, spent } = profits;
  const { orders, returnedValue, credited } = drivers;
  return (c) => {
    if (!(spent[c] > 0)) return 0;
    const kept = profit[c] + credited[c] + perOrder * orders[c] + returned[c];
    const share = returnedValue[c] > spent[c] ? spent[c] / returnedValue[c] : 1;
    return (kept - share * (returned[c] + credited[c])) / spent[c];
  };
}

const lossSentence =
  'A lost order takes along its costs per order and, of what else its customer brings and costs, the share that it has of what the customer spent.';

function acceptedSentence(accepted: number, rest: string): string {
  return accepted === 1
    ? 'All customers go along, and buy neither more nor less: no other answer of theirs is assumed.'
    : `Customers go along with ${percent(accepted)} of these orders; ${rest}.`;
}

const money = (amount: number): string => amount.toLocaleString('en', { maximumFractionDigits: 2 });
