import { sampleOf, seededRandom } from '../../learn/random.ts';
import type { HiddenVisits } from '../open-calibration.ts';
import { purchaseWorld } from '../purchase-world.ts';
import { newestBaskets, visitQuestion } from '../questions.ts';
import { type ShopBaskets, withoutBaskets } from '../shop-baskets.ts';

/** No more than this share of all newest baskets is hidden, or the rest would say too little. */
const mostHidden = 0.4;

/** Hides the newest baskets of some customers, all together. */
export function hiddenVisits(shop: ShopBaskets, seed: number): HiddenVisits {
  const newest = newestBaskets(shop);
  const count = Math.floor(newest.length * mostHidden);
  const places = Array.from(sampleOf(newest.length, count, seededRandom(seed)), (n) => newest[n]!);
  return {
    world: purchaseWorld(withoutBaskets(shop, places)),
    questions: places.map((place) => visitQuestion(shop, place)),
  };
}
