import { quotedField } from '../rules/formats/csv.ts';
import { utf8Chunks } from '../rules/formats/text-bytes.ts';

export type Cell = string | number | boolean | null;

/** A table whose rows are made when they are written. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: Iterable<readonly Cell[]>;
}

/** What a spreadsheet takes for a formula, and what would be mistaken for the JSON that stands in its place. */
const risky = /^[=+\-@\t\r"]/;

/**
 * Text as a field. Where a spreadsheet would take it for a formula it is written as a JSON string, `"=1+1"` with its quotes, as
 * rules have their names: a field that begins with a quote is JSON, any other is the text itself.
 */
function textField(text: string): string {
  const safe = risky.test(text) ? JSON.stringify(text) : text;
  return /[",\n\r]/.test(safe) ? quotedField(safe) : safe;
}

/** A row as a line; null is empty. */
export function csvLine(row: readonly Cell[]): string {
  return `${row.map((cell) => (typeof cell === 'string' ? textField(cell) : (cell ?? ''))).join(',')}\n`;
}

/** A heading line and a line for each row, in chunks of some 128 kB; null is empty. */
export function tableCsv({ columns, rows }: Table): Iterable<Uint8Array> {
  const lines = function* (): Generator<string> {
    yield `${columns.join(',')}\n`;
    for (const row of rows) yield csvLine(row);
  };
  return utf8Chunks(lines());
}
