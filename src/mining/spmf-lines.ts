import type { Itemsets } from './itemsets.ts';
import { lineChunks, NameBytes, writeInteger, writeText } from './line-writer.ts';

const support = Buffer.from('#SUP: ');
const newline = 10;

/** More than the bytes of a line besides its names. */
const others = 32;

/**
 * SPMF's lines of itemsets, `milk bread #SUP: 3`: the names of the items, and how many transactions hold them all.
 * UTF-8, in chunks of some 128 kB that whoever gets them may keep.
 *
 * @param names by item
 */
export function itemsetChunks(
  { offsets, items, supports }: Itemsets,
  names: readonly string[],
): Iterable<Uint8Array> {
  const nameBytes = new NameBytes(names);
  return lineChunks({
    count: supports.length,
    longest: (s) => nameBytes.longest(offsets[s + 1] - offsets[s]) + others,
    length: (s) => nameBytes.length(items, offsets[s], offsets[s + 1]) + others,
    write: (s, out, at) => {
      let end = nameBytes.write(items, offsets[s], offsets[s + 1], out, at);
      end = writeText(support, out, end);
      end = writeInteger(supports[s], out, end);
      out[end] = newline;
      return end + 1;
    },
  });
}
