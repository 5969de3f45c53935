import { describe, expect, it } from 'vitest';
import { transferableBuffers, trimmed, withRoom } from './int-column.ts';

describe('withRoom', () => {
  it('keeps a column that is long enough', () => {
    const column = Int32Array.of(1, 2, 3);
    expect(withRoom(column, 3)).toBe(column);
  });

  it('copies into twice the room or what is needed', () => {
    const column = new Int32Array(100).fill(7);
    const doubled = withRoom(column, 101);
    expect(doubled).toHaveLength(200);
    expect(doubled.subarray(0, 100)).toEqual(column);
    expect(withRoom(column, 1000)).toHaveLength(1000);
  });

  it('refuses more than offsets can count', () => {
    expect(() => withRoom(new Int32Array(1), 2 ** 31)).toThrow(
      expect.objectContaining({ code: 'limit-exceeded' }),
    );
  });
});

describe('trimmed', () => {
  it('copies the first entries, into shared memory on demand', () => {
    const column = Int32Array.of(1, 2, 3);
    expect(trimmed(column, 2)).toEqual(Int32Array.of(1, 2));
    expect(trimmed(column, 2).buffer).toBeInstanceOf(ArrayBuffer);
    expect(trimmed(column, 2, true)).toEqual(Int32Array.of(1, 2));
    expect(trimmed(column, 2, true).buffer).toBeInstanceOf(SharedArrayBuffer);
  });
});

describe('transferableBuffers', () => {
  it('leaves shared memory where it is', () => {
    const own = new Int32Array(1);
    expect(transferableBuffers([own, trimmed(own, 1, true)])).toEqual([own.buffer]);
  });
});
