import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeModel, encodeModel, type ModelMeta } from './model.ts';
import { decodeSections, encodeSections, type Section } from './sections.ts';
import { anyCategories, anyOrders, anySegments, modelOf } from './testing/model-of.ts';

const model = modelOf({
  orders: [
    { items: ['bread', 'butter'], customer: 'ann' },
    { items: ['bread', 'butter', 'jam'] },
    { items: ['tea'], customer: 'ben' },
  ],
  segments: { ann: 'FR' },
});

describe('buildModel', () => {
  it('counts the baskets with each item', () => {
    expect([...model.itemCounts]).toEqual([2, 2, 1, 1]);
    expect(model.itemCodes.get(2)).toBe('jam');
  });
});

describe('encodeModel and decodeModel', () => {
  it('bring back the model', () => {
    fc.assert(
      fc.property(anyOrders(), anySegments(), anyCategories(), (orders, segments, bought) => {
        const codes = new Set(orders.flatMap(({ items }) => items));
        const categories = Object.fromEntries(Object.entries(bought).filter(([code]) => codes.has(code)));
        const model = modelOf({ orders, segments, categories });
        expect(decodeModel(encodeModel(model))).toEqual(model);
      }),
    );
  });

  it('bring back a model without orders', () => {
    const empty = modelOf({ orders: [] });
    expect(decodeModel(encodeModel(empty))).toEqual(empty);
  });

  it('read bytes from anywhere in memory, as a driver hands them over', () => {
    const bytes = encodeModel(model);
    const received = Buffer.concat([Buffer.from('head'), bytes, Buffer.from('tail')]).subarray(
      4,
      4 + bytes.length,
    );
    expect(decodeModel(received)).toEqual(model);
  });

  it('bring back what was found out about rules, relations, categories and bundles', () => {
    const baskets = ['bread butter', 'bread butter jam', 'tea soap', 'soap salt tea', 'jam salt'];
    const orders = Array.from({ length: 300 }, (_, n) => ({
      day: 19_000 + n,
      channel: n % 7 < 3 ? 'web' : 'shop',
      items: baskets[n % 5]!.split(' '),
      promoted: n % 10 === 1 ? ['jam'] : [],
    }));
    const categories = { bread: ['food', 'other'], tea: ['drink', 'other'], soap: ['home', 'other'] };
    const { insights, ...rest } = modelOf({ orders, categories });
    // So that the comparison is not one of empty columns.
    expect(insights.influences.map(({ name }) => name)).toEqual(['season', 'weekday', 'channel']);
    expect(insights.tests.isShown).toContain(1);
    expect(insights.relations.a.length).toBeGreaterThan(0);
    expect(insights.categories.rules.consequent.length).toBeGreaterThan(0);
    expect(insights.bundles.together.length).toBeGreaterThan(0);
    expect(decodeModel(encodeModel({ insights, ...rest }))).toEqual({ insights, ...rest });
  });

  it('refuse a model of an earlier version, which has no insights', () => {
    const decoded = decodeSections<ModelMeta & { transactionCount: number }>(encodeModel(model));
    const { trainedAt, dataUntil, lastOrderId, settings, transactionCount } = decoded.meta;
    const sections: Record<string, Section> = {};
    for (const name of ['bytes', 'offsets', 'slots'])
      sections[`items.${name}`] = name === 'bytes' ? decoded.u8('items.bytes') : decoded.i32(`items.${name}`);
    sections.itemCounts = decoded.i32('itemCounts');
    for (const name of Object.keys(model.rules))
      if (name !== 'transactionCount') sections[`rules.${name}`] = decoded.i32(`rules.${name}`);
    const earlier = encodeSections(
      { trainedAt, dataUntil, lastOrderId, settings, transactionCount },
      sections,
    );
    expect(() => decodeModel(earlier)).toThrow(
      expect.objectContaining({
        code: 'conflict',
        message: 'The model lacks its section tests.logP. Train again with this version.',
      }),
    );
  });

  it('refuse damaged bytes', () => {
    const bytes = encodeModel(model);
    bytes[bytes.length >> 1] ^= 0x10;
    expect(() => decodeModel(bytes)).toThrow(
      expect.objectContaining({ code: 'conflict', message: expect.stringContaining('Train again') }),
    );
  });
});
