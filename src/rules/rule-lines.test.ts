import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confidence, lift } from './measures/support-confidence-lift.ts';
import { ruleChunks, writeMeasure } from './rule-lines.ts';
import { anyRules, itemCount, rulesOf } from './testing/rules.ts';

const textOf = (chunks: Iterable<Uint8Array>): string => Buffer.concat([...chunks]).toString();

function written(value: number): string {
  const out = Buffer.alloc(32);
  return out.toString('latin1', 1, writeMeasure(value, out, 1));
}

describe('writeMeasure', () => {
  it.each([
    [1, '1.00000'],
    [0.5, '0.500000'],
    [1 / 3, '0.333333'],
    [2 / 3, '0.666667'],
    [0.01, '0.0100000'],
    [1 / 700, '0.00142857'],
    [1e-3, '0.00100000'],
    [1e-9, '1.00000e-9'],
    [12.5, '12.5000'],
    [54_321, '54321.0'],
    [123_456, '123456'],
    [1e7, '1.00000e+7'],
    [0.999_999_6, '1.00000'],
    [99.999_999, '100.000'],
    [0, '0.00000'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
  ])('writes %d as %s', (value, text) => expect(written(value)).toBe(text));

  // Exactly half-way in binary, or as near as numbers get.
  it.each([1.000_015_258_789_062_5, 0.500_000_5, 1.000_005, 10.000_05, 2.5 + 2 ** -19, 0.062_500_05])(
    'rounds %d as the engine does',
    (value) => expect(written(value)).toBe(value.toPrecision(6)),
  );

  it('writes any number as the engine does', () => {
    const counts = fc.integer({ min: 1, max: 1_000_000 });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.double({ min: 0 }),
          fc.tuple(counts, counts).map(([a, b]) => a / b),
        ),
        (value) => {
          expect(written(value)).toBe(value.toPrecision(6));
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('ruleChunks', () => {
  it('writes a rule with its measures', () => {
    const rules = rulesOf(10, [
      { from: [0, 2], to: 1, support: 3, antecedent: 4, consequent: 5 },
      { from: [1], to: 0, support: 2, antecedent: 6, consequent: 10 },
    ]);
    expect(textOf(ruleChunks(rules, ['whole milk', 'tea', '漢']))).toBe(
      'whole milk 漢 ==> tea #SUP: 3 #CONF: 0.750000 #LIFT: 1.50000\n' +
        'tea ==> whole milk #SUP: 2 #CONF: 0.333333 #LIFT: 0.333333\n',
    );
  });

  it('writes any rules, however long their names', () => {
    const names = fc.array(fc.string({ unit: 'binary', maxLength: 5 }), {
      minLength: itemCount,
      maxLength: itemCount,
    });
    fc.assert(
      fc.property(anyRules(), names, fc.constantFrom(1, 50_000), (rules, words, times) => {
        const long = words.map((word) => word.repeat(times));
        const { transactionCount, antecedentOffsets, antecedentItems, consequent } = rules;
        const lines = Array.from(consequent, (item, r) => {
          const antecedent = antecedentItems.subarray(antecedentOffsets[r], antecedentOffsets[r + 1]);
          const [count, of] = [rules.supportCount[r], rules.antecedentCount[r]];
          return (
            `${Array.from(antecedent, (i) => long[i]).join(' ')} ==> ${long[item]} #SUP: ${count} ` +
            `#CONF: ${confidence(count, of).toPrecision(6)} ` +
            `#LIFT: ${lift(count, of, rules.consequentCount[r], transactionCount).toPrecision(6)}\n`
          );
        });
        const expected = Buffer.from(lines.join(''));
        expect(Buffer.concat([...ruleChunks(rules, long)]).equals(expected)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});
