import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import type { ChurnRows } from '../churn-rows.ts';
import { plainRows } from '../plain-table.ts';

/** The customers of the IBM telephone company, as its file has them: 19 columns, of which 16 are labels. */
export function telcoRows(file: string): ChurnRows {
  const records: Record<string, string>[] = parse(gunzipSync(readFileSync(file)), { columns: true });
  const names = Object.keys(records[0]).filter((name) => name !== 'customerID' && name !== 'Churn');
  return plainRows(
    names.map((name) => ({ name, values: records.map((record) => record[name]) })),
    records.map(({ Churn }) => Churn === 'Yes'),
  );
}
