import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rfm, tiedScores } from './rfm.ts';
import { quantileCuts } from './rfm-scores.ts';
import { rfmSegmentOf, rfmSegments } from './rfm-segments.ts';
import { anyLedger, ledgerOf } from './testing/ledger.ts';

/** The ten segments as the reference writes them, recency first (Pairwell's reference figures for customer analytics). */
const patterns: Record<string, RegExp> = {
  hibernating: /[12][12]/,
  'at-risk': /[12][34]/,
  'cant-lose': /[12]5/,
  'about-to-sleep': /3[12]/,
  'need-attention': /33/,
  loyal: /[34][45]/,
  promising: /41/,
  new: /51/,
  'potential-loyalist': /[45][23]/,
  champions: /5[45]/,
};

const cells = [1, 2, 3, 4, 5].flatMap((r) => [1, 2, 3, 4, 5].map((f) => [r, f] as const));

describe('the ten segments', () => {
  it.each(cells)('of recency %i and frequency %i', (recency, frequency) => {
    const fitting = Object.keys(patterns).filter((id) => patterns[id].test(`${recency}${frequency}`));
    expect([rfmSegments[rfmSegmentOf(recency, frequency)].id]).toEqual(fitting);
  });

  it('have names and advice of their own in both languages', () => {
    for (const language of ['en', 'zh'] as const) {
      expect(new Set(rfmSegments.map(({ name }) => name[language])).size).toBe(10);
      expect(new Set(rfmSegments.map(({ advice }) => advice[language])).size).toBe(10);
    }
  });
});

describe('quantileCuts', () => {
  it('interpolates as NumPy does', () => {
    // numpy.quantile([1, 2, 4, 8, 16, 32, 64], [.2, .4, .6, .8]) and of [3, 7] likewise.
    expect(quantileCuts([64, 1, 2, 4, 8, 16, 32], 5)).toEqual([2.4, 5.6, 12.8, 28.8].map(near));
    expect(quantileCuts([7, 3], 5)).toEqual([3.8, 4.6, 5.4, 6.2].map(near));
    expect(quantileCuts([5], 5)).toEqual([5, 5, 5, 5]);
  });
});

const near = (value: number) => expect.closeTo(value, 12);

/** Customers a, b … with so many orders of one unit, the last one so many days before today. */
function customersWith(given: readonly (readonly [recency: number, frequency: number])[]) {
  const customers = given.map(
    ([recency, frequency], n) =>
      [
        String.fromCharCode(97 + n),
        Array.from({ length: frequency }, (_, k) => ({ day: 1000 - recency - k, lines: ['x'] })),
      ] as const,
  );
  return ledgerOf({ customers: Object.fromEntries(customers), today: 1000 });
}

