import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaUnderCurve, gainsAt } from '../learn/scores.ts';
import { gainsTable } from './gains-table.ts';

const customers = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 1 })), {
  minLength: 1,
  maxLength: 40,
});
const columns = (some: readonly (readonly [number, number])[]) => ({
  scores: Float64Array.from(some, ([score]) => score),
  target: Uint8Array.from(some, ([, one]) => one),
});

describe('gainsTable', () => {
  it('is the one worked out by hand', () => {
    const scores = Float64Array.of(10, 9, 8, 7, 6, 5, 4, 3, 2, 1);
    const target = Uint8Array.of(1, 1, 0, 1, 0, 0, 1, 0, 0, 0);
    const table = gainsTable(scores, target, 5);
    expect(table).toMatchObject({ customers: 10, responders: 4, rate: 0.4 });
    expect(table.rows.map(({ responders }) => responders)).toEqual([2, 3, 3, 4, 4]);
    expect(table.rows.map(({ gain }) => gain)).toEqual([0.5, 0.75, 0.75, 1, 1]);
    expect(table.rows.map(({ perfectGain }) => perfectGain)).toEqual([0.5, 1, 1, 1, 1]);
    expect(table.rows.map(({ part }) => part.responders)).toEqual([2, 1, 0, 1, 0]);
    expect(table.rows[1].lift).toBeCloseTo(0.75 / 0.4, 12);
    expect(table.rows[1].part.rate).toBeCloseTo(0.5, 12);
    expect(table.rows[1].part.lift).toBeCloseTo(1.25, 12);
    // 20 of the 24 pairs are in the right order.
    expect(table.area!.auc).toBeCloseTo(20 / 24, 12);
    expect(table.area!.gini).toBeCloseTo(16 / 24, 12);
  });

  it('counts those of one score as if in random order', () => {
    // The best third of six: the first, and one of three of whom one responds.
    const table = gainsTable(Float64Array.of(9, 5, 5, 5, 1, 1), Uint8Array.of(1, 0, 1, 0, 0, 0), 3);
    expect(table.rows[0].responders).toBeCloseTo(1 + 1 / 3, 12);
    // Half a customer of two and a half counts in part.
    const odd = gainsTable(Float64Array.of(5, 4, 3, 2, 1), Uint8Array.of(1, 0, 1, 0, 0), 2);
    expect(odd.rows[0]).toMatchObject({ customers: 2.5, responders: 1.5, gain: 0.75 });
  });

  it('is gainsAt at each share, its parts add up, and no model or perfect one is beyond it', () => {
    fc.assert(
      fc.property(customers, fc.integer({ min: 1, max: 25 }), (some, parts) => {
        const { scores, target } = columns(some);
        const table = gainsTable(scores, target, parts);
        let [responders, before] = [0, 0];
        for (const row of table.rows) {
          const found = gainsAt(scores, target, row.share);
          expect(row.gain).toBe(found?.gain ?? null);
          expect(row.lift).toBe(found?.lift ?? null);
          responders += row.part.responders;
          expect(responders).toBeCloseTo(row.responders, 9);
          expect(row.part.rate * (row.customers - before)).toBeCloseTo(row.part.responders, 9);
          before = row.customers;
          if (row.gain !== null) expect(row.gain).toBeLessThanOrEqual(row.perfectGain! + 1e-12);
        }
        expect(table.rows.at(-1)!.responders).toBe(table.responders);
      }),
    );
  });

  it('has the area that its curve has, and the Gini coefficient of it', () => {
    fc.assert(
      fc.property(customers, (some) => {
        const { scores, target } = columns(some);
        const { area, rows, responders } = gainsTable(scores, target, scores.length);
        const auc = areaUnderCurve(scores, target);
        if (auc === null) {
          expect(area).toBeNull();
          return;
        }
        const under = (height: (row: (typeof rows)[number]) => number): number => {
          let sum = 0;
          for (const [n, row] of rows.entries())
            sum += (height(row) + (n > 0 ? height(rows[n - 1]) : 0)) / 2 / rows.length;
          return sum;
        };
        const own = under((row) => row.gain!);
        const perfect = under((row) => row.perfectGain!);
        expect(perfect).toBeCloseTo(1 - responders / scores.length / 2, 12);
        expect(area!.auc).toBe(auc);
        expect(area!.underGains).toBeCloseTo(own, 12);
        expect(area!.gini).toBeCloseTo((own - 0.5) / (perfect - 0.5), 9);
      }),
    );
  });

  it('says what it cannot say, and refuses what is no score', () => {
    const none = gainsTable(Float64Array.of(3, 2, 1), new Uint8Array(3), 3);
    expect(none).toMatchObject({ responders: 0, rate: 0, area: null });
    expect(none.rows[0]).toMatchObject({
      gain: null,
      lift: null,
      perfectGain: null,
      part: { rate: 0, lift: null },
    });
    const all = gainsTable(Float64Array.of(3, 2), Uint8Array.of(1, 1), 2);
    expect(all).toMatchObject({
      rate: 1,
      area: null,
      rows: [
        { gain: 0.5, lift: 1 },
        { gain: 1, lift: 1 },
      ],
    });
    expect(() => gainsTable(new Float64Array(0), new Uint8Array(0))).toThrow(/one at least/);
    expect(() => gainsTable(Float64Array.of(Number.NaN), Uint8Array.of(1))).toThrow(/Score 0 is NaN/);
    expect(() => gainsTable(Float64Array.of(1), Uint8Array.of(2))).toThrow(/target 2/);
    expect(() => gainsTable(Float64Array.of(1), Uint8Array.of(1), 0)).toThrow(/1 to 1000 parts/);
  });
});
