import { withRoom } from '../baskets/int-column.ts';

const tab = 9;
const newline = 10;
const minus = 45;
const zero = 48;
const backslash = 92;

/** What stands for NULL in the columns. */
export const absent = -1;

/**
 * Reads PostgreSQL's COPY text of integer columns.
 *
 * @param chunks the bytes, cut anywhere
 * @returns one array per column, each as long as there were rows; NULL reads as −1
 */
export async function readIntegerColumns(
  chunks: AsyncIterable<Uint8Array>,
  columns: number,
): Promise<Int32Array[]> {
  const out: Int32Array[] = Array.from({ length: columns }, () => new Int32Array(1024));
  let rows = 0;
  let column = 0;
  let value = 0;
  let sign = 1;
  for await (const chunk of chunks) {
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i];
      if (byte === tab || byte === newline) {
        out[column][rows] = sign * value;
        value = 0;
        sign = 1;
        if (byte === tab) {
          column++;
          continue;
        }
        column = 0;
        rows++;
        if (rows === out[0].length) for (let c = 0; c < columns; c++) out[c] = withRoom(out[c], rows + 1);
      } else if (byte === minus) sign = -1;
      else if (byte === backslash) {
        // `\N`: the N that follows adds nothing, see below.
        value = 1;
        sign = absent;
      } else if (byte >= zero && byte < zero + 10) value = value * 10 + byte - zero;
    }
  }
  return out.map((filled) => filled.subarray(0, rows));
}
