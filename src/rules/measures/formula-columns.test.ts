import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { rulesOf } from '../testing/rules.ts';
import { type Formula, formulaColumns } from './formula-columns.ts';

const rules = rulesOf(100, [
  { from: [0], to: 1, support: 10, antecedent: 20, consequent: 40 },
  { from: [0, 2], to: 3, support: 6, antecedent: 8, consequent: 60 },
]);

/** Each with a value of its own, and more of them than one loop takes. */
const formulas: Formula[] = Array.from({ length: 23 }, (_, i) => ({
  name: `formula ${i}`,
  of: (xy, x, y, n) => xy + 2 * x + 3 * y + 5 * n + i / 2,
}));

describe('formulaColumns', () => {
  it('has a column for each formula, in their order', () => {
    const expected = formulas.map((_, i) => [670 + i / 2, 702 + i / 2]);
    expect(formulaColumns(rules, formulas).map((column) => [...column])).toEqual(expected);
  });

  it('keeps formulas of one name apart', () => {
    const twins: Formula[] = [
      { name: 'twin', of: (xy) => xy },
      { name: 'twin', of: (_xy, x) => x },
    ];
    expect(twins.map((twin) => [...formulaColumns(rules, [twin])[0]!])).toEqual([
      [10, 6],
      [20, 8],
    ]);
  });

  it('works where code must not be made from text', () => {
    const path = fileURLToPath(new URL('./measure-column.ts', import.meta.url));
    const program = `
      const { measureColumns } = await import(${JSON.stringify(path)});
      let refused = false;
      try { new Function(''); } catch { refused = true; }
      const rules = {
        transactionCount: 100, antecedentOffsets: Int32Array.of(0, 1), antecedentItems: Int32Array.of(0),
        consequent: Int32Array.of(1), supportCount: Int32Array.of(10), antecedentCount: Int32Array.of(20),
        consequentCount: Int32Array.of(40),
      };
      const columns = measureColumns(rules, ['confidence', 'lift']);
      process.stdout.write(JSON.stringify([refused, ...columns.map(([value]) => value)]));`;
    const args = ['--disallow-code-generation-from-strings', '--import', 'tsx', '--input-type=module'];
    const answer = execFileSync(process.execPath, [...args, '--eval', program], { encoding: 'utf8' });
    expect(JSON.parse(answer)).toEqual([true, 0.5, 1.25]);
  });
});
