import { asTransactions, historyCount, itemsOfBasket } from '../../baskets/basket-histories.ts';
import { TransactionsBuilder } from '../../baskets/builder.ts';
import { sampleOf, seededRandom } from '../../learn/random.ts';
import { type Exercise, exerciseShop, questionCount } from '../../ranking/exercises.ts';
import { allBaskets, allDays, type ShopBaskets } from '../../ranking/shop-baskets.ts';
import type { CartCases } from '../protocols/cart.ts';
import type { CustomerCases } from '../protocols/rank-customers.ts';

/** Items of a basket that are hidden in turn at most. */
const hiddenOfCart = 3;

/** A basket that is asked about, as an exercise names it. */
interface Place {
  readonly customer: number;
  readonly basket: number;
  readonly seed: number;
}

/** The baskets that held-out questions are about, each once. */
function heldOutPlaces(exercise: Exercise): Place[] {
  const places = new Map<string, Place>();
  for (let n = 0; n < questionCount(exercise); n++) {
    if (exercise.isHeldOut[n] === 0) continue;
    const [customer, basket] = [exercise.customers[n], exercise.baskets[n]];
    const key = `${customer < 0} ${basket}`;
    if (!places.has(key)) places.set(key, { customer, basket, seed: exercise.seeds[n] });
  }
  return [...places.values()];
}

/** Whose case it is, as a number: below 0 for a basket of nobody known. */
export type GroupNumber = number;

/** The newest baskets of customers that are held out, with what is known but for what the exercise hides. */
export function heldOutVisits(
  shop: ShopBaskets,
  exercise: Exercise,
): { cases: CustomerCases; groups: GroupNumber[] } {
  const places = heldOutPlaces(exercise);
  const targets = new TransactionsBuilder();
  for (const { basket } of places) targets.add(itemsOfBasket(shop.histories, basket));
  const customers = Int32Array.from(places, ({ customer }) => customer);
  return {
    cases: {
      past: exerciseShop(shop, exercise),
      customers,
      days: Int32Array.from(places, ({ basket }) => shop.histories.day[basket]),
      targets: targets.build({ shared: false }),
    },
    groups: [...customers],
  };
}

/** The baskets that are held out, to complete. */
export function heldOutCarts(
  shop: ShopBaskets,
  exercise: Exercise,
): { cases: CartCases; past: ShopBaskets; groups: GroupNumber[] } {
  const places = heldOutPlaces(exercise);
  const past = exerciseShop(shop, exercise);
  const { histories } = past;
  const pastDays = allDays(past);
  const pastCustomers = new Int32Array(pastDays.length).fill(-1);
  for (let customer = 0; customer < historyCount(histories); customer++)
    pastCustomers.fill(customer, histories.offsets[customer], histories.offsets[customer + 1]);
  const whole = { known: asTransactions(shop.histories), nobodys: shop.anonymous.transactions };
  const baskets = new TransactionsBuilder();
  const hidden = places.map(({ customer, basket, seed }) => {
    const { offsets, items } = customer < 0 ? whole.nobodys : whole.known;
    const own = items.subarray(offsets[basket], offsets[basket + 1]);
    baskets.add(own);
    return sampleOf(own.length, hiddenOfCart, seededRandom(seed));
  });
  return {
    past,
    cases: {
      past: {
        baskets: allBaskets(past),
        customer: pastCustomers,
        customerCount: historyCount(histories),
        day: pastDays,
        promoted: past.promoted,
      },
      baskets: baskets.build({ shared: false }),
      customer: Int32Array.from(places, ({ customer }) => customer),
      day: Int32Array.from(places, ({ customer, basket }) =>
        customer < 0 ? shop.anonymous.day[basket] : shop.histories.day[basket],
      ),
      hidden,
    },
    groups: places.map(({ customer, basket }) => (customer < 0 ? -1 - basket : customer)),
  };
}
