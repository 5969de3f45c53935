/** A number with what it counts or measures, such as 64 of `#gb`, 5 of `i#` or 3 of `#piece`. */
export interface Quantity {
  /** What stands around the number, which itself is `#`. */
  readonly unit: string;
  /** In a common unit where there are several of one thing: gigabytes, grams, millilitres, millimetres. */
  readonly value: number;
}

/** Units of one thing, as so many of the common one. */
const common: Readonly<Record<string, readonly [unit: string, factor: number]>> = {
  mb: ['gb', 0.001],
  tb: ['gb', 1000],
  kg: ['g', 1000],
  cl: ['ml', 10],
  l: ['ml', 1000],
  litre: ['ml', 1000],
  liter: ['ml', 1000],
  cm: ['mm', 10],
  m: ['mm', 1000],
};

/** Sizes that are told in words, in their order: no measures, but one is more than the other. */
const sizes: Readonly<Record<string, number>> = {
  mini: 1,
  small: 2,
  medium: 3,
  med: 3,
  large: 4,
  xl: 5,
  xxl: 6,
};

const pieces = '#piece';
const number = String.raw`\d+(?:[.,]\d+)?`;
const packOf = /\b(?:set|pack|box|s)\s*(?:of|\/)?\s*(\d+)(?![\d.,]*\p{L})/gu;
const piecesOf = /(?<![\p{L}\d])(\d+)\s*-?\s*(?:pieces?|pcs?)(?![\p{L}\d])/gu;
const inches = /(\d)\s*(?:["”″]|-?inch(?:es)?\b)/gu;
const measured = new RegExp(
  String.raw`(?<![\p{L}\d])(${number})\s+(gb|mb|tb|kg|g|ml|cl|l|cm|mm|m|w|v)(?![\p{L}\d])`,
  'gu',
);
const whole = new RegExp(String.raw`^(\p{L}*)(${number})(\p{L}*)$`, 'u');

/** Ways to write a quantity, all as one word each: `SET OF 3` and `3 PC` as `3__piece`, `2 kg` as `2kg`. */
export function unifiedQuantities(text: string): string {
  return text
    .replace(packOf, ' $1__piece ')
    .replace(piecesOf, ' $1__piece ')
    .replace(inches, '$1inch ')
    .replace(measured, '$1$2');
}

/** Whether a number of this unit may be no more than a label, as in `door sign 7`: it stands alone behind what it is of. */
export const isLabel = (unit: string): boolean => unit.endsWith(' #');

/**
 * The quantity that a word is; undefined for any other word.
 *
 * @param word in small letters
 * @param next, previous the words beside it: a number that stands alone measures the next one, as in `3 tier`, or else is a label
 */
export function quantityOf(word: string, next = '', previous = ''): Quantity | undefined {
  const size = Object.hasOwn(sizes, word) ? sizes[word] : undefined;
  if (size !== undefined) return { unit: 'size', value: size };
  if (word.endsWith('__piece')) return { unit: pieces, value: Number.parseInt(word, 10) };
  const match = whole.exec(word);
  if (!match) return undefined;
  const [, before, digits, after] = match;
  const value = Number.parseFloat(digits.replace(',', '.'));
  const isAlone = before + after + next === '';
  if (isAlone && previous !== '') return { unit: `${previous} #`, value };
  if (before !== '') return { unit: `${before}#${after}`, value };
  const named = after || next;
  const [unit, factor] = Object.hasOwn(common, named) ? common[named] : [named, 1];
  return { unit: `#${unit}`, value: value * factor };
}
