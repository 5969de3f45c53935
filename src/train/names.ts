import { absent, type TextColumn } from './copy-columns.ts';

/**
 * Numbers names as they sort, those alone that occur. Names that differ only in the space around them are one, as they are in imported
 * files, and a name of nothing but space is none.
 */
export function numberNames({ values, names }: TextColumn): TextColumn {
  const occurs = new Uint8Array(names.length);
  for (const value of values) if (value !== absent) occurs[value] = 1;
  const trimmed = names.map((name, n) => (occurs[n] === 1 ? name.trim() : ''));
  const sorted = [...new Set(trimmed)].filter((name) => name !== '').sort();
  const positionOf = new Map(sorted.map((name, n) => [name, n]));
  const position = Int32Array.from(trimmed, (name) => positionOf.get(name) ?? absent);
  return { values: values.map((value) => (value === absent ? absent : position[value])), names: sorted };
}
