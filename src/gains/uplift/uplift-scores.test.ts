import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { armsAgainst } from './arms.ts';
import { upliftCurves, upliftScores } from './uplift-scores.ts';
import { upliftAt, upliftTable } from './uplift-table.ts';

const oneOrNought = fc.integer({ min: 0, max: 1 });
const someCustomers = fc
  .array(fc.record({ score: fc.integer({ min: 0, max: 6 }), treated: oneOrNought, yes: oneOrNought }), {
    minLength: 2,
    maxLength: 30,
  })
  // One of each arm at least.
  .map((some) => [{ ...some[0], treated: 0 }, { ...some[1], treated: 1 }, ...some.slice(2)]);
type Customer = { score: number; treated: number; yes: number };

const columns = (some: readonly Customer[]) => ({
  scores: Float64Array.from(some, ({ score }) => score),
  arms: {
    treatment: Uint8Array.from(some, ({ treated }) => treated),
    outcome: Uint8Array.from(some, ({ yes }) => yes),
  },
});

const rateOf = (some: readonly Customer[]): number =>
  some.length > 0 ? some.reduce((sum, { yes }) => sum + yes, 0) / some.length : 0;

/** The area over the diagonal, from the definitions: all customers from each score on are looked at anew. */
function areaOver(
  some: readonly Customer[],
  height: (treated: Customer[], control: Customer[]) => number,
): number {
  const points = [[0, 0]];
  for (const least of [...new Set(some.map(({ score }) => score))].sort((a, b) => b - a)) {
    const best = some.filter(({ score }) => score >= least);
    const [control, treated] = [0, 1].map((arm) => best.filter((one) => one.treated === arm));
    points.push([best.length / some.length, height(treated, control)]);
  }
  let area = 0;
  for (let n = 1; n < points.length; n++)
    area += ((points[n][0] - points[n - 1][0]) * (points[n][1] + points[n - 1][1])) / 2;
  return area - points.at(-1)![1] / 2;
}
const qiniHeight = (treated: Customer[], control: Customer[]): number =>
  rateOf(treated) * treated.length - rateOf(control) * treated.length;
const upliftHeight = (treated: Customer[], control: Customer[]): number =>
  (rateOf(treated) - rateOf(control)) * (treated.length + control.length);

