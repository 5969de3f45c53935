import { below, seededRandom } from '../../learn/random.ts';
import type { PromotedDays, ShopBaskets } from '../shop-baskets.ts';
import { type BasketLiteral, shopFrom } from './shops.ts';

/** Bought together by three in ten on days of their promotion; before and after it each for itself, by one in ten. */
export const ofPromotion = [0, 1] as const;
/** On promotion on the same days; bought together by two in ten always. */
export const ofPreference = [2, 3] as const;
export const promotionShopItems = 150;

/** The days of the shop are 0 … 99; those of promotion the 30 from here on. */
const firstPromoted = 20;
export const promotionShopDays = 100;

/** 200 customers with a basket on every tenth day, one in four by nobody known, with two items more by chance. */
export function promotionShop(seed = 1): ShopBaskets & { readonly promoted: PromotedDays } {
  const random = seededRandom(seed);
  const isPromoted = (day: number): boolean => day >= firstPromoted && day < firstPromoted + 30;
  const baskets: BasketLiteral[] = [];
  for (let n = 0; n < 20 * promotionShopDays; n++) {
    const day = Math.floor(n / 20);
    const items = new Set([0, 1].map(() => 4 + below(promotionShopItems - 4, random)));
    const bought = isPromoted(day)
      ? ofPromotion.slice(random() < 0.3 ? 0 : 2)
      : ofPromotion.filter(() => random() < 0.1);
    for (const item of [...bought, ...(random() < 0.2 ? ofPreference : [])]) items.add(item);
    baskets.push({ customer: n % 4 === 3 ? -1 : n % 200, day, items: [...items] });
  }
  const both = [...ofPromotion, ...ofPreference];
  const days = Array.from({ length: 30 }, (_, n) => firstPromoted + n);
  return {
    ...shopFrom(baskets, promotionShopItems, 200),
    promoted: {
      items: Int32Array.from(days.flatMap(() => both)),
      days: Int32Array.from(days.flatMap((day) => both.map(() => day))),
    },
  };
}
