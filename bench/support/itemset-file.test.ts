import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readItemsets, writeItemsets } from './itemset-file.ts';

describe('itemset files', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pairwell-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  // Views into the middle of a buffer, as slices of larger columns are.
  const stored = {
    transactionCount: 9,
    itemsets: {
      offsets: Int32Array.of(7, 0, 1, 2, 4).subarray(1),
      items: Int32Array.of(7, 3, 5, 3, 5, 7).subarray(1, 5),
      supports: Int32Array.of(7, 6, 4, 2).subarray(1),
    },
  };

  it('hold what was written', async () => {
    const path = join(folder, 'some.itemsets');
    await writeItemsets(path, stored);
    expect(await readItemsets(path)).toEqual({
      transactionCount: 9,
      itemsets: {
        offsets: Int32Array.of(0, 1, 2, 4),
        items: Int32Array.of(3, 5, 3, 5),
        supports: Int32Array.of(6, 4, 2),
      },
    });
  });

  it('are laid out as the reader in Python expects', async () => {
    const path = join(folder, 'layout.itemsets');
    await writeItemsets(path, stored);
    const bytes = await readFile(path);
    const numbers = Array.from({ length: bytes.length / 4 }, (_, n) => bytes.readInt32LE(4 * n));
    expect(numbers).toEqual([9, 3, 4, 0, 1, 2, 4, 3, 5, 3, 5, 6, 4, 2]);
  });

  it('can be empty', async () => {
    const path = join(folder, 'none.itemsets');
    const none = {
      transactionCount: 2,
      itemsets: { offsets: new Int32Array(1), items: new Int32Array(), supports: new Int32Array() },
    };
    await writeItemsets(path, none);
    expect(await readItemsets(path)).toEqual(none);
  });
});
