import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { type Transactions, transactionCount } from '../../src/baskets/transactions.ts';
import { readBaskets } from '../../src/import/read-baskets.ts';
import { groceries } from '../../src/mining/testing/groceries.ts';
import { packageRoot } from '../../src/package-root.ts';

/** The most we may take, in terms of the best native peer, with one and with two threads. */
export type Goals = readonly [one: number, two: number];

interface DataSet {
  readonly goals: Goals;
  readonly minSupports: readonly number[];
}

const dataSets: Readonly<Record<string, DataSet>> = {
  T10I4D100K: { goals: [1, 0.5], minSupports: [10, 5] },
  retail: { goals: [1, 0.5], minSupports: [9, 4] },
  chess: { goals: [1, 0.6], minSupports: [1279, 959] },
  mushroom: { goals: [1, 0.6], minSupports: [82, 20] },
  Groceries: { goals: [1, 0.8], minSupports: [3] },
};

export const allWorkloads = Object.entries(dataSets).flatMap(([data, { minSupports }]) =>
  minSupports.map((minSupport) => `${data}@${minSupport}`),
);

/** Workloads over one file, which every program reads. */
export interface Loaded {
  readonly name: string;
  readonly goals: Goals;
  readonly minSupports: readonly number[];
  /** Plain FIMI. */
  readonly file: string;
  readonly baskets: number;
  /** How many items are in every basket. */
  readonly itemsEverywhere: number;
}

/** The workloads that are asked for, by their data; any support will do. @throws Error for unknown data */
export function parseWorkloads(names: readonly string[]): Map<string, number[]> {
  const byData = new Map<string, number[]>();
  for (const name of names) {
    const [data, minSupport] = name.split('@');
    if (!(data in dataSets) || !(Number(minSupport) >= 1))
      throw new Error(`${name} is no workload; there are ${allWorkloads.join(', ')}`);
    byData.set(data, [...(byData.get(data) ?? []), Number(minSupport)]);
  }
  return byData;
}

/** Writes a data set into `folder`; undefined where it is not beside the project. */
export async function loadWorkloads(
  name: string,
  minSupports: readonly number[],
  folder: string,
): Promise<Loaded | undefined> {
  const file = join(folder, `${name}.dat`);
  if (name === 'Groceries') await writeFile(file, fimiLines(groceries().baskets));
  else {
    const source = join(packageRoot(), '..', 'shared', 'data', 'fimi', `${name}.dat.gz`);
    if (!existsSync(source)) return undefined;
    await pipeline(createReadStream(source), createGunzip(), createWriteStream(file));
  }
  const { transactions } = await readBaskets(file, { format: 'fimi' });
  const baskets = transactionCount(transactions);
  const counts = new Int32Array(transactions.itemCount);
  for (const item of transactions.items) counts[item]++;
  const itemsEverywhere = counts.filter((count) => count === baskets).length;
  return { name, goals: dataSets[name].goals, minSupports, file, baskets, itemsEverywhere };
}

/** A line a basket, its item numbers between blanks. */
function* fimiLines({ offsets, items }: Transactions): Generator<string> {
  for (let t = 0; t + 1 < offsets.length; t++)
    yield `${items.subarray(offsets[t], offsets[t + 1]).join(' ')}\n`;
}
