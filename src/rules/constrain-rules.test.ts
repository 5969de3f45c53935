import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { constrainRules, rulesAt } from './constrain-rules.ts';
import { anyRules, itemCount, listedRules, rulesOf } from './testing/rules.ts';

const ids = (...items: number[]): Int32Array => Int32Array.from(items);

const rules = rulesOf(10, [
  { from: [0], to: 1, support: 2, antecedent: 4, consequent: 5 },
  { from: [1], to: 0, support: 2, antecedent: 5, consequent: 4 },
  { from: [0, 2], to: 1, support: 1, antecedent: 2, consequent: 5 },
]);

describe('constrainRules', () => {
  it.each([
    [{}, [0, 1, 2]],
    [{ left: ids(0) }, [0]],
    [{ left: ids(2, 0) }, [0, 2]],
    [{ right: ids(1) }, [0, 2]],
    [{ left: ids(0, 1), right: ids(1, 7) }, [0]],
    [{ left: ids() }, []],
    [{ right: ids() }, []],
  ])('keeps the rules within %o', (constraint, numbers) => {
    expect(constrainRules(rules, constraint)).toEqual(rulesAt(rules, ids(...numbers)));
  });

  it('keeps exactly the rules whose items are all allowed, and enough', () => {
    const items = fc.option(fc.array(fc.nat(itemCount)), { nil: undefined });
    fc.assert(
      fc.property(
        anyRules(),
        items,
        items,
        fc.integer({ min: 1, max: 6 }),
        (rules, left, right, minLength) => {
          const constraint = { left: left && ids(...left), right: right && ids(...right), minLength };
          const isAllowed = (line: string): boolean => {
            const [from, to] = line.split(':')[0]!.split(' > ');
            return (
              from!.split(' ').length + 1 >= minLength &&
              from!.split(' ').every((item) => left?.includes(Number(item)) ?? true) &&
              (right?.includes(Number(to)) ?? true)
            );
          };
          const kept = constrainRules(rules, constraint);
          expect(listedRules(kept)).toEqual(listedRules(rules).filter(isAllowed));
          expect(kept.transactionCount).toBe(rules.transactionCount);
        },
      ),
    );
  });
});

describe('rulesAt', () => {
  it('takes rules in the order asked for', () => {
    const chosen = rulesAt(rules, ids(2, 0));
    expect([...chosen.antecedentItems]).toEqual([0, 2, 0]);
    expect([...chosen.supportCount]).toEqual([1, 2]);
    expect(chosen.transactionCount).toBe(10);
  });
});
