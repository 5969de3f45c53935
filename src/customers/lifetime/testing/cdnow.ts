import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { type PurchaseDays, PurchaseDaysBuilder, type RepeatHistory } from '../purchase-days.ts';

/** Parameters of BG/NBD as printed for CDNOW (Fader, Hardie and Lee, Marketing Science 24, 2005, p. 281). */
export const published = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };

/** The likeliest ones, worked out with SciPy. */
export const likeliest = { r: 0.2425929, alpha: 4.413532, a: 0.7928862, b: 2.4257539 };

const lines = (text: string): string[] => text.trim().split(/\r?\n/);

/** A table of ID, x, t_x, T and zbar with commas between, under one line of names. */
export function parseSummary(text: string): RepeatHistory {
  const rows = lines(text)
    .slice(1)
    .map((line) => line.split(',').map(Number));
  return {
    frequency: Int32Array.from(rows, ([, x]) => x),
    recency: Float64Array.from(rows, ([, , recency]) => recency),
    age: Float64Array.from(rows, ([, , , age]) => age),
    spendDays: Int32Array.from(rows, ([, x]) => x),
    meanSpend: Float64Array.from(rows, ([, , , , mean]) => mean),
  };
}

export function readGzip(file: string): string {
  return gunzipSync(readFileSync(file)).toString();
}

/** `19970101` as days since 1970-01-01. */
export const dayOf = (date: string): number =>
  Date.UTC(Number(date.slice(0, 4)), Number(date.slice(4, 6)) - 1, Number(date.slice(6))) / 86_400_000;

/** A file of transactions by customer and date: the last columns are the date, the number of CDs and what they cost. */
export function parseTransactions(text: string): PurchaseDays {
  const rows = lines(text)
    .map((line) => line.trim().split(/\s+/))
    .filter(([id]) => id !== 'customer_id')
    .map((row) => ({ id: row[0], day: dayOf(row.at(-3)!), spend: Number(row.at(-1)) }));
  const builder = new PurchaseDaysBuilder(new Set(rows.map(({ id }) => id)).size, rows.length);
  rows.forEach(({ id, day, spend }, n) => {
    if (n > 0 && id !== rows[n - 1].id) builder.endCustomer();
    builder.add(day, spend);
  });
  builder.endCustomer();
  return builder.build();
}
