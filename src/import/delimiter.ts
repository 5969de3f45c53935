import { PairwellError } from '../errors.ts';

/** Stands for any run of blanks. */
export const blanks = ' ';

const names: ReadonlyMap<string, string> = new Map([
  ['tab', '\t'],
  ['\\t', '\t'],
  ['comma', ','],
  ['semicolon', ';'],
  ['pipe', '|'],
  ['blank', blanks],
  ['space', blanks],
]);

/** @throws PairwellError `bad-input` when `text` is neither one character nor a delimiter's name */
export function parseDelimiter(text: string): string {
  const delimiter = names.get(text) ?? text;
  if (delimiter.length === 1 && !/["\r\n]/.test(delimiter)) return delimiter;
  throw new PairwellError(
    'bad-input',
    `"${text}" is no delimiter. Give one character or one of ${[...names.keys()].join(', ')}.`,
  );
}

/**
 * The delimiter that a heading line uses most outside quotes, of comma, semicolon, tab and bar. A line without any,
 * but with three words or more, is taken for columns set apart by blanks.
 */
export function detectDelimiter(headingLine: string): string {
  const bare = headingLine.replace(/"[^"]*"/g, '');
  let best = ',';
  let most = 0;
  for (const candidate of [',', ';', '\t', '|']) {
    const times = bare.split(candidate).length - 1;
    if (times > most) {
      best = candidate;
      most = times;
    }
  }
  return most === 0 && bare.trim().split(/\s+/).length >= 3 ? blanks : best;
}
