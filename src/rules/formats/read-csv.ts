import { CsvError, parse } from 'csv-parse/sync';
import { Dictionary } from '../../baskets/dictionary.ts';
import { PairwellError } from '../../errors.ts';
import { type CsvColumn, csvColumns } from './csv.ts';
import { numberOf } from './number-text.ts';
import type { RuleSet } from './rule-set.ts';
import { badRule, RuleSetBuilder } from './rule-set-builder.ts';
import { textOf } from './text-bytes.ts';

/** Columns that may be left out, as their values follow from the others. */
const derived: readonly CsvColumn[] = ['support', 'confidence', 'lift'];

/** Where the columns of a file are. */
interface Heading {
  readonly width: number;
  readonly at: Readonly<Record<CsvColumn, number>>;
  readonly measures: readonly { readonly name: string; readonly at: number }[];
}

/**
 * Reads what {@link csvChunks} writes, its columns in any order; `support`, `confidence` and `lift` may be missing, and
 * columns of other names are further measures. Items get ids in the order they occur in. A file without rules is one
 * of 0 transactions.
 *
 * @param input text, or bytes in UTF-8
 * @throws PairwellError `bad-input`, naming the line, for anything else
 */
export function readCsvRules(input: string | Uint8Array): Required<RuleSet> {
  const table = new RuleTable();
  const onRow = (row: string[], { lines }: { readonly lines: number }): null => {
    table.push(row, `Line ${lines}`);
    // Nothing is kept of rows that are done with.
    return null;
  };
  try {
    parse(textOf(input), { skip_empty_lines: true, relax_column_count: true, on_record: onRow });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw badRule(`Line ${error.lines}`, 'a quote is out of place, or never closed.');
  }
  return table.build();
}

class RuleTable {
  readonly #items = new Dictionary();
  #heading: Heading | undefined;
  #builder: RuleSetBuilder | undefined;
  #transactionCount = 0;

  push(row: string[], where: string): void {
    if (this.#heading) this.#addRule(row, this.#heading, where);
    else this.#heading = headingOf(row);
  }

  build(): Required<RuleSet> {
    if (!this.#heading) throw new PairwellError('bad-input', 'The file is empty: it has no heading line.');
    const names = Array.from({ length: this.#items.size }, (_, id) => this.#items.nameOf(id));
    return this.#openBuilder(this.#heading).build(names);
  }

  #openBuilder({ measures }: Heading): RuleSetBuilder {
    this.#builder ??= new RuleSetBuilder(
      this.#transactionCount,
      measures.map(({ name }) => name),
    );
    return this.#builder;
  }

  #addRule(row: string[], heading: Heading, where: string): void {
    const { width, at, measures } = heading;
    if (row.length !== width) {
      throw badRule(where, `${row.length} fields where the heading line has ${width}.`);
    }
    const number = (column: number, name: string): number => {
      const value = numberOf(row[column].trim());
      if (value === undefined) throw badRule(where, `${name} is no number: ${JSON.stringify(row[column])}.`);
      return value;
    };
    const transactionCount = number(at.transactionCount, 'transactionCount');
    if (!this.#builder) this.#transactionCount = transactionCount;
    else if (transactionCount !== this.#transactionCount) {
      throw badRule(
        where,
        `transactionCount is ${transactionCount}, and ${this.#transactionCount} in the lines before.`,
      );
    }
    const consequents = namesIn(row[at.consequent], 'consequent', where);
    if (consequents.length !== 1) {
      throw badRule(where, `${consequents.length} items in the consequent; only one is supported.`);
    }
    const stated = derived.filter((name) => at[name] >= 0).map((name) => [name, number(at[name], name)]);
    this.#openBuilder(heading).add(
      {
        antecedent: namesIn(row[at.antecedent], 'antecedent', where).map((name) => this.#items.intern(name)),
        consequent: this.#items.intern(consequents[0]),
        counts: {
          support: number(at.count, 'count'),
          antecedent: number(at.antecedentCount, 'antecedentCount'),
          consequent: number(at.consequentCount, 'consequentCount'),
        },
        stated: Object.fromEntries(stated),
        measures: measures.map(({ name, at }) => number(at, name)),
      },
      where,
    );
  }
}

/** @throws PairwellError `bad-input` for a column that is missing or there twice */
function headingOf(row: readonly string[]): Heading {
  const twice = row.find((name, i) => row.indexOf(name) !== i);
  if (twice !== undefined) throw badRule('Line 1', `the column ${JSON.stringify(twice)} is there twice.`);
  const missing = csvColumns.filter((name) => !derived.includes(name) && !row.includes(name));
  if (missing.length > 0 && row.includes('rules')) {
    throw badRule(
      'Line 1',
      "this is a table of R's arules, in which names cannot be told apart for certain. Write PMML there instead, " +
        'with write.PMML(rules, "rules.pmml").',
    );
  }
  if (missing.length > 0) {
    throw badRule('Line 1', `a heading line with the columns ${missing.join(', ')} is needed.`);
  }
  const at = Object.fromEntries(csvColumns.map((name) => [name, row.indexOf(name)]));
  const measures = row
    .map((name, at) => ({ name, at }))
    .filter(({ name }) => !(csvColumns as readonly string[]).includes(name));
  return { width: row.length, at: at as Record<CsvColumn, number>, measures };
}

function namesIn(field: string, column: string, where: string): string[] {
  try {
    const names: unknown = JSON.parse(field);
    if (Array.isArray(names) && names.every((name) => typeof name === 'string')) return names;
  } catch {
    // Said below.
  }
  throw badRule(where, `${column} must be a JSON array of names, such as ["milk","bread"].`);
}
