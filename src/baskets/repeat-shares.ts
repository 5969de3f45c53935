import { type BasketHistories, historyCount } from './basket-histories.ts';

/** What is added to an item's buyers in the share of those who come back for it. */
const fewBuyers = 3;

/** By item: the share of its buyers who bought it on another day again, drawn towards 0 where there are few. */
export function repeatShares(histories: BasketHistories): Float32Array {
  const { itemCount, offsets, itemOffsets, items } = histories;
  const buyers = new Float64Array(itemCount);
  const again = new Float32Array(itemCount);
  const lastBuyer = new Int32Array(itemCount).fill(-1);
  const lastRepeater = new Int32Array(itemCount).fill(-1);
  for (let c = 0; c < historyCount(histories); c++) {
    for (let p = itemOffsets[offsets[c]]; p < itemOffsets[offsets[c + 1]]; p++) {
      const item = items[p];
      if (lastBuyer[item] !== c) {
        lastBuyer[item] = c;
        buyers[item]++;
      } else if (lastRepeater[item] !== c) {
        lastRepeater[item] = c;
        again[item]++;
      }
    }
  }
  for (let item = 0; item < itemCount; item++) again[item] /= buyers[item] + fewBuyers;
  return again;
}
