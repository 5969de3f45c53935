import { currencyCode, parseCurrency } from '../orders/currency.ts';

/** What a file's amounts are in. */
export interface FileCurrency {
  /** By the options. */
  readonly stated: string | null;
  /** By the first of its rows that says so. */
  readonly first: string | null;
  /** The heading of the column that says so. */
  readonly column: string | null;
}

/** @throws PairwellError `bad-input` for what names no currency */
export const statedCurrency = (option: string | undefined): string | null =>
  option === undefined ? null : parseCurrency(option);

/** What the first row with anything in this column says. */
export function firstCurrency(sample: readonly string[][], column: number | undefined): string | null {
  if (column === undefined) return null;
  for (const row of sample) {
    const code = currencyCode(row[column] ?? '');
    if (code !== '') return code;
  }
  return null;
}

/** Nothing where nothing is stated: files imported before there were currencies are known again. */
export const currencySetting = (currency: string | null) => (currency === null ? {} : { currency });
