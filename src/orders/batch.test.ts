import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Batch, type BatchOptions, cutBatches } from './batch.ts';
import type { OrderLine } from './order-line.ts';
import type { RejectReason } from './outcomes.ts';
import { tallySum } from './outcomes.ts';
import { lineOf } from './testing/line-of.ts';

function batchOf(...outcomes: (Partial<OrderLine> | RejectReason)[]): Batch {
  const batch = new Batch();
  outcomes.forEach((outcome, i) => {
    batch.add([`row ${i + 1}`], i + 1, typeof outcome === 'string' ? outcome : lineOf(outcome));
  });
  return batch;
}

describe('Batch', () => {
  it('keeps rows that hold no line as they are, with number and reason', () => {
    const batch = batchOf({}, 'no-order', {}, 'zero-price');
    expect(batch).toMatchObject({ rows: 4, lastRow: 4, lines: { length: 2 } });
    expect(batch.rejected).toEqual([
      { rowNo: 2, reason: 'no-order', row: ['row 2'] },
      { rowNo: 4, reason: 'zero-price', row: ['row 4'] },
    ]);
  });

  it('puts the lines of one order together, wherever they stand', () => {
    const { orders, lines } = batchOf(
      { order: 'a', time: 5, channel: 'web' },
      { order: 'b', time: 6 },
      { order: 'a', time: 4, channel: 'till' },
    );
    expect([...orders.keys()]).toEqual(['a', 'b']);
    expect(orders.get('a')).toMatchObject({ time: 5, channel: 'web', id: 0, lastLine: 0 });
    expect(lines.orders).toEqual([orders.get('a'), orders.get('b'), orders.get('a')]);
    expect(lines.orders[2]).toBe(orders.get('a'));
  });

  it('knows the customer of an order from any of its lines', () => {
    const batch = batchOf(
      { order: 'a', quantity: 2 },
      { order: 'a', customer: 'c', quantity: 3 },
      { order: 'a', customer: 'd' },
      { order: 'b' },
    );
    expect(batch.orders.get('a')?.customer).toBe('c');
    expect(batch.tally()).toEqual({ purchases: 3, anonymousPurchases: 1 });
    expect(batch.ownCustomers().map(({ code }) => code)).toEqual(['c']);
  });

  it('holds the numbers of more lines than it has room for at first, unknown ones as NaN', () => {
    const quantities = Array.from({ length: 5000 }, (_, i) => i + 1);
    const { lines } = batchOf(
      ...quantities.map((quantity) => ({
        quantity,
        unitPrice: quantity / 4,
        discount: -quantity,
        promotion: `${quantity}`,
      })),
    );
    expect(lines.length).toBe(5000);
    expect(quantities.map((_, i) => lines.quantity(i))).toEqual(quantities);
    expect(quantities.map((_, i) => lines.unitPrice(i))).toEqual(quantities.map((quantity) => quantity / 4));
    expect(quantities.map((_, i) => lines.discount(i))).toEqual(quantities.map((quantity) => -quantity));
    expect(quantities.every((_, i) => Number.isNaN(lines.unitCost(i)))).toBe(true);
    expect(lines.promotions).toEqual(quantities.map(String));
  });

  it('leaves alone what belongs to orders that are stored elsewhere', () => {
    const batch = batchOf(
      { order: 'a', customer: 'c', product: 'mug' },
      { order: 'a', customer: 'c', product: 'cup', quantity: -1 },
      { order: 'b', customer: 'd', product: 'mug' },
      { order: 'c', product: 'jug', quantity: -1 },
      'no-name',
    );
    batch.orders.get('a')!.storedElsewhere = true;
    expect(batch.tally()).toEqual({ alreadyStored: 2, purchases: 1, returns: 1, 'rejected:no-name': 1 });
    expect(batch.ownOrders().map(({ code }) => code)).toEqual(['b', 'c']);
    expect(batch.ownCustomers().map(({ code }) => code)).toEqual(['d']);
    expect([...batch.ownProducts()].map(({ code }) => code)).toEqual(['mug', 'jug']);
  });

  it('has a tally that adds up to its rows', () => {
    const outcomes = fc.oneof(
      fc.constantFrom<RejectReason[]>('no-order', 'no-name', 'zero-price'),
      fc.record({
        order: fc.constantFrom('a', 'b', 'c', 'd'),
        quantity: fc.constantFrom(-1, 1),
        customer: fc.constantFrom(null, 'c'),
      }),
    );
    fc.assert(
      fc.property(fc.array(outcomes, { maxLength: 50 }), fc.subarray(['a', 'b', 'c']), (outcomes, stored) => {
        const batch = batchOf(...outcomes);
        for (const code of stored) {
          const order = batch.orders.get(code);
          if (order) order.storedElsewhere = true;
        }
        expect(tallySum(batch.tally())).toBe(outcomes.length);
        expect(batch.rows).toBe(outcomes.length);
      }),
    );
  });
});