describe('upliftScores', () => {
  it("have Radcliffe's Q of .375 for the small fixture", () => {
    // ../shared/reference/analytics.md, "Gains, uplift, campaigns". By hand: the Qini curve is 0, 1, 1, 1, 0 and lies over 0.
    const arms = { treatment: Uint8Array.of(1, 0, 1, 0), outcome: Uint8Array.of(1, 0, 0, 1) };
    const scores = Float64Array.of(1, 0.5, 0.25, 0);
    expect(upliftCurves(scores, arms)).toEqual({
      share: Float64Array.of(0, 0.25, 0.5, 0.75, 1),
      incremental: Float64Array.of(0, 1, 1, 1, 0),
      uplift: Float64Array.of(0, 1, 2, 1.5, 0),
    });
    expect(upliftScores(scores, arms)).toEqual({ radcliffeQ: 0.375, qini: 1, upliftAuc: 1 });
  });

  it("are those of Hillstrom's test, women's arm by the column womens, from its eight counts", () => {
    // Counted from ../shared/data/hillstrom; figures of ../shared/reference/analytics.md.
    const counts = [
      { score: 1, treated: 1, yes: 1, count: 2171 },
      { score: 1, treated: 1, yes: 0, count: 9594 },
      { score: 1, treated: 0, yes: 1, count: 1300 },
      { score: 1, treated: 0, yes: 0, count: 10_368 },
      { score: 0, treated: 1, yes: 1, count: 1067 },
      { score: 0, treated: 1, yes: 0, count: 8555 },
      { score: 0, treated: 0, yes: 1, count: 962 },
      { score: 0, treated: 0, yes: 0, count: 8676 },
    ];
    const { scores, arms } = columns(
      counts.flatMap(({ count, ...customer }) => new Array<Customer>(count).fill(customer)),
    );
    const found = upliftScores(scores, arms);
    expect(Math.abs(found.qini! - 0.06401551)).toBeLessThan(1e-8);
    expect(Math.abs(found.upliftAuc! - 0.02943116)).toBeLessThan(1e-8);
    expect(upliftAt(scores, arms, 0.3)).toBeCloseTo(2171 / 11_765 - 1300 / 11_668, 12);
  });

  it('are the areas of the definitions, beside those of the perfect orders of scikit-uplift', () => {
    fc.assert(
      fc.property(someCustomers, (some) => {
        const { scores, arms } = columns(some);
        const found = upliftScores(scores, arms);
        const qini = areaOver(some, qiniHeight);
        const treated = some.filter((one) => one.treated === 1).length;
        expect(found.radcliffeQ).toBeCloseTo(qini / treated, 9);
        // sklift/metrics: perfect_qini_curve (negative_effect=True) and perfect_uplift_curve order by these.
        const bestQini = areaOver(
          some.map((one) => ({ ...one, score: one.yes * one.treated - one.yes * (1 - one.treated) })),
          qiniHeight,
        );
        const count = (treated: number, yes: number): number =>
          some.filter((one) => one.treated === treated && one.yes === yes).length;
        const byOutcome = count(0, 1) > count(1, 0);
        const bestUplift = areaOver(
          some.map((one) => ({
            ...one,
            score: 2 * (one.yes === one.treated ? 1 : 0) + (byOutcome ? one.yes : one.treated),
          })),
          upliftHeight,
        );
        if (bestQini < 1e-9) expect(found.qini).toBeNull();
        else expect(found.qini).toBeCloseTo(qini / bestQini, 9);
        if (bestUplift < 1e-9) expect(found.upliftAuc).toBeNull();
        else expect(found.upliftAuc).toBeCloseTo(areaOver(some, upliftHeight) / bestUplift, 9);
      }),
    );
  });

  it('are 0 for a score that tells nobody apart', () => {
    const arms = { treatment: Uint8Array.of(1, 0, 1, 0, 1), outcome: Uint8Array.of(1, 0, 1, 1, 0) };
    const { qini, upliftAuc, radcliffeQ } = upliftScores(new Float64Array(5), arms);
    expect([qini, upliftAuc, radcliffeQ].map((figure) => Math.abs(figure!) < 1e-12)).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('do not exist where nobody responds, and need two arms', () => {
    const treatment = Uint8Array.of(1, 0, 1, 0);
    const scores = Float64Array.of(4, 3, 2, 1);
    expect(upliftScores(scores, { treatment, outcome: new Uint8Array(4) })).toEqual({
      qini: null,
      upliftAuc: null,
      radcliffeQ: 0,
    });
    const outcome = Uint8Array.of(1, 0, 1, 0);
    expect(() => upliftScores(scores, { treatment: new Uint8Array(4), outcome })).toThrow(
      /Nobody was treated/,
    );
    expect(() => upliftScores(scores, { treatment: outcome.fill(1), outcome })).toThrow(
      /Nobody was held out/,
    );
    expect(() => upliftScores(scores, { treatment: Uint8Array.of(1, 0, 2, 0), outcome })).toThrow(
      /treatment 2/,
    );
    expect(() => upliftScores(scores, { treatment: Uint8Array.of(1, 0), outcome })).toThrow(/2 treatments/);
    expect(() => upliftScores(Float64Array.of(1, 2, Number.NaN, 4), { treatment, outcome })).toThrow(/NaN/);
  });
});

describe('upliftTable', () => {
  it('is the one worked out by hand', () => {
    const scores = Float64Array.of(8, 7, 6, 5, 4, 3, 2, 1);
    const arms = {
      treatment: Uint8Array.of(1, 0, 1, 0, 1, 0, 1, 0),
      outcome: Uint8Array.of(1, 0, 1, 1, 0, 0, 0, 1),
    };
    const [half, all] = upliftTable(scores, arms, 2);
    expect(half).toEqual({
      share: 0.5,
      treated: 2,
      control: 2,
      treatedRate: 1,
      controlRate: 0.5,
      uplift: 0.5,
      incremental: 1,
      upliftLastFirst: 0.5,
      part: { treated: 2, control: 2, uplift: 0.5 },
    });
    expect(all).toMatchObject({ uplift: 0, part: { treated: 2, control: 2, uplift: -0.5 } });
    // Only one customer, who was treated: there is nothing to compare with.
    expect(upliftAt(scores, arms, 0.125)).toBeNull();
  });

  it('takes those of one score in the mean, or from the end', () => {
    const arms = { treatment: Uint8Array.of(1, 0, 1, 0), outcome: Uint8Array.of(0, 0, 1, 0) };
    const [half] = upliftTable(new Float64Array(4), arms, 2);
    expect(half).toMatchObject({ treated: 1, control: 1, uplift: 0.5, upliftLastFirst: 1 });
  });

  it('agrees with counting, where no scores are tied', () => {
    fc.assert(
      fc.property(someCustomers, fc.integer({ min: 1, max: 12 }), (some, parts) => {
        const apart = some.map((one, row) => ({ ...one, score: one.score + row / 100 }));
        const { scores, arms } = columns(apart);
        for (const row of upliftTable(scores, arms, parts)) {
          const best = apart
            .toSorted((a, b) => b.score - a.score)
            .slice(0, Math.floor(row.share * some.length));
          const [control, treated] = [0, 1].map((arm) => best.filter((one) => one.treated === arm));
          const uplift = control.length * treated.length > 0 ? rateOf(treated) - rateOf(control) : null;
          if (uplift === null) expect(row.upliftLastFirst).toBeNull();
          else expect(row.upliftLastFirst).toBeCloseTo(uplift, 12);
          if (Number.isInteger(row.share * some.length)) {
            expect(row.uplift === null).toBe(uplift === null);
            if (uplift !== null) expect(row.uplift).toBeCloseTo(uplift, 12);
          }
        }
      }),
    );
  });
});

describe('armsAgainst', () => {
  it('holds each arm against the control', () => {
    const found = armsAgainst(Uint8Array.of(2, 0, 1, 0, 2), 0);
    expect(found).toEqual([
      { arm: 1, rows: Int32Array.of(1, 2, 3), treatment: Uint8Array.of(0, 1, 0) },
      { arm: 2, rows: Int32Array.of(0, 1, 3, 4), treatment: Uint8Array.of(1, 0, 0, 1) },
    ]);
    expect(() => armsAgainst(Uint8Array.of(1, 2), 0)).toThrow(/control arm \(0\)/);
    expect(() => armsAgainst(Uint8Array.of(0, 0), 0)).toThrow(/one other arm/);
  });
});
