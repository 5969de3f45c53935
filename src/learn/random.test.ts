import { describe, expect, it } from 'vitest';
import { sampleOf, seededRandom, seedOf } from './random.ts';

describe('sampleOf', () => {
  it('draws different numbers, each as often as any other', () => {
    const random = seededRandom(1);
    const often = new Int32Array(10);
    for (let draw = 0; draw < 20_000; draw++) {
      const sample = sampleOf(10, 3, random);
      expect(new Set(sample).size).toBe(3);
      expect([...sample]).toEqual([...sample].sort((a, b) => a - b));
      for (const number of sample) often[number]!++;
    }
    // 6,000 expected of each, with a standard deviation of 65.
    for (const count of often) expect(Math.abs(count - 6000)).toBeLessThan(300);
  });

  it('takes all where there are no more', () => {
    expect([...sampleOf(3, 7, seededRandom(1))]).toEqual([0, 1, 2]);
    expect([...sampleOf(0, 7, seededRandom(1))]).toEqual([]);
  });
});

describe('seedOf', () => {
  it('gives parts seeds of their own', () => {
    const seeds = new Set<number>();
    for (let seed = 0; seed < 20; seed++) {
      for (let part = 0; part < 20; part++) {
        for (let piece = 0; piece < 20; piece++) seeds.add(seedOf(seed, part, piece));
      }
    }
    // Of 8,000 32-bit numbers drawn at random 0.007 would be twice there.
    expect(seeds.size).toBe(8000);
  });
});
