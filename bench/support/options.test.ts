import { describe, expect, it } from 'vitest';
import { readOptions } from './options.ts';

describe('readOptions', () => {
  const defaults = {
    rows: 1000,
    threads: [1, 2],
    parts: ['mining', 'listing'],
    shop: 'ours',
    json: undefined,
  };

  it('leaves what is not given as it is', () => {
    expect(readOptions(defaults, [])).toEqual(defaults);
  });

  it('reads what is given as what stands there otherwise', () => {
    const args = '--rows 20 --threads 4 --parts process,,mining --json 7 --shop 8'.split(' ');
    const expected = { rows: 20, threads: [4], parts: ['process', 'mining'], json: '7', shop: '8' };
    expect(readOptions(defaults, args)).toEqual(expected);
  });

  it('refuses what makes no sense', () => {
    for (const text of ['0', '-1', '1.5', 'many', ''])
      expect(() => readOptions(defaults, [`--rows=${text}`])).toThrow('--rows: a whole number from 1 on');
    expect(() => readOptions(defaults, ['--threads', '1,two'])).toThrow('--threads');
    expect(() => readOptions(defaults, ['--row', '1'])).toThrow('--row');
    expect(() => readOptions(defaults, ['1000'])).toThrow();
  });
});