describe('cutBatches', () => {
  /** The last row of every batch of chunks with as many rows. */
  async function cut(chunkSizes: readonly number[], options: Partial<BatchOptions>): Promise<Batch[]> {
    let next = 1;
    async function* chunks() {
      for (const size of chunkSizes) yield Array.from({ length: size }, () => [String(next++)]);
    }
    const clean = ([order]: string[]) => lineOf({ order });
    const batches: Batch[] = [];
    for await (const batch of cutBatches(chunks(), { clean, size: 4, cutAt: 0, ...options }))
      batches.push(batch);
    return batches;
  }
  const lastRows = (batches: readonly Batch[]): number[] => batches.map(({ lastRow }) => lastRow);

  it.each([
    ['keeps rows together that were read together', [3, 3, 1], {}, [6, 7]],
    ['cuts when the size is just reached', [4, 4], {}, [4, 8]],
    ['makes one batch of too few rows', [1, 0, 1], {}, [2]],
    ['makes no batch of no rows', [0, 0], {}, []],
    [
      'cuts where an earlier run came to, inside of what was read together',
      [3, 3, 1],
      { cutAt: 2 },
      [2, 6, 7],
    ],
    [
      'cuts where an earlier run came to, at the end of what was read together',
      [3, 3, 1],
      { cutAt: 3 },
      [3, 7],
    ],
    ['cuts at the last row', [3, 3], { cutAt: 6 }, [6]],
    ['does not cut after the last row', [3], { cutAt: 9 }, [3]],
  ] as const)('%s', async (_, chunkSizes, options, expected) => {
    expect(lastRows(await cut(chunkSizes, options))).toEqual(expected);
  });

  it('hands each row and its number on, from 1', async () => {
    const seen: [string[], number][] = [];
    const clean = (row: string[], rowNo: number): RejectReason => {
      seen.push([row, rowNo]);
      return 'no-order';
    };
    const batches = await cut([2, 2, 1], { clean });
    expect(seen).toEqual([1, 2, 3, 4, 5].map((rowNo) => [[String(rowNo)], rowNo]));
    expect(batches.flatMap(({ rejected }) => rejected.map(({ rowNo }) => rowNo))).toEqual([1, 2, 3, 4, 5]);
  });

  it('puts every row into one batch, in order', async () => {
    const sizes = fc.array(fc.nat(6), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(sizes, fc.integer({ min: 1, max: 9 }), fc.nat(40), async (sizes, size, cutAt) => {
        const batches = await cut(sizes, { size, cutAt });
        const total = sizes.reduce((sum, rows) => sum + rows, 0);
        const codes = batches.flatMap(({ lines }) => lines.orders.map(({ code }) => Number(code)));
        expect(codes).toEqual(Array.from({ length: total }, (_, i) => i + 1));
        expect(batches.every(({ rows, lines }) => rows > 0 && rows === lines.length)).toBe(true);
        if (cutAt >= 1 && cutAt <= total) expect(lastRows(batches)).toContain(cutAt);
      }),
    );
  });
});
