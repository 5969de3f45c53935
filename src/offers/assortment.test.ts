import { describe, expect, it } from 'vitest';
import { StringTable } from '../model/string-table.ts';
import { Assortment } from './assortment.ts';
import { productOf } from './testing/product.ts';

const codes = StringTable.from(['bread', 'butter']);

describe('Assortment', () => {
  it('numbers the items of the model as the model does, and newcomers after them', () => {
    const assortment = new Assortment(codes, [productOf('jam'), productOf('butter'), productOf('tea')]);
    expect(['bread', 'butter', 'jam', 'tea', 'nut'].map((code) => assortment.numberOf(code))).toEqual([
      0, 1, 2, 3, -1,
    ]);
    expect(assortment.known).toBe(2);
    expect(assortment.size).toBe(4);
    expect([0, 1, 2, 3].map((item) => assortment.codeOf(item))).toEqual(['bread', 'butter', 'jam', 'tea']);
    expect(assortment.product(0)).toBeUndefined();
    expect(assortment.product(2)).toEqual(productOf('jam'));
  });

  it('knows what can be sold, as it changes', () => {
    const assortment = new Assortment(codes, [productOf('butter'), productOf('jam')]);
    const sellable = () => [0, 1, 2, 7].map((item) => assortment.isSellable(item));
    expect(sellable()).toEqual([false, true, true, false]);
    const { version } = assortment;
    const { newcomersVersion } = assortment;
    assortment.put(productOf('butter', { stock: 0, name: 'Butter' }));
    assortment.put(productOf('jam', { stock: 3 }));
    expect(assortment.newcomersVersion).toBe(newcomersVersion);
    assortment.put(productOf('jam', { name: 'Jam' }));
    expect(assortment.newcomersVersion).not.toBe(newcomersVersion);
    assortment.put(productOf('bread'));
    expect(sellable()).toEqual([true, false, true, false]);
    expect(assortment.version).not.toBe(version);
    expect(assortment.size).toBe(3);
  });

  it('says what has changed since a version, unless that is too long ago', () => {
    const assortment = new Assortment(codes);
    const { version } = assortment;
    expect(assortment.changedSince(version)).toEqual([]);
    for (const code of ['butter', 'jam', 'butter']) assortment.put(productOf(code));
    expect(assortment.changedSince(version)).toEqual([1, 2, 1]);
    expect(assortment.changedSince(version + 2)).toEqual([1]);
    for (let n = 0; n < 3000; n++) assortment.put(productOf('bread'));
    expect(assortment.changedSince(version + 2)).toBeUndefined();
    expect(assortment.changedSince(assortment.version - 3)).toEqual([0, 0, 0]);
  });
});
