import type { StringTable } from '../model/string-table.ts';

/** Finds codes by what is in them, whatever the case of Latin letters. The text of all codes is kept once more, in small letters. */
export class CodeSearch {
  readonly #offsets: Int32Array;
  readonly #text: Buffer;

  constructor({ columns: { bytes, offsets } }: StringTable) {
    this.#offsets = offsets;
    this.#text = Buffer.from(bytes.subarray(0, offsets[offsets.length - 1]));
    lower(this.#text);
  }

  /** By code: 1 for those in which all words are. */
  containing(words: string): Uint8Array {
    const count = this.#offsets.length - 1;
    const wanted = words.split(/\s+/).filter((word) => word !== '');
    const found = new Uint8Array(count);
    for (const word of wanted) this.#each(Buffer.from(word), (code) => found[code]++);
    for (let code = 0; code < count; code++) found[code] = Number(found[code] === wanted.length);
    return found;
  }

  #each(word: Buffer, see: (code: number) => void): void {
    lower(word);
    const offsets = this.#offsets;
    let code = 0;
    let at = this.#text.indexOf(word);
    while (at >= 0) {
      while (offsets[code + 1] <= at) code++;
      const end = offsets[code + 1];
      const isWithin = at + word.length <= end;
      if (isWithin) see(code);
      // One hit in a code is enough; what begins in it and ends in the next is none.
      at = this.#text.indexOf(word, isWithin ? end : at + 1);
    }
  }
}

/** Bytes of other letters are never those of capitals in UTF-8. */
function lower(bytes: Buffer): void {
  for (let i = 0; i < bytes.length; i++) if (bytes[i] >= 65 && bytes[i] <= 90) bytes[i] += 32;
}
