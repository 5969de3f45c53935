import { describe, expect, it } from 'vitest';
import { wrongUsage } from './mine-usage.ts';
import type { MineOptions } from './mine-work.ts';

const defaults: MineOptions = { target: 'all', algorithm: 'auto', minConfidence: 0.5, by: 'leverage' };

/** What is said about options of which all that are stated here were written by the user. */
const said = (options: Partial<MineOptions>): string | undefined =>
  wrongUsage({ ...defaults, ...options }, (option) => option in options);

describe('wrongUsage', () => {
  it.each<[Partial<MineOptions>, RegExp]>([
    [{}, /state --min-support, or --top/],
    [{ target: 'rules' }, /state --min-support, or --top/],
    [{ minSupport: 2, minLength: 3, maxLength: 2 }, /--min-length is more than --max-length/],
    [{ minSupport: 2, left: ['a'] }, /^--left .*--target rules/],
    [{ minSupport: 2, right: ['a'], target: 'closed' }, /^--right .*--target rules/],
    [{ minSupport: 2, minConfidence: 0.5 }, /^--min-confidence .*--target rules/],
    [{ top: 2, by: 'leverage' }, /^--by .*--target rules/],
    [{ minSupport: 2, top: 2, target: 'maximal' }, /^--top .*--target maximal/],
    [{ minSupport: 2, target: 'rules', maxLength: 1 }, /--max-length must be 2 or more/],
    [{ minSupport: 2, target: 'rules', by: 'leverage' }, /^--by .*--top/],
    [{ top: 2, target: 'rules', by: 'lift' }, /lift.*--min-support/],
    [{ top: 2, target: 'rules', by: 'confidence' }, /confidence.*--min-support/],
  ])('objects to %o', (options, what) => {
    expect(said(options)).toMatch(what);
  });

  it.each<Partial<MineOptions>>([
    { minSupport: 0.1 },
    { top: 5 },
    { top: 5, target: 'generator', minLength: 2, maxLength: 2 },
    { minSupport: 2, maxLength: 1 },
    { minSupport: 2, target: 'rules', minLength: 5, left: ['a'], right: ['b'], minConfidence: 0 },
    { top: 5, target: 'rules' },
    { top: 5, target: 'rules', by: 'support' },
    { minSupport: 2, top: 5, target: 'rules', by: 'lift' },
  ])('has nothing against %o', (options) => {
    expect(said(options)).toBeUndefined();
  });
});
