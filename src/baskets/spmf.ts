const newline = 10;
const hash = 35;
const percent = 37;
const at = 64;

/** Whether a line that starts with `byte` is a comment or statement of SPMF's. */
export const startsHeader = (byte: number): boolean => byte === hash || byte === percent || byte === at;

/** `@ITEM=3=whole milk`. In files of sequences `@ITEM=-1=|` names what is no item; it does not match. */
const itemName = /^@ITEM=(\d{1,15})=(.*)/s;

/** Reads SPMF's header lines, UTF-8, from bytes cut anywhere; all but the names of items is passed over. */
export class SpmfHeader {
  readonly #names = new Map<number, string>();
  /** What there is of the line under way. */
  #parts: Uint8Array[] = [];
  #open = false;
  #lines = 0;

  /** By item number; of several names for a number the last. */
  get names(): ReadonlyMap<number, string> {
    return this.#names;
  }

  /** Whether a line is under way. */
  get open(): boolean {
    return this.#open;
  }

  /** Lines ended so far. */
  get lines(): number {
    return this.#lines;
  }

  begin(): void {
    this.#open = true;
  }

  /** Reads to the end of the line, or of `bytes`; returns where to go on. */
  push(bytes: Uint8Array, from: number): number {
    const end = bytes.indexOf(newline, from);
    // Copies, as whoever reads a file may use its memory again.
    this.#parts.push(bytes.slice(from, end < 0 ? bytes.length : end));
    if (end < 0) return bytes.length;
    this.end();
    return end + 1;
  }

  /** Ends the line under way, if any. */
  end(): void {
    if (!this.#open) return;
    const [, number, name] = itemName.exec(Buffer.concat(this.#parts).toString()) ?? [];
    if (name?.trim()) this.#names.set(Number(number), name.trim());
    this.#parts = [];
    this.#open = false;
    this.#lines++;
  }
}
