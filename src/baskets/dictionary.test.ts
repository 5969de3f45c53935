import { describe, expect, it } from 'vitest';
import { Dictionary } from './dictionary.ts';

describe('Dictionary', () => {
  it('numbers names in the order they come', () => {
    const names = new Dictionary();
    expect(['comb', 'dryer', 'comb', 'soap'].map((name) => names.intern(name))).toEqual([0, 1, 0, 2]);
    expect(names.size).toBe(3);
    expect([0, 1, 2].map((id) => names.nameOf(id))).toEqual(['comb', 'dryer', 'soap']);
  });

  it('looks up without adding', () => {
    const names = new Dictionary();
    names.intern('comb');
    expect(names.idOf('comb')).toBe(0);
    expect(names.idOf('dryer')).toBeUndefined();
    expect(names.size).toBe(1);
  });

  it('takes names that mean something to objects, and the empty one', () => {
    const names = new Dictionary();
    for (const name of ['__proto__', 'constructor', '']) expect(names.nameOf(names.intern(name))).toBe(name);
  });

  it('refuses an id it never gave', () => {
    expect(() => new Dictionary().nameOf(0)).toThrow(RangeError);
  });
});
