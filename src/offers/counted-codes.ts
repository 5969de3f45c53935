/** Numbers for codes as long as somebody holds them: what nobody holds any longer takes no memory. */
export class CountedCodes {
  readonly #numbers = new Map<string, number>();
  readonly #codes: string[] = [];
  readonly #holders: number[] = [];
  readonly #free: number[] = [];

  /** How many codes are held. */
  get size(): number {
    return this.#numbers.size;
  }

  /** The number of a code, or −1 where nobody holds it. */
  numberOf(code: string): number {
    return this.#numbers.get(code) ?? -1;
  }

  /** @param number of a code that is held */
  codeOf(number: number): string {
    return this.#codes[number];
  }

  /** The number of a code, which is held once more from now on. */
  hold(code: string): number {
    const number = this.#numbers.get(code) ?? this.#take(code);
    this.#holders[number]++;
    return number;
  }

  /** Another code may have the number once nobody holds it. */
  release(number: number): void {
    if (--this.#holders[number] > 0) return;
    this.#numbers.delete(this.#codes[number]);
    this.#codes[number] = '';
    this.#free.push(number);
  }

  #take(code: string): number {
    const number = this.#free.pop() ?? this.#codes.length;
    this.#numbers.set(code, number);
    this.#codes[number] = code;
    this.#holders[number] = 0;
    return number;
  }
}
