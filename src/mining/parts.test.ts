import { describe, expect, it } from 'vitest';
import { cutIntoParts } from './parts.ts';
import { encodeRoot } from './root-database.ts';
import { groceries } from './testing/groceries.ts';

const root = encodeRoot(groceries().baskets, 10);

describe('cutIntoParts', () => {
  it.each(['heaviest-first', 'commonest-first'] as const)(
    'gives each share of each rank once (%s)',
    (order) => {
      const { ranks, ends, shares, shareCounts, weights } = cutIntoParts(root, 'all', order);
      const seen = new Map<number, number[]>();
      ranks.forEach((first, part) => {
        for (let rank = first; rank < ends[part]; rank++)
          seen.set(rank, [...(seen.get(rank) ?? []), shares[part]]);
      });
      expect([...seen.keys()].sort((a, b) => a - b)).toEqual(Array.from(root.items, (_, rank) => rank));
      ranks.forEach((rank, part) => {
        const all = Array.from({ length: shareCounts[part] }, (_, share) => share);
        expect(seen.get(rank)!.sort((a, b) => a - b)).toEqual(all);
      });
      expect(Math.min(...weights)).toBeGreaterThan(0);
    },
  );

  it('splits heavy ranks, and puts the heaviest part first', () => {
    const few = encodeRoot(groceries().baskets, 600);
    const { shareCounts, weights } = cutIntoParts(few, 'all', 'heaviest-first');
    expect(Math.max(...shareCounts)).toBeGreaterThan(1);
    expect([...weights]).toEqual([...weights].sort((a, b) => b - a));
  });

  it('puts light ranks together that follow one another', () => {
    const all = encodeRoot(groceries().baskets, 1);
    expect(cutIntoParts(all, 'all', 'heaviest-first').ranks.length).toBeLessThan(all.items.length);
  });

  it('goes from the most frequent rank to the rarest when asked to', () => {
    const { ranks } = cutIntoParts(root, 'all', 'commonest-first');
    expect([...ranks]).toEqual([...ranks].sort((a, b) => a - b));
  });

  it('has nothing to cut without frequent items', () => {
    expect(
      cutIntoParts(encodeRoot(groceries().baskets, 9000), 'closed', 'heaviest-first').ranks,
    ).toHaveLength(0);
  });
});
