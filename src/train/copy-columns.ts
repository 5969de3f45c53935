import { ByteDictionary, hashStart, hashStep } from '../baskets/byte-dictionary.ts';
import { withRoom } from '../baskets/int-column.ts';

/** What stands for NULL in columns of integers and of texts; in columns of decimals it is NaN. */
export const absent = -1;

/** Each value of a column of texts as the position of its text in `names`, which are distinct, or −1. */
export interface TextColumn {
  readonly values: Int32Array;
  readonly names: readonly string[];
}

/** `integer`: of 32 bits; `decimal`: any number, as the double nearest to it; `text`: for what has few distinct values. */
interface ColumnTypes {
  integer: Int32Array;
  decimal: Float64Array;
  text: TextColumn;
}

export type ColumnKind = keyof ColumnTypes;

type Columns<Kinds extends readonly ColumnKind[]> = { -readonly [C in keyof Kinds]: ColumnTypes[Kinds[C]] };

const tab = 9;
const newline = 10;
const minus = 45;
const point = 46;
const zero = 48;
const backslash = 92;

/** Takes the values of one column; texts of numbers and NULL (`\N`) end at a tab or a line end. */
interface ColumnReader<Column> {
  /**
   * @param from where the value begins
   * @returns where it ends
   */
  read(bytes: Uint8Array, from: number, row: number): number;
  finish(rows: number): Column;
}

const readers: { [Kind in ColumnKind]: () => ColumnReader<ColumnTypes[Kind]> } = {
  integer: () => new IntegerReader(),
  decimal: () => new DecimalReader(),
  text: () => new TextReader(),
};

/**
 * Reads PostgreSQL's COPY text.
 *
 * @param chunks the bytes, cut anywhere
 * @param kinds of the columns; every row has as many
 * @returns one column each, as long as there were rows
 */
export async function readColumns<const Kinds extends readonly ColumnKind[]>(
  chunks: AsyncIterable<Uint8Array>,
  kinds: Kinds,
): Promise<Columns<Kinds>> {
  const columns = kinds.map((kind): ColumnReader<unknown> => readers[kind]());
  let rows = 0;
  const cut = new WholeRows();
  // A server may send each row by itself, so there is nothing asynchronous but the chunks.
  for await (const chunk of chunks) {
    const bytes = cut.take(chunk);
    if (bytes === undefined) continue;
    let at = 0;
    for (; at < bytes.length; rows++) for (const column of columns) at = column.read(bytes, at, rows) + 1;
    if (at !== bytes.length) throw new Error(`A row of COPY text does not have ${kinds.length} columns.`);
  }
  return columns.map((column) => column.finish(rows)) as Columns<Kinds>;
}

/** Cuts bytes at line ends alone. */
class WholeRows {
  /** A row may be longer than chunks, so its beginnings are put together only when its end is there. */
  #begun: Uint8Array[] = [];

  /** The rows that end in this chunk; undefined for none. */
  take(chunk: Uint8Array): Uint8Array | undefined {
    if (chunk.length === 0) return undefined;
    const end = chunk.lastIndexOf(newline) + 1;
    const begun = this.#begun;
    // A copy: whoever sends the chunk may use its memory again.
    if (end < chunk.length) this.#begun = [...(end > 0 ? [] : begun), chunk.slice(end)];
    else this.#begun = [];
    if (end === 0) return undefined;
    const whole = chunk.subarray(0, end);
    return begun.length === 0 ? whole : Buffer.concat([...begun, whole]);
  }
}

class IntegerReader implements ColumnReader<Int32Array> {
  #values: Int32Array = new Int32Array(1024);

  read(bytes: Uint8Array, from: number, row: number): number {
    let at = from;
    let value = 0;
    let sign = 1;
    for (; ; at++) {
      const byte = bytes[at];
      if (byte >= zero) {
        if (byte === backslash) {
          // The N of `\N` adds nothing.
          at++;
          value = 1;
          sign = absent;
        } else value = value * 10 + byte - zero;
      } else if (byte === minus) sign = -1;
      else break;
    }
    if (row === this.#values.length) this.#values = withRoom(this.#values, row + 1);
    this.#values[row] = sign * value;
    return at;
  }

  finish(rows: number): Int32Array {
    return this.#values.subarray(0, rows);
  }
}

/** Up to so many digits a number is below 2^53 and has no rounding of its own. */
const exactDigits = 15;

/** All of them doubles without rounding. */
const powersOfTen = Float64Array.from({ length: exactDigits + 1 }, (_, n) => 10 ** n);

class DecimalReader implements ColumnReader<Float64Array> {
  #values = new Float64Array(1024);

  read(bytes: Uint8Array, from: number, row: number): number {
    if (row === this.#values.length) {
      const roomier = new Float64Array(2 * row);
      roomier.set(this.#values);
      this.#values = roomier;
    }
    let at = from;
    if (bytes[at] === backslash) {
      this.#values[row] = Number.NaN;
      return at + 2;
    }
    const sign = bytes[at] === minus ? -1 : 1;
    if (sign < 0) at++;
    let digits = 0;
    let decimals = -1;
    let value = 0;
    for (; ; at++) {
      const byte = bytes[at];
      if (byte >= zero && byte < zero + 10) {
        value = value * 10 + byte - zero;
        digits++;
        if (decimals >= 0) decimals++;
      } else if (byte === point && decimals < 0) decimals = 0;
      else break;
    }
    const isPlain = digits > 0 && digits <= exactDigits && (bytes[at] === tab || bytes[at] === newline);
    if (isPlain) {
      // One division of two exact numbers rounds once, so this is the nearest double (Clinger 1990, PLDI, page 96).
      this.#values[row] = sign * (decimals > 0 ? value / powersOfTen[decimals] : value);
      return at;
    }
    while (at < bytes.length && bytes[at] !== tab && bytes[at] !== newline) at++;
    this.#values[row] = Number(latin1.decode(bytes.subarray(from, at)));
    return at;
  }

  finish(rows: number): Float64Array {
    return this.#values.subarray(0, rows);
  }
}

const latin1 = new TextDecoder('latin1');
const utf8 = new TextDecoder();

const escapes: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

class TextReader implements ColumnReader<TextColumn> {
  #values: Int32Array = new Int32Array(1024);
  readonly #texts = new ByteDictionary();
  readonly #names: string[] = [];

  read(bytes: Uint8Array, from: number, row: number): number {
    if (row === this.#values.length) this.#values = withRoom(this.#values, row + 1);
    let at = from;
    let hash = hashStart;
    // Within a text both are escaped.
    for (; at < bytes.length && bytes[at] !== tab && bytes[at] !== newline; at++)
      hash = hashStep(hash, bytes[at]);
    this.#values[row] = isNull(bytes, from, at) ? absent : this.#numberOf(bytes, from, at, hash);
    return at;
  }

  #numberOf(bytes: Uint8Array, from: number, to: number, hash: number): number {
    const number = this.#texts.intern(bytes, from, to, hash);
    if (number === this.#names.length) this.#names.push(unescaped(utf8.decode(bytes.subarray(from, to))));
    return number;
  }

  finish(rows: number): TextColumn {
    return { values: this.#values.subarray(0, rows), names: this.#names };
  }
}

const isNull = (bytes: Uint8Array, from: number, to: number): boolean =>
  to === from + 2 && bytes[from] === backslash && bytes[from + 1] === 'N'.charCodeAt(0);

const unescaped = (text: string): string =>
  text.includes('\\') ? text.replace(/\\(.)/gs, (_, sign: string) => escapes[sign] ?? sign) : text;
