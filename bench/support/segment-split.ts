import { eachOrder } from '../../src/customers/behaviour/product-kinds.ts';
import type { OrderLine } from '../../src/orders/order-line.ts';
import type { TrialCase } from './segment-trial.ts';
import { ledgerOfLines, type ShopLedger } from './shop-ledger.ts';

export interface Split {
  /** What was before the day. */
  readonly training: ShopLedger;
  /** Orders from the day on of customers who had ordered before, by what of them is shown. */
  readonly cases: Readonly<Record<'next basket' | 'half of the cart', readonly TrialCase[]>>;
}

const minutesPerDay = 1440;

/**
 * Cases of later orders, by item of the training. What the customer had before is never to be guessed, as it is never offered;
 * an order with nothing else to guess is no case.
 *
 * @param random which half of a cart is shown
 */
export function splitByTime(lines: readonly OrderLine[], day: number, random: () => number): Split {
  const isEarly = ({ time }: OrderLine): boolean => time < day * minutesPerDay * 60_000;
  const training = ledgerOfLines(lines.filter(isEarly), day);
  const numberOf = new Map(training.productCodes.map((code, n) => [code, n]));
  const customerOf = new Map(training.customerCodes.map((code, n) => [code, n]));
  const owned = training.customerCodes.map(() => new Set<number>());
  eachOrder(training.ledger, (customer, items) => {
    for (const item of items) owned[customer].add(item);
  });

  const later = ledgerOfLines(
    lines.filter((line) => !isEarly(line)),
    Number.MAX_SAFE_INTEGER,
  );
  const nextBasket: TrialCase[] = [];
  const half: TrialCase[] = [];
  eachOrder(later.ledger, (laterCustomer, laterItems) => {
    const customer = customerOf.get(later.customerCodes[laterCustomer]);
    if (customer === undefined || owned[customer].size === 0) return;
    const items = laterItems
      .map((item) => numberOf.get(later.productCodes[item]) ?? -1)
      .filter((item) => item >= 0 && item < training.ledger.products.itemCount);
    const isNew = (item: number): boolean => !owned[customer].has(item);
    const hidden = items.filter(isNew);
    if (hidden.length > 0) nextBasket.push({ customer, cart: [], hidden });
    const shuffled = items.map((item) => ({ item, key: random() })).sort((a, b) => a.key - b.key);
    const cart = shuffled.slice(0, Math.ceil(items.length / 2)).map(({ item }) => item);
    const rest = shuffled
      .slice(cart.length)
      .map(({ item }) => item)
      .filter(isNew);
    if (rest.length > 0) half.push({ customer, cart, hidden: rest });
  });
  return { training, cases: { 'next basket': nextBasket, 'half of the cart': half } };
}
