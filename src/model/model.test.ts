import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeModel, encodeModel } from './model.ts';
import { anyOrders, anySegments, modelOf } from './testing/model-of.ts';

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
      fc.property(anyOrders(), anySegments(), (orders, segments) => {
        const model = modelOf({ orders, segments });
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

  it('refuse damaged bytes', () => {
    const bytes = encodeModel(model);
    bytes[bytes.length >> 1] ^= 0x10;
    expect(() => decodeModel(bytes)).toThrow(
      expect.objectContaining({ code: 'conflict', message: expect.stringContaining('Train again') }),
    );
  });
});
