import { describe, expect, it } from 'vitest';
import { modelOf } from '../model/testing/model-of.ts';
import { LiveShop } from './live-shop.ts';
import { RuleBook } from './rule-book.ts';

const model = modelOf({ orders: [{ items: ['bread', 'butter'] }, { items: ['tea', 'bread'] }] });

const relations = {
  a: Int32Array.of(0, 1),
  b: Int32Array.of(2, 2),
  relation: Uint8Array.of(1, 2),
  together: Int32Array.of(1, 0),
  lift: Float64Array.of(1, 0),
  logP: Float64Array.of(0.2, 0.1),
  logPBeyondSize: Float64Array.of(0.2, 0.1),
  similarity: Float64Array.of(0.5, 0.5),
  confidence: Float64Array.of(0.8, 0.9),
};

describe('RuleBook', () => {
  const book = new RuleBook(1, { ...model, insights: { ...model.insights, relations } });

  it('finds the relation of two products, whichever comes first', () => {
    expect(book.relationRow(0, 2)).toBe(0);
    expect(book.relationRow(2, 0)).toBe(0);
    expect(book.relationRow(2, 1)).toBe(1);
    expect(book.relationRow(0, 1)).toBe(-1);
  });

  it('has the surest relations first', () => {
    expect([...book.relationsByConfidence]).toEqual([1, 0]);
  });
});

describe('the rule books of a shop', () => {
  it('are those of the model in service and of the one before', () => {
    const shop = new LiveShop();
    expect(shop.bookOf(1)).toBeUndefined();
    for (const version of [1, 2, 3]) shop.serve(version, model);
    expect([1, 2, 3].map((version) => shop.bookOf(version)?.version)).toEqual([undefined, 2, 3]);
    expect(shop.bookOf(3)).toBe(shop.served?.book);
    shop.serve(2, model);
    expect([1, 2, 3].map((version) => shop.bookOf(version)?.version)).toEqual([undefined, 2, 3]);
    expect(shop.bookOf(2)).toBe(shop.served?.book);
  });
});
