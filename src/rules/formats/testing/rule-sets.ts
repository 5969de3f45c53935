import fc from 'fast-check';
import { expect } from 'vitest';
import { type RuleLiteral, rulesOf } from '../../testing/rules.ts';
import type { RuleSet } from '../rule-set.ts';

export const textOfChunks = (chunks: Iterable<Uint8Array>): string => Buffer.concat([...chunks]).toString();

/** Two rules over three items of which ten transactions tell, with two further measures. */
export const teaRules: RuleSet = {
  rules: rulesOf(10, [
    { from: [0, 2], to: 1, support: 3, antecedent: 4, consequent: 5 },
    { from: [1], to: 0, support: 5, antecedent: 5, consequent: 6 },
  ]),
  names: ['whole milk', 'tea, "green"', '漢'],
  measures: new Map([
    ['conviction', Float64Array.of(2, Number.POSITIVE_INFINITY)],
    ['chi²', Float64Array.of(Number.NaN, 0.1)],
  ]),
};

const nastyName = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.constantFrom(
    ...[
      '',
      ' ',
      'a,b',
      ';',
      '"',
      "'",
      '\\',
      '\n',
      '\r\n',
      '\t',
      '=1+1',
      '<&>"\'',
      ']]>',
      '&#10;',
      '--',
      '#',
      '@',
    ],
    ...[
      '漢字',
      '🧴',
      'e\u0301',
      '\uFEFF',
      '\u2028',
      '\u0000',
      '\u0085',
      '\uFFFD',
      '\uFFFE',
      '\uD83E',
      '\uDDF4',
    ],
    ...['{a} => {b}', 'a ==> b', '["a"]', 'null', 'NaN', '__proto__', 'constructor'],
  ),
);

const figure = fc.oneof(
  fc.double(),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 1 / 3),
);

const measureNames = ['conviction', 'χ²', 'a,"b"\n<&>', '1', 'constructor'];

const transactionCount = 1000;

/** How many transactions hold both sides, the antecedent alone, the consequent alone. */
const cells = fc.tuple(fc.nat(300), fc.nat(300), fc.nat(300));

const itemCount = 6;

/** A few rules, or none, with any names and counts that transactions can have. */
export function anyRuleSet(name: fc.Arbitrary<string> = nastyName): fc.Arbitrary<Required<RuleSet>> {
  const rule = fc.tuple(fc.uniqueArray(fc.nat(itemCount - 1), { minLength: 2, maxLength: 4 }), cells).map(
    ([[to, ...from], [both, left, right]]): RuleLiteral => ({
      from: from.sort((a, b) => a - b),
      to: to!,
      support: both,
      antecedent: Math.max(both + left, 1),
      consequent: Math.max(both + right, 1),
    }),
  );
  const measured = fc.uniqueArray(fc.constantFrom(...measureNames), { maxLength: 2 });
  return fc
    .record({
      names: fc.uniqueArray(name, { minLength: itemCount, maxLength: itemCount }),
      literals: fc.array(rule, { maxLength: 12 }),
      measured,
    })
    .chain(({ names, literals, measured }) =>
      fc
        .tuple(
          ...measured.map(() => fc.array(figure, { minLength: literals.length, maxLength: literals.length })),
        )
        .map((columns) => ({
          rules: rulesOf(transactionCount, literals),
          names,
          measures: new Map(measured.map((name, i) => [name, Float64Array.from(columns[i]!)])),
        })),
    );
}

/** The rules in words, so that sets with other item ids compare. */
export function spelledOut({ rules, names, measures = new Map() }: RuleSet): unknown[] {
  const { antecedentOffsets, antecedentItems, consequent } = rules;
  return Array.from(consequent, (item, r) => ({
    antecedent: Array.from(
      antecedentItems.subarray(antecedentOffsets[r], antecedentOffsets[r + 1]),
      (item) => names[item],
    ).sort(),
    consequent: names[item],
    counts: [
      rules.supportCount[r],
      rules.antecedentCount[r],
      rules.consequentCount[r],
      rules.transactionCount,
    ],
    measures: Array.from(measures, ([name, values]) => [name, values[r]]),
  }));
}

/** Expects bad input, and every one of these texts in its message. */
export function expectBadInput(read: () => unknown, ...texts: string[]): void {
  let thrown: unknown;
  try {
    read();
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toMatchObject({ name: 'PairwellError', code: 'bad-input' });
  for (const text of texts) expect((thrown as Error).message).toContain(text);
}
