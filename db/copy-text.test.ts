import { describe, expect, it } from 'vitest';
import { copyField, copyLine } from './copy-text.ts';

describe('copyField', () => {
  it.each([
    [null, '\\N'],
    [undefined, '\\N'],
    ['', ''],
    ['\\N', '\\\\N'],
    ['a\tb\nc\rd\\e', 'a\\tb\\nc\\rd\\\\e'],
    ['zero\0', 'zero'],
    [-1.5, '-1.5'],
    [true, 't'],
    [false, 'f'],
    [new Date('2024-05-01T10:00:00Z'), '2024-05-01T10:00:00.000Z'],
    [['a', 'b\n'], '["a","b\\\\n"]'],
    [{ a: '\\' }, '{"a":"\\\\\\\\"}'],
  ])('writes %o as %o', (value, text) => {
    expect(copyField(value)).toBe(text);
  });
});

describe('copyLine', () => {
  it('joins fields and ends the row', () => {
    expect(copyLine([1, null, 'x\ty'])).toBe('1\t\\N\tx\\ty\n');
    expect(copyLine([1])).toBe('1\n');
  });
});
