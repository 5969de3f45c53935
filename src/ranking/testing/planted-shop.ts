import { below, seededRandom } from '../../learn/random.ts';
import type { ShopBaskets } from '../shop-baskets.ts';
import { type BasketLiteral, shopFrom } from './shops.ts';

/** Items 0 … 9 lead to 10 … 19 at the next visit; 20 … 29 go with 30 … 39 in a basket; 40 … 59 are bought by chance. */
export const plantedItems = 60;
export const nextOf = (item: number): number => item + 10;
export const companionOf = (item: number): number => item + 10;

/** The days of the shop: 0 … 99. */
export const plantedDays = 100;

/** Four visits of each customer, and as many baskets of nobody known. */
export function plantedShop(customers: number, seed = 1): ShopBaskets {
  const random = seededRandom(seed);
  const basketOf = (due: number | undefined): { leading: number; items: number[] } => {
    const leading = below(10, random);
    const paired = 20 + below(10, random);
    const chance = [40 + below(20, random), 40 + below(20, random)];
    const items = [leading, paired, companionOf(paired), ...chance, ...(due === undefined ? [] : [due])];
    return { leading, items: [...new Set(items)] };
  };
  const baskets: BasketLiteral[] = [];
  for (let customer = 0; customer < customers; customer++) {
    let due: number | undefined;
    for (let visit = 0; visit < 4; visit++) {
      const { leading, items } = basketOf(due);
      baskets.push({ customer, day: 25 * visit + below(25, random), items });
      due = nextOf(leading);
      baskets.push({ customer: -1, day: below(plantedDays, random), items: basketOf(undefined).items });
    }
  }
  return shopFrom(baskets, plantedItems);
}
