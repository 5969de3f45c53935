import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fisherLogP } from '../significance.ts';
import { anyRules, itemCount, rulesOf } from '../testing/rules.ts';
import { checkMeasures, compareRules } from './compare.ts';
import { antecedentTexts, type RuleSet } from './rule-set.ts';

const names = Array.from({ length: itemCount }, (_, item) => `item ${item}`);

const numberIn = (name: string): number => Number(name.slice(5));

/** `item 1 + item 2 > item 3`, whatever order the left side is in. */
const lines = ({ rules, names }: RuleSet): string[] =>
  Array.from(
    rules.consequent,
    (item, r) => `${antecedentTexts(rules, r, names).sort().join(' + ')} > ${names[item]}`,
  );

describe('compareRules', () => {
  it('finds those that are the same, by what they are about', () => {
    fc.assert(
      fc.property(anyRules(), anyRules(), fc.nat(itemCount - 1), (file, own, unknown) => {
        const [inFile, ours] = [lines({ rules: file, names }), lines({ rules: own, names })];
        const { accepted, rejected, isInFile } = compareRules({ rules: file, names }, own, (name) =>
          numberIn(name) === unknown ? `No ${name}.` : numberIn(name),
        );
        const isKnown = (line: string): boolean => !line.includes(`item ${unknown}`);
        expect(rejected).toEqual(
          inFile.flatMap((line, rule) => (isKnown(line) ? [] : { rule, reason: `No item ${unknown}.` })),
        );
        expect(accepted.map(({ rule, own }) => [rule, own])).toEqual(
          inFile.flatMap((line, rule) => (isKnown(line) ? [[rule, ours.indexOf(line)]] : [])),
        );
        expect([...isInFile]).toEqual(ours.map((line) => Number(isKnown(line) && inFile.includes(line))));
      }),
    );
  });

  const own = rulesOf(10, [
    { from: [0, 1], to: 2, support: 2, antecedent: 3, consequent: 4 },
    { from: [0], to: 1, support: 3, antecedent: 5, consequent: 4 },
  ]);

  it('takes the left side in any order, and no rule twice', () => {
    const file = rulesOf(10, [
      { from: [0], to: 1, support: 3, antecedent: 5, consequent: 4 },
      { from: [1, 2], to: 0, support: 2, antecedent: 3, consequent: 4 },
      { from: [1, 2], to: 0, support: 2, antecedent: 3, consequent: 4 },
    ]);
    // In the file the items are numbered the other way round.
    const found = compareRules({ rules: file, names: ['2', '1', '0'] }, own, Number);
    expect(found.accepted).toEqual([
      { rule: 0, own: -1, countsDiffer: false },
      { rule: 1, own: 0, countsDiffer: false },
    ]);
    expect(found.rejected).toEqual([{ rule: 2, reason: 'The same rule is there before, as number 2.' }]);
    expect([...found.isInFile]).toEqual([1, 0]);
  });

  it.each([
    ['the rule', { support: 1 }, 10, true],
    ['the left side', { antecedent: 4 }, 10, true],
    ['the right side', { consequent: 5 }, 10, true],
    ['all', {}, 11, true],
    ['nothing', {}, 10, false],
  ])('sees that the transactions of %s are others', (_, given, transactions, expected) => {
    const file = rulesOf(transactions, [
      { from: [0, 1], to: 2, support: 2, antecedent: 3, consequent: 4, ...given },
    ]);
    const { accepted } = compareRules({ rules: file, names: ['0', '1', '2'] }, own, Number);
    expect(accepted).toEqual([{ rule: 0, own: 0, countsDiffer: expected }]);
  });
});

describe('checkMeasures', () => {
  const rules = rulesOf(10, [
    { from: [0], to: 1, support: 4, antecedent: 5, consequent: 5 },
    { from: [1], to: 0, support: 5, antecedent: 5, consequent: 5 },
    { from: [2], to: 0, support: 1, antecedent: 2, consequent: 5 },
  ]);

  it('works them out anew, and says where they are others', () => {
    const measures = new Map([
      // 0.5 / 0.2, ∞, 1: rounded as arules writes them.
      ['conviction', Float64Array.of(2.5, Number.POSITIVE_INFINITY, 1)],
      ['coverage', Float64Array.of(0.5, 0.5000001, 0.2)],
      ['phi', Float64Array.of(0.6, 0.9, 0.1)],
      ['improvement', Float64Array.of(0, 0, 0)],
      ['chi²', Float64Array.of(1, 2, 3)],
      ['constructor', Float64Array.of(1, 2, 3)],
    ]);
    expect(checkMeasures({ rules, names: ['a', 'b', 'c'], measures })).toEqual({
      checked: [
        { name: 'conviction', differing: 0, first: -1 },
        { name: 'coverage', differing: 0, first: -1 },
        { name: 'phi', differing: 2, first: 1 },
      ],
      unchecked: ['improvement', 'chi²', 'constructor'],
    });
    expect(checkMeasures({ rules, names: ['a', 'b', 'c'] })).toEqual({ checked: [], unchecked: [] });
  });

  it('works out the tests of our own files from counts too, and holds others against what is known', () => {
    const logs = fisherLogP(rules);
    const measures = new Map([
      ['p', logs.map((log) => Math.exp(log))],
      ['log10P', logs.map((log, rule) => log / Math.LN10 + (rule === 2 ? 1 : 0))],
      ['improvement', Float64Array.of(0.1, 0.2, 0.3)],
      ['laterP', Float64Array.of(0.1, 0.2, 0.3)],
    ]);
    const known = new Map([['improvement', Float64Array.of(0.1, 0.25, Number.NaN)]]);
    expect(checkMeasures({ rules, names: ['a', 'b', 'c'], measures }, known)).toEqual({
      checked: [
        { name: 'p', differing: 0, first: -1 },
        { name: 'log10P', differing: 1, first: 2 },
        { name: 'improvement', differing: 1, first: 1 },
      ],
      unchecked: ['laterP'],
    });
  });

  it('does not take a value that is none for one', () => {
    const measures = new Map([['conviction', Float64Array.of(Number.NaN, 7, Number.NEGATIVE_INFINITY)]]);
    expect(checkMeasures({ rules, names: ['a', 'b', 'c'], measures }).checked).toEqual([
      { name: 'conviction', differing: 3, first: 0 },
    ]);
  });
});
