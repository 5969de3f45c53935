import { quantityOf, unifiedQuantities } from './quantities.ts';

/** What a product's name says: words, and numbers by what they measure. */
export interface NameTerms {
  /** Each once, in small letters, without the s of a plural. */
  readonly words: readonly string[];
  /** By unit: see `Quantity`. */
  readonly quantities: ReadonlyMap<string, number>;
}

/** Letters and digits in a row, decimals too. */
const token = /[\p{L}\p{M}_]*\d+(?:[.,]\d+)?[\p{L}_]*|[\p{L}\p{M}_]+/gu;
/** Scripts that set no spaces between words: two characters at a time say most of what words would. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]{2,}/u;
const hasDigit = /\d/u;
/** Shorter words are left as they are: `gas` is no plural. */
const shortestPlural = 4;

function withoutPlural(word: string): string {
  return word.length >= shortestPlural && word.endsWith('s') && !word.endsWith('ss')
    ? word.slice(0, -1)
    : word;
}

function* wordsOf(text: string): Iterable<string> {
  if (!unspaced.test(text)) {
    yield withoutPlural(text);
    return;
  }
  const letters = [...text];
  for (let i = 1; i < letters.length; i++) yield letters[i - 1] + letters[i];
}

/** What has a number of its own is nothing that another one measures. */
const measuredBy = (word = ''): string => (hasDigit.test(word) ? '' : withoutPlural(word));

export function nameTerms(name: string | null): NameTerms {
  const text = (name ?? '').normalize('NFKC').toLowerCase().replace(/['’]/gu, '');
  const tokens = (hasDigit.test(text) ? unifiedQuantities(text) : text).match(token) ?? [];
  const words = new Set<string>();
  const quantities = new Map<string, number>();
  tokens.forEach((one, i) => {
    const quantity = hasDigit.test(one)
      ? quantityOf(one, measuredBy(tokens[i + 1]), measuredBy(tokens[i - 1]))
      : quantityOf(one);
    if (quantity) quantities.set(quantity.unit, quantity.value);
    else for (const word of wordsOf(one)) words.add(word);
  });
  return { words: [...words], quantities };
}