describe('rfm', () => {
  it('works out days since the last order, orders and net revenue', () => {
    const { columns, report } = rfm(
      ledgerOf({
        customers: {
          anna: [
            {
              day: 5,
              lines: [
                { product: 'mug', quantity: 3, price: 10, discount: 2 },
                { product: 'post', price: 4 },
              ],
            },
            { day: 8, lines: [{ product: 'mug', quantity: -1, price: 10 }] },
            { day: 7, lines: [{ product: 'tea', price: null, discount: 1 }] },
          ],
          // Never ordered, only returned.
          ben: [{ day: 2, lines: [{ product: 'mug', quantity: -2, price: 10 }] }],
          eva: [],
        },
        products: { post: { fee: true } },
        today: 10,
      }),
    );
    expect(columns).toMatchObject({
      recency: Int32Array.of(3, -1, -1),
      frequency: Int32Array.of(2, 0, 0),
      monetary: Float64Array.of(22, -20, 0),
      recencyScore: Uint8Array.of(5, 0, 0),
      segment: Int8Array.of(
        rfmSegments.findIndex(({ id }) => id === 'new'),
        -1,
        -1,
      ),
    });
    expect(report).toMatchObject({ customers: 1, withoutOrder: 2, today: 10 });
    expect(report.remarks.map(({ code }) => code)).toEqual(['few-customers']);
    expect(report.segments.find(({ id }) => id === 'new')).toMatchObject({
      customers: 1,
      customerShare: 1,
      revenue: 22,
      revenueShare: 1,
      medianRecency: 3,
      medianFrequency: 2,
      medianMonetary: 22,
    });
    expect(report.segments.find(({ id }) => id === 'loyal')).toMatchObject({
      customers: 0,
      revenue: 0,
      medianRecency: null,
    });
  });

  it('gives customers who are equal equal scores of recency, and ranks those of equal frequency as they come', () => {
    const { columns, report } = rfm(
      customersWith([
        [4, 1],
        [4, 1],
        [4, 1],
        [4, 3],
        [4, 1],
      ]),
    );
    expect([...columns.recencyScore]).toEqual([5, 5, 5, 5, 5]);
    expect([...columns.frequencyScore]).toEqual([1, 2, 3, 5, 4]);
    expect(report.frequencyTied).toBe(4);
    expect(report.remarks).toMatchObject([{ code: 'frequency-tied' }]);
  });

  it('cuts where the analyst says, and gives who is at a cut-off the better score', () => {
    const { columns, report } = rfm(
      customersWith([
        [30, 1],
        [31, 2],
        [90, 3],
        [180, 5],
        [365, 9],
        [366, 10],
      ]),
      {
        cutoffs: {
          recency: [30, 90, 180, 365],
          frequency: [2, 3, 4, 10],
          monetary: [2, 4, 8, 9.5],
        },
      },
    );
    expect([...columns.recencyScore]).toEqual([5, 4, 4, 3, 2, 1]);
    expect([...columns.frequencyScore]).toEqual([1, 2, 3, 4, 4, 5]);
    expect([...columns.monetaryScore]).toEqual([1, 2, 2, 3, 4, 5]);
    expect(Array.from(columns.segment, (s) => rfmSegments[s].id)).toEqual([
      'new',
      'potential-loyalist',
      'potential-loyalist',
      'loyal',
      'at-risk',
      'cant-lose',
    ]);
    expect(report).toMatchObject({ cutBy: 'cutoffs', frequencyTied: 0, remarks: [] });
  });

  it('begins a score with the very money, whatever is lost in sums of prices', () => {
    // 100 for three, as a price of ten decimals; 0.1 + 0.2 is a little more than 0.3.
    const lines = [[{ product: 'x', quantity: 3, price: 33.3333333333 }], [{ product: 'x', price: 99.9999 }]];
    const customers = Object.fromEntries(lines.map((bought, n) => [`c${n}`, [{ day: 1, lines: bought }]]));
    const cutoffs = { recency: [1], frequency: [1], monetary: [100] };
    expect([...rfm(ledgerOf({ customers }), { cutoffs }).columns.monetaryScore]).toEqual([2, 1]);
  });

  it('gives all the same score of frequency where all have as many orders', () => {
    const alike = Array.from({ length: 300 }, (_, c): [number, number] => [c % 2 === 0 ? 3 : 90, 1]);
    const { columns, report } = rfm(customersWith(alike));
    expect(new Set(columns.frequencyScore)).toEqual(new Set([1]));
    // The recent half is new, and nobody is a champion.
    expect(report.segments.filter(({ customers }) => customers > 0)).toMatchObject([
      { id: 'new', customers: 150 },
      { id: 'about-to-sleep', customers: 150 },
    ]);
    expect([report.frequencyTied, report.remarks]).toMatchObject([0, [{ code: 'frequency-alike' }]]);
    expect(report.remarks[0]!.words.en).toContain('All 300 customers have 1 order each');
    // One who differs is enough to rank them.
    expect(rfm(customersWith([...alike, [3, 2]])).report.remarks).toMatchObject([{ code: 'frequency-tied' }]);
  });

  it('tells which scores customers of as many orders have', () => {
    const { report } = rfm(
      customersWith([
        [4, 1],
        [4, 1],
        [4, 1],
        [4, 3],
        [4, 1],
      ]),
    );
    expect([1, 2, 3].map((orders) => tiedScores(report.frequency, orders))).toEqual([
      { low: 1, high: 4 },
      null,
      null,
    ]);
  });

  it('has scores without named segments where there are not five', () => {
    const { columns, report } = rfm(
      customersWith([
        [1, 4],
        [2, 3],
        [3, 2],
        [4, 1],
      ]),
      { scores: 4 },
    );
    expect([...columns.recencyScore]).toEqual([4, 3, 2, 1]);
    expect([...columns.frequencyScore]).toEqual([4, 3, 2, 1]);
    expect([...columns.segment]).toEqual([-1, -1, -1, -1]);
    expect(report.segments).toEqual([]);
    expect(report.remarks).toMatchObject([{ code: 'segments-without-names' }]);
  });

  it('says that there is nobody', () => {
    const { report } = rfm(ledgerOf({ customers: { anna: [] } }));
    expect(report).toMatchObject({ customers: 0, withoutOrder: 1, remarks: [{ code: 'no-customers' }] });
    expect(report.segments.map(({ customers, customerShare }) => [customers, customerShare])).toEqual(
      Array(10).fill([0, null]),
    );
    expect(report.recency[0]).toEqual({ score: 5, customers: 0, lowest: null, highest: null });
  });

  it.each([
    { scores: 1 },
    { scores: 11 },
    { scores: 2.5 },
    { cutoffs: { recency: [1, 2], frequency: [1, 2], monetary: [2, 1] } },
    { cutoffs: { recency: [1, 2], frequency: [1], monetary: [1, 2] } },
    { cutoffs: { recency: [], frequency: [], monetary: [] } },
    { cutoffs: { recency: [1], frequency: [1], monetary: [Number.NaN] } },
  ])('refuses %j', (options) => {
    expect(() => rfm(customersWith([[1, 1]]), options)).toThrow(
      expect.objectContaining({ code: 'bad-input' }),
    );
  });

  it('orders scores as the figures, and loses nobody', () => {
    fc.assert(
      fc.property(anyLedger(), fc.integer({ min: 2, max: 10 }), (ledger, scores) => {
        const { columns, report } = rfm(ledger, { scores });
        const known = Array.from(columns.frequency, (_, c) => c).filter((c) => columns.frequency[c] > 0);
        expect(report.customers).toBe(known.length);
        for (const a of known) {
          expect(columns.recencyScore[a]).toBeGreaterThanOrEqual(1);
          expect(columns.recencyScore[a]).toBeLessThanOrEqual(scores);
          for (const b of known) {
            if (columns.recency[a] <= columns.recency[b])
              expect(columns.recencyScore[a]).toBeGreaterThanOrEqual(columns.recencyScore[b]);
            if (columns.frequency[a] > columns.frequency[b])
              expect(columns.frequencyScore[a]).toBeGreaterThanOrEqual(columns.frequencyScore[b]);
            if (columns.monetary[a] >= columns.monetary[b])
              expect(columns.monetaryScore[a]).toBeGreaterThanOrEqual(columns.monetaryScore[b]);
          }
        }
        for (const rows of [report.recency, report.frequency, report.monetary])
          expect(rows.reduce((sum, { customers }) => sum + customers, 0)).toBe(known.length);
        // Ranks are cut into parts whose sizes differ by one at most, unless there is nothing to rank.
        const sizes = report.frequency.map(({ customers }) => customers);
        const differ = new Set(known.map((c) => columns.frequency[c])).size > 1;
        for (const a of known) {
          const scoresOfAsMany = known
            .filter((b) => columns.frequency[b] === columns.frequency[a])
            .map((b) => columns.frequencyScore[b]!);
          const [low, high] = [Math.min(...scoresOfAsMany), Math.max(...scoresOfAsMany)];
          expect(tiedScores(report.frequency, columns.frequency[a]!)).toEqual(
            low < high ? { low, high } : null,
          );
        }
        if (differ) expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
