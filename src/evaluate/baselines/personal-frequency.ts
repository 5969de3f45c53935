import type { NextBasketMethod } from '../method.ts';
import type { ItemPopularity } from './item-popularity.ts';
import { OwnItems } from './own-items.ts';
import { type PopularIn, popularityIn } from './popular-items.ts';
import { ScoreBoard } from './score-board.ts';

export interface PersonalOptions {
  readonly name: string;
  /** Whether of items bought equally often the one bought last goes first; otherwise the lower item number. */
  readonly byRecency: boolean;
  /** The popularity that lists are filled up with; none leaves them short. */
  readonly fill?: PopularIn;
}

/**
 * What the customer bought in the largest share of their baskets ("P-TopFreq", with popularity behind it "GP-TopFreq", in Li et
 * al., "A next basket recommendation reality check", ACM TOIS 41, 2023).
 */
export const personalFrequency = ({ name, byRecency, fill }: PersonalOptions): NextBasketMethod => ({
  name,
  prepare(past) {
    const { histories } = past;
    const { itemCount, offsets, itemOffsets, items } = histories;
    const popularity: ItemPopularity | undefined = fill && popularityIn(fill, past);
    const board = new ScoreBoard(itemCount);
    const own = new OwnItems(histories);
    return {
      hasProbabilities: true,
      rank(customer, k, among, out) {
        const barred = own.barred(customer, among);
        let filled = 0;
        if (among === 'all') {
          board.clear();
          const [first, end] = [offsets[customer], offsets[customer + 1]];
          const baskets = end - first;
          // The newest basket first: an item's place in time is that of the basket that shows it first.
          for (let b = end - 1; b >= first; b--) {
            const place = byRecency ? (b - first + 1) / (baskets + 1) : 0;
            for (let i = itemOffsets[b]; i < itemOffsets[b + 1]; i++)
              board.add(items[i], board.scoreOf(items[i]) === 0 ? 1 + place : 1);
          }
          filled = board.take(k, barred, out);
          for (let n = 0; n < filled; n++) out.probabilities[n] = Math.floor(out.probabilities[n]) / baskets;
        }
        return popularity ? popularity.fill(filled, k, barred, out) : filled;
      },
    };
  },
});
