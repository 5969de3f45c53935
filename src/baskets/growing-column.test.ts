import { describe, expect, it } from 'vitest';
import { GrowingColumn } from './growing-column.ts';

/** Long enough to lie in shared memory. */
const long = 300_000;

/** Writes 0, 1, 2, … one by one. */
function filled(length: number): GrowingColumn {
  const column = new GrowingColumn();
  for (let i = 0; i < length; i++) column.withRoom(i + 1)[i] = i;
  return column;
}

describe('GrowingColumn', () => {
  it.each([0, 1, 1025, long])('keeps %i entries as it grows', (length) => {
    const entries = filled(length).first(length, true);
    expect(entries).toHaveLength(length);
    expect(entries.every((entry, i) => entry === i)).toBe(true);
    expect(entries.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  it('hands out what is shared already without a copy', () => {
    const column = filled(long);
    const [one, other] = [column.first(long, true), column.first(long - 1, true)];
    expect(other.buffer).toBe(one.buffer);
    expect(column.first(long, false).buffer).toBeInstanceOf(ArrayBuffer);
  });

  it('leaves what it handed out alone', () => {
    const column = filled(long);
    const first = column.first(long, true);
    column.withRoom(8 * long).fill(-1, long);
    expect(first).toHaveLength(long);
    expect(first.every((entry, i) => entry === i)).toBe(true);
  });

  it('refuses more than a buffer can hold', () => {
    expect(() => new GrowingColumn().withRoom(2 ** 30 + 1)).toThrow(
      expect.objectContaining({ code: 'limit-exceeded' }),
    );
  });
});
