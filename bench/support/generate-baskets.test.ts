import { describe, expect, it } from 'vitest';
import { generateTransactions, groupCount, itemCount, meanLength, plantedItems } from './generate-baskets.ts';
import { median } from './median.ts';

const plan = { baskets: 20_000, seed: 7 };

describe('generated baskets', () => {
  const { offsets, items } = generateTransactions(plan);
  const basketsOf = new Map<number, Set<number>>();
  for (let t = 0; t < plan.baskets; t++) {
    for (const item of items.subarray(offsets[t], offsets[t + 1])) {
      if (!basketsOf.has(item)) basketsOf.set(item, new Set());
      basketsOf.get(item)!.add(t);
    }
  }
  const count = (item: number): number => basketsOf.get(item)?.size ?? 0;

  it('are the same for the same seed, and others for another', () => {
    expect(generateTransactions(plan)).toEqual({ itemCount, offsets, items });
    expect(generateTransactions({ ...plan, seed: 8 }).items).not.toEqual(items);
  });

  it('lie in shared columns of just their length', () => {
    for (const column of [offsets, items]) {
      expect(column.buffer).toBeInstanceOf(SharedArrayBuffer);
      expect(column.byteLength).toBe(column.buffer.byteLength);
    }
    expect(items.length).toBe(offsets[plan.baskets]);
  });

  it('hold ascending items, each once', () => {
    for (let t = 0; t < plan.baskets; t++) {
      const basket = items.slice(offsets[t], offsets[t + 1]);
      expect(basket[0]).toBeGreaterThanOrEqual(0);
      expect(basket[basket.length - 1]).toBeLessThan(itemCount);
      expect(basket.every((item, i) => i === 0 || item > basket[i - 1])).toBe(true);
    }
  });

  it('have a mean length of ten and are mostly shorter', () => {
    const lengths = Array.from({ length: plan.baskets }, (_, t) => offsets[t + 1] - offsets[t]);
    expect(items.length / plan.baskets).toBeCloseTo(meanLength, 0);
    expect(Math.min(...lengths)).toBe(1);
    expect(median(lengths)).toBeLessThan(0.8 * meanLength);
    expect(Math.max(...lengths)).toBeGreaterThan(5 * meanLength);
  });

  it('share few items and hardly any of the others', () => {
    expect(count(0)).toBeGreaterThan(0.4 * plan.baskets);
    expect(count(100)).toBeLessThan(0.02 * plan.baskets);
    expect(count(itemCount / 2)).toBeLessThan(0.001 * plan.baskets);
  });

  it('hold planted items together', () => {
    for (const group of [0, 1, 10, groupCount - 1]) {
      const [one, other] = plantedItems(group);
      const both = [...basketsOf.get(one)!].filter((t) => basketsOf.get(other)!.has(t)).length;
      const lift = (both * plan.baskets) / (count(one) * count(other));
      expect(lift, `group ${group}`).toBeGreaterThan(10);
    }
  });
});
