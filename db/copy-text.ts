/** A value as one field of PostgreSQL's COPY text format. */
export type CopyValue = string | number | boolean | null | undefined | Date | readonly string[] | object;

const special = /[\\\t\n\r]/g;
const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function escapeText(text: string): string {
  // PostgreSQL's text cannot hold a zero character.
  const clean = text.includes('\0') ? text.replaceAll('\0', '') : text;
  return clean.search(special) < 0 ? clean : clean.replace(special, (found) => escapes[found]!);
}

/** Arrays and objects become JSON. */
export function copyField(value: CopyValue): string {
  if (value === null || value === undefined) return '\\N';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return escapeText(value);
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (value instanceof Date) return value.toISOString();
  return escapeText(JSON.stringify(value));
}

/** One row, line end included. */
export function copyLine(values: readonly CopyValue[]): string {
  let line = copyField(values[0]);
  for (let i = 1; i < values.length; i++) line += `\t${copyField(values[i])}`;
  return `${line}\n`;
}
