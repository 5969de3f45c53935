/** Names (of products, of customers) as dense integers 0, 1, 2, … in the order they were first seen. */
export class Dictionary {
  readonly #ids = new Map<string, number>();
  readonly #names: string[] = [];

  /** How many names there are; ids run from 0 to one less. */
  get size(): number {
    return this.#names.length;
  }

  /** The id of `name`, a new one when it was not seen before. */
  intern(name: string): number {
    const known = this.#ids.get(name);
    if (known !== undefined) return known;
    const id = this.#names.length;
    this.#ids.set(name, id);
    this.#names.push(name);
    return id;
  }

  /** The id of `name`, or undefined when it was never interned. */
  idOf(name: string): number | undefined {
    return this.#ids.get(name);
  }

  /**
   * The name behind an id.
   *
   * @throws RangeError when no name has that id: the id comes from another dictionary
   */
  nameOf(id: number): string {
    const name = this.#names[id];
    if (name === undefined) throw new RangeError(`No name has the id ${id}; there are ${this.size}.`);
    return name;
  }
}
