import { describe, expect, it } from 'vitest';
import { numberNames } from './names.ts';

const numbered = (values: number[], names: string[]) => {
  const { values: numbers, names: sorted } = numberNames({ values: Int32Array.from(values), names });
  return { numbers: [...numbers], sorted };
};

describe('numberNames', () => {
  it('numbers the names as they sort', () => {
    expect(numbered([2, 0, -1, 2, 1], ['Store', 'web', 'app'])).toEqual({
      numbers: [1, 0, -1, 1, 2],
      sorted: ['Store', 'app', 'web'],
    });
  });

  it('takes names for one that differ in the space around them, and blank ones for none', () => {
    expect(numbered([0, 1, 2, 3], ['web', ' web\t', ' ', ''])).toEqual({
      numbers: [0, 0, -1, -1],
      sorted: ['web'],
    });
  });

  it('has no names that do not occur', () => {
    expect(numbered([1, -1, 1], ['app', 'web'])).toEqual({ numbers: [0, -1, 0], sorted: ['web'] });
    expect(numbered([-1, -1], [])).toEqual({ numbers: [-1, -1], sorted: [] });
  });
});
