import { type RuleColumns, ruleCount } from '../rule-columns.ts';
import type { CountFunction } from './measure.ts';

/** A measure that is nothing but a function of counts. */
export interface Formula {
  /** Of the measure; one line. */
  readonly name: string;
  readonly of: CountFunction;
}

type Loop = (rules: RuleColumns, columns: readonly Float64Array[]) => void;

/** V8 puts no more than so many functions of this kind into one loop. */
const mostAtOnce = 10;

/** The measures of every rule, a column for each formula. */
export function formulaColumns(rules: RuleColumns, formulas: readonly Formula[]): Float64Array[] {
  const columns = formulas.map(() => new Float64Array(ruleCount(rules)));
  for (let from = 0; from < formulas.length; from += mostAtOnce) {
    const to = from + mostAtOnce;
    loopOf(formulas.slice(from, to))(rules, columns.slice(from, to));
  }
  return columns;
}

/**
 * A loop over rules for these formulas alone. One written down for all formulas takes twice as long, as V8 cannot tell what
 * it will call and calls it for each number. It knows a loop by its text, so each set of formulas gets a text of its own. That
 * is made of constants only. A process that forbids code from text (`--disallow-code-generation-from-strings`) gets the slow one.
 */
function loopOf(formulas: readonly Formula[]): Loop {
  const functions = formulas.map(({ of }) => of);
  try {
    return new Function('functions', textOf(formulas))(functions);
  } catch (error) {
    if (error instanceof EvalError) return (rules, columns) => fill(rules, columns, functions);
    throw error;
  }
}

function textOf(formulas: readonly Formula[]): string {
  const each = (text: (i: number) => string, between: string): string =>
    formulas.map((_, i) => text(i)).join(between);
  return `// ${formulas.map(({ name }) => name).join(', ')}
    const [${each((i) => `of${i}`, ', ')}] = functions;
    return ({ supportCount, antecedentCount, consequentCount, transactionCount: n }, columns) => {
      const [${each((i) => `column${i}`, ', ')}] = columns;
      for (let rule = 0; rule < supportCount.length; rule++) {
        const xy = supportCount[rule];
        const x = antecedentCount[rule];
        const y = consequentCount[rule];
        ${each((i) => `column${i}[rule] = of${i}(xy, x, y, n);`, '\n')}
      }
    };`;
}

function fill(
  { supportCount, antecedentCount, consequentCount, transactionCount }: RuleColumns,
  columns: readonly Float64Array[],
  functions: readonly CountFunction[],
): void {
  columns.forEach((column, i) => {
    const of = functions[i];
    for (let rule = 0; rule < column.length; rule++) {
      column[rule] = of(supportCount[rule], antecedentCount[rule], consequentCount[rule], transactionCount);
    }
  });
}
