/** Figures by case, in columns with names; NaN where a case does not count for a figure. */
export class CaseColumns {
  readonly #count: number;
  readonly #columns = new Map<string, Float64Array>();

  constructor(count: number) {
    this.#count = count;
  }

  set(name: string, at: number, value: number): void {
    let column = this.#columns.get(name);
    if (!column) {
      column = new Float64Array(this.#count).fill(Number.NaN);
      this.#columns.set(name, column);
    }
    column[at] = value;
  }

  get columns(): ReadonlyMap<string, Float64Array> {
    return this.#columns;
  }
}
