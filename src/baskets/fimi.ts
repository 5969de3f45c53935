import { PairwellError } from '../errors.ts';
import { TransactionsBuilder } from './builder.ts';
import type { Transactions } from './transactions.ts';

const newline = 10;
const zero = 48;
const nine = 57;

/** Between numbers: blank, tab, comma, carriage return. */
const separators: ReadonlySet<number> = new Set([32, 9, 44, 13]);

export interface NumberedBaskets {
  readonly transactions: Transactions;
  /** The number that stood in the file for each item. */
  readonly numbers: readonly number[];
}

/**
 * Reads baskets of item numbers, a basket a line (the format of the FIMI workshops), from bytes cut anywhere. An empty
 * line is an empty basket; a last line without its end counts.
 */
export class FimiParser {
  readonly #builder = new TransactionsBuilder();
  readonly #ids = new Map<number, number>();
  readonly #basket: number[] = [];
  #line = 1;
  #number = 0;
  /** Digits of the number under way. */
  #digits = 0;
  #lineBegun = false;

  /** @throws PairwellError `bad-input`, naming the line, for anything but whole numbers */
  push(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (byte >= zero && byte <= nine) {
        this.#number = this.#number * 10 + byte - zero;
        this.#digits++;
        this.#lineBegun = true;
      } else if (separators.has(byte)) this.#endNumber();
      else if (byte === newline) this.#endLine();
      else {
        const found = JSON.stringify(String.fromCharCode(byte));
        throw new PairwellError('bad-input', `Line ${this.#line}: item numbers are needed, not ${found}.`);
      }
    }
  }

  finish(): NumberedBaskets {
    if (this.#lineBegun) this.#endLine();
    return { transactions: this.#builder.build(), numbers: [...this.#ids.keys()] };
  }

  #endNumber(): void {
    if (this.#digits === 0) return;
    if (this.#digits > 15) {
      throw new PairwellError('bad-input', `Line ${this.#line}: an item number may have at most 15 digits.`);
    }
    let id = this.#ids.get(this.#number);
    if (id === undefined) {
      id = this.#ids.size;
      this.#ids.set(this.#number, id);
    }
    this.#basket.push(id);
    this.#number = 0;
    this.#digits = 0;
  }

  #endLine(): void {
    this.#endNumber();
    this.#builder.add(this.#basket);
    this.#basket.length = 0;
    this.#line++;
    this.#lineBegun = false;
  }
}
