import { createHash } from 'node:crypto';
import type { LiveShop } from '../serving/live-shop.ts';
import type { RuleBook } from '../serving/rule-book.ts';

/** By product of the model: its price of now less its cost of now; NaN where either is not known. */
export function marginsOf({ itemCodes }: Pick<RuleBook, 'itemCodes'>, shop: LiveShop): Float64Array {
  return Float64Array.from({ length: itemCodes.size }, (_, item) => {
    const product = shop.product(itemCodes.get(item));
    return (product?.price ?? Number.NaN) - (product?.cost ?? Number.NaN);
  });
}

/** A short text that is another one when a margin is, the same in every process. */
export function marginsDigest(margins: Float64Array): string {
  // As text: a NaN has many bit patterns.
  return createHash('sha256').update(margins.join()).digest('base64url').slice(0, 16);
}
