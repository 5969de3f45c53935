import { describe, expect, it } from 'vitest';
import { basketsOf } from '../mining/testing/baskets.ts';
import { joined } from './transactions.ts';

describe('joined', () => {
  it('has the transactions of both, empty ones too', () => {
    const both = joined(basketsOf([0, 1], [2]), basketsOf([1, 2], [], [2]));
    expect(both).toEqual(basketsOf([0, 1], [2], [1, 2], [], [2]));
  });

  it('copies nothing where there is nothing to add', () => {
    const some = basketsOf([0, 1], [2]);
    const none = { itemCount: 3, offsets: new Int32Array(1), items: new Int32Array(0) };
    expect(joined(some, none)).toBe(some);
    expect(joined(none, some)).toEqual(some);
  });
});
