import { PairwellError } from '../errors.ts';

const longest = 20;

/** A currency as it is compared: in capitals, without space around it; empty for none. */
export const currencyCode = (text: string): string => text.trim().toUpperCase();

/** @throws PairwellError `bad-input` for what names no currency */
export function parseCurrency(text: string): string {
  const code = currencyCode(text);
  if (code !== '' && code.length <= longest) return code;
  throw new PairwellError('bad-input', 'Write the currency as files write it, such as EUR.');
}
