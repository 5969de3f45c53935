import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchedRisk, type Observations } from './matched-risk.ts';

/** By stratum: exposed who left and who stayed, others who left and who stayed. Everybody is seen once. */
function observationsOf(...strata: readonly (readonly [number, number, number, number])[]): Observations {
  const rows = strata.flatMap((counts, stratum) =>
    counts.flatMap((count, cell) =>
      Array.from({ length: count }, () => ({
        stratum,
        isExposed: Number(cell < 2),
        hasLeft: Number(cell % 2 === 0),
      })),
    ),
  );
  return {
    customer: Int32Array.from(rows, (_, n) => n),
    stratum: Int32Array.from(rows, ({ stratum }) => stratum),
    isExposed: Uint8Array.from(rows, ({ isExposed }) => isExposed),
    hasLeft: Uint8Array.from(rows, ({ hasLeft }) => hasLeft),
  };
}

describe('matchedRisk', () => {
  it('is the risk ratio that strata have in common', () => {
    // UC Berkeley's admissions of 1973 by department (R's UCBAdmissions): men as exposed, admitted as having left. The common odds
    // ratio is that of ../shared/reference/analytics.md; the risk ratio is Σ a n0/N over Σ b n1/N, worked out by hand below.
    const departments = [
      [512, 313, 89, 19],
      [353, 207, 17, 8],
      [120, 205, 202, 391],
      [138, 279, 131, 244],
      [53, 138, 94, 299],
      [22, 351, 24, 317],
    ] as const;
    let [more, fewer] = [0, 0];
    for (const [a, c, b, d] of departments) {
      const n = a + b + c + d;
      more += (a * (b + d)) / n;
      fewer += (b * (a + c)) / n;
    }
    const risk = matchedRisk(observationsOf(...departments));
    expect(risk.oddsRatio).toBeCloseTo(0.9046968, 7);
    expect(risk.homogeneityP).toBeCloseTo(0.002, 2);
    expect(risk.riskRatio).toBeCloseTo(more / fewer, 12);
    expect(risk.riskRatio).toBeCloseTo(0.941, 2);
    expect(risk.low).toBeLessThan(1);
    expect(risk.high).toBeGreaterThan(1);
  });

  it('has the interval of the delta method where everybody is seen once in one stratum', () => {
    // 15 of 50 beside 20 of 100: ln 1.5 ± 1.96 √(1/15 − 1/50 + 1/20 − 1/100) (Katz et al., Biometrics 34, 1978).
    const risk = matchedRisk(observationsOf([15, 35, 20, 80]));
    const deviation = Math.sqrt(1 / 15 - 1 / 50 + 1 / 20 - 1 / 100);
    expect(risk.riskRatio).toBeCloseTo(1.5, 12);
    expect(risk.low).toBeCloseTo(1.5 * Math.exp(-1.959963984540054 * deviation), 9);
    expect(risk.high).toBeCloseTo(1.5 * Math.exp(1.959963984540054 * deviation), 9);
    expect(risk).toMatchObject({ rate: 0.3, othersRate: 0.2, unmatched: 0 });
  });

  it('does not grow surer by looking at the same customers twice', () => {
    const once = observationsOf([15, 35, 20, 80]);
    const twice = Object.fromEntries(
      Object.entries(once).map(([name, column]) => [name, column.constructor.from([...column, ...column])]),
    ) as unknown as Observations;
    const [a, b] = [matchedRisk(once), matchedRisk(twice)];
    expect(b.low).toBeCloseTo(a.low!, 9);
    expect(b.high).toBeCloseTo(a.high!, 9);
  });

  it('never gives a number that is none', () => {
    const cell = fc.nat(3);
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell, cell), { maxLength: 4 }), (strata) => {
        const risk = matchedRisk(observationsOf(...strata));
        for (const figure of Object.values(risk))
          if (figure !== null) expect(figure).toSatisfy(Number.isFinite);
        if (risk.riskRatio !== null)
          expect(risk.low! <= risk.riskRatio && risk.riskRatio <= risk.high!).toBe(true);
        expect(risk.exposed + risk.others).toBe(strata.flat().reduce((sum, count) => sum + count, 0));
      }),
      // Without any spread the bounds are the ratio itself.
      {
        examples: [
          [
            [
              [3, 0, 0, 2],
              [3, 0, 1, 0],
            ],
          ],
        ],
      },
    );
  });
});
