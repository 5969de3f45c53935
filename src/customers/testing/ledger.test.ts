import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { customerCount } from '../ledger.ts';
import { anyLedger, ledgerOf } from './ledger.ts';

describe('ledgerOf', () => {
  it('lays out customers, documents and lines', () => {
    const ledger = ledgerOf({
      customers: {
        anna: [
          { day: 9, channel: 'web', lines: ['mug', { product: 'postage', price: 3.5 }] },
          { day: 3, minute: 60, lines: [{ product: 'tea', quantity: -1, price: null }] },
        ],
        ben: [{ day: 12, lines: ['tea'] }],
        eva: [{ day: 5, lines: [{ product: 'jam', quantity: 2, cost: 1, discount: 0.5, promoted: true }] }],
      },
      products: { postage: { fee: true }, mug: { cost: 2, kilograms: 0.3, category: ['home'] } },
      events: { ben: [{ day: 10, kind: 'complaint' }] },
      attributes: { age: { eva: 30 }, country: { anna: 'FR', kim: 'DE' } },
      today: 10,
    });
    expect(ledger.customerCodes).toEqual(['anna', 'ben', 'eva', 'kim']);
    expect(ledger.productCodes).toEqual(['mug', 'jam', 'postage', 'tea']);
    expect(ledger.products).toMatchObject({
      count: 4,
      itemCount: 2,
      isFee: Uint8Array.of(0, 0, 1, 0),
      kilograms: Float64Array.of(0.3, Number.NaN, Number.NaN, Number.NaN),
    });
    expect(ledger.leftOut).toBe(1);
    expect(ledger.documents).toEqual({
      offsets: Int32Array.of(0, 2, 2, 3, 3),
      day: Int32Array.of(3, 9, 5),
      minute: Int16Array.of(60, 720, 720),
      channel: Int32Array.of(-1, 0, -1),
    });
    expect(ledger.lines).toEqual({
      offsets: Int32Array.of(0, 1, 3, 4),
      product: Int32Array.of(3, 0, 2, 1),
      quantity: Float64Array.of(-1, 1, 1, 2),
      price: Float64Array.of(Number.NaN, 1, 3.5, 1),
      cost: Float64Array.of(Number.NaN, 2, Number.NaN, 1),
      discount: Float64Array.of(0, 0, 0, 0.5),
      isPromoted: Uint8Array.of(0, 0, 0, 1),
    });
    expect(ledger.events).toMatchObject({ offsets: Int32Array.of(0, 0, 1, 1, 1), kinds: ['complaint'] });
    expect(ledger.attributes).toEqual([
      { name: 'age', kind: 'number', values: Float64Array.of(Number.NaN, Number.NaN, 30, Number.NaN) },
      { name: 'country', kind: 'label', labels: ['DE', 'FR'], values: Int32Array.of(1, -1, -1, 0) },
    ]);
  });

  it('draws ledgers whose parts fit together', () => {
    fc.assert(
      fc.property(anyLedger(), ({ documents, lines, events, products, today, ...ledger }) => {
        const { length } = documents.day;
        expect(documents.offsets.at(-1)).toBe(length);
        expect(lines.offsets.at(-1)).toBe(lines.product.length);
        expect(events.offsets.at(-1)).toBe(events.day.length);
        expect([...documents.day, ...events.day].every((day) => day <= today)).toBe(true);
        expect(ledger.customerCodes).toHaveLength(documents.offsets.length - 1);
        expect(products.tree.productNodes).toHaveLength(products.itemCount);
      }),
    );
    expect(customerCount(ledgerOf({ customers: {} }))).toBe(0);
  });
});
