export type DecimalMark = '.' | ',';

/** Plain digits; also `.5`, an exponent, and groups of three digits set apart by the other mark or a blank. */
const patterns: Record<DecimalMark, RegExp> = {
  '.': /^[+-]?(?:\d+|\d{1,3}(?:[,\u0020\u00a0\u202f']\d{3})+)?(?:\.\d+)?(?:e[+-]?\d+)?$/i,
  ',': /^[+-]?(?:\d+|\d{1,3}(?:[.\u0020\u00a0\u202f']\d{3})+)?(?:,\d+)?(?:e[+-]?\d+)?$/i,
};
const groupMarks: Record<DecimalMark, RegExp> = {
  '.': /[,\u0020\u00a0\u202f']/g,
  ',': /[.\u0020\u00a0\u202f']/g,
};
const plain = /^-?\d+(?:\.\d+)?$/;

/** Reads numbers written with the given decimal mark; what is no number, or too large for one, gives NaN. */
export function numberParser(mark: DecimalMark): (text: string) => number {
  const pattern = patterns[mark];
  const groupMark = groupMarks[mark];
  return (text) => {
    let digits = text;
    // Nearly every number of a real file is plain, unless its mark is the comma.
    if (mark !== '.' || !plain.test(text)) {
      if (!pattern.test(text) || !/\d/.test(text)) return Number.NaN;
      digits = text.replace(groupMark, '').replace(',', '.');
    }
    const value = Number(digits);
    return Number.isFinite(value) ? value : Number.NaN;
  };
}
