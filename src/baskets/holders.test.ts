import { describe, expect, it } from 'vitest';
import { basketsOf } from '../mining/testing/baskets.ts';
import { holderCounts, holdersOf } from './holders.ts';

describe('holdersOf', () => {
  it('lists the transactions of each item, none for an item that was never bought', () => {
    const holders = holdersOf({ ...basketsOf([0, 2], [], [0], [2]), itemCount: 4 });
    expect(holders).toEqual({ offsets: Int32Array.of(0, 2, 2, 4, 4), bags: Int32Array.of(0, 2, 0, 3) });
    expect(holderCounts(holders)).toEqual(Int32Array.of(2, 0, 2, 0));
  });
});
