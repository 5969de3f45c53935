import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { customerCount } from '../ledger.ts';
import { anyLedger, type DocumentLiteral, ledgerOf } from '../testing/ledger.ts';
import { keptUnits } from './kept-units.ts';

const keptOf = (...documents: DocumentLiteral[]): number[] => [
  ...keptUnits(ledgerOf({ customers: { anna: documents } })),
];

const tea = (quantity: number) => ({ product: 'tea', quantity });

describe('keptUnits', () => {
  it('takes what was sent back off what was bought last', () => {
    const documents = [
      { day: 1, lines: [tea(5), { product: 'jam', quantity: 2 }] },
      { day: 2, lines: [tea(3)] },
      { day: 3, lines: [tea(-4)] },
      { day: 4, lines: [tea(1)] },
    ];
    expect(keptOf(...documents)).toEqual([4, 2, 0, 0, 1]);
  });

  it('takes nothing off for what was bought before the ledger begins, nor off what is bought later', () => {
    expect(keptOf({ day: 1, lines: [tea(-7)] }, { day: 2, lines: [tea(2)] })).toEqual([0, 2]);
    expect(keptOf({ day: 1, lines: [tea(2)] }, { day: 2, lines: [tea(-7)] })).toEqual([0, 0]);
  });

  it('knows a line that was sent back whole in parts', () => {
    expect(keptOf({ day: 1, lines: [tea(0.3), tea(-0.1), tea(-0.2)] })).toEqual([0, 0, 0]);
  });

  it('takes fees back with goods or on their own, but not those that are vouchers on an order', () => {
    const post = (quantity: number) => ({ product: 'post', quantity });
    const of = (...documents: DocumentLiteral[]): number[] => [
      ...keptUnits(ledgerOf({ customers: { anna: documents }, products: { post: { fee: true } } })),
    ];
    const first = { day: 1, lines: [tea(2), post(1)] };
    expect(of(first, { day: 2, lines: [post(-1)] })).toEqual([2, 0, 0]);
    expect(of(first, { day: 2, lines: [tea(-1), post(-1)] })).toEqual([1, 0, 0, 0]);
    expect(of(first, { day: 2, lines: [tea(1), post(-1)] })).toEqual([2, 1, 1, 0]);
  });

  it('does as going through every unit does', () => {
    fc.assert(
      fc.property(anyLedger(), (ledger) => {
        const { documents, lines } = ledger;
        const kept = new Array<number>(lines.quantity.length).fill(0);
        for (let c = 0; c < customerCount(ledger); c++) {
          const units: { line: number; product: number }[] = [];
          for (let d = documents.offsets[c]; d < documents.offsets[c + 1]; d++) {
            const own = Array.from(
              { length: lines.offsets[d + 1] - lines.offsets[d] },
              (_, n) => lines.offsets[d] + n,
            );
            for (const line of own)
              for (let n = 0; n < lines.quantity[line]; n++)
                units.push({ line, product: lines.product[line] });
            const back = own.filter((line) => lines.quantity[line] < 0);
            const isOrder = own.some((line) => lines.quantity[line] > 0);
            if (isOrder && back.every((line) => ledger.products.isFee[lines.product[line]] === 1)) continue;
            for (const line of back) {
              for (let n = 0; n > lines.quantity[line]; n--) {
                const at = units.findLastIndex(({ product }) => product === lines.product[line]);
                if (at >= 0) units.splice(at, 1);
              }
            }
          }
          for (const { line } of units) kept[line]++;
        }
        expect([...keptUnits(ledger)]).toEqual(kept);
      }),
    );
  });
});
