import { readFile, writeFile } from 'node:fs/promises';
import type { Itemsets } from '../../src/mining/itemsets.ts';

export interface StoredItemsets {
  /** How many they were mined from, empty ones included. */
  readonly transactionCount: number;
  readonly itemsets: Itemsets;
}

/**
 * Writes itemsets for programs in any language, as 32-bit integers in the machine's order: transactions, itemsets, items of
 * them all, then the columns offsets, items and supports.
 */
export async function writeItemsets(path: string, stored: StoredItemsets): Promise<void> {
  const { offsets, items, supports } = stored.itemsets;
  const head = Int32Array.of(stored.transactionCount, supports.length, items.length);
  await writeFile(
    path,
    [head, offsets, items, supports].map(
      ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength),
    ),
  );
}

export async function readItemsets(path: string): Promise<StoredItemsets> {
  const { buffer, byteOffset, byteLength } = await readFile(path);
  const numbers = new Int32Array(buffer.slice(byteOffset, byteOffset + byteLength));
  const [transactionCount, sets, itemCount] = numbers;
  const itemsFrom = 3 + sets + 1;
  const supportsFrom = itemsFrom + itemCount;
  return {
    transactionCount,
    itemsets: {
      offsets: numbers.slice(3, itemsFrom),
      items: numbers.slice(itemsFrom, supportsFrom),
      supports: numbers.slice(supportsFrom),
    },
  };
}
