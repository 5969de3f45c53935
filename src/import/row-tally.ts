import { PairwellError } from '../errors.ts';

/** Why rows were left out. */
export interface RejectedRows<Reason extends string> {
  readonly reason: Reason;
  readonly rows: number;
  /** The first such row, from 1 after the heading line. */
  readonly firstRow: number;
}

/** Counts rows that were read, and those that cannot be used, by why. */
export class RowTally<Reason extends string> {
  readonly #words: Readonly<Record<Reason, string>>;
  readonly #rejected = new Map<Reason, { rows: number; firstRow: number }>();
  #read = 0;

  /** @param words of the reasons, for people */
  constructor(words: Readonly<Record<Reason, string>>) {
    this.#words = words;
  }

  get read(): number {
    return this.#read;
  }

  get rejected(): RejectedRows<Reason>[] {
    return [...this.#rejected].map(([reason, counted]) => ({ reason, ...counted }));
  }

  /** @param take says why the row, which is counted before, cannot be used, if so */
  count(take: () => Reason | undefined): void {
    this.#read++;
    const reason = take();
    if (reason === undefined) return;
    const known = this.#rejected.get(reason) ?? { rows: 0, firstRow: this.#read };
    this.#rejected.set(reason, { ...known, rows: known.rows + 1 });
  }

  /** @throws PairwellError `bad-input` where no row can be used, with why */
  checkUsed(used: number): void {
    if (used > 0) return;
    const reasons = this.rejected.map(({ reason, rows }) => `${rows} with ${this.#words[reason]}`);
    throw new PairwellError(
      'bad-input',
      `None of ${this.#read} rows can be used${reasons.length > 0 ? `: ${reasons.join(', ')}` : ''}.`,
    );
  }
}
