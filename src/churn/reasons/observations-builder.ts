import type { Observations } from './matched-risk.ts';

/** Collects observations; months become strata, numbered as they come. */
export class ObservationsBuilder {
  readonly #customer: number[] = [];
  readonly #stratum: number[] = [];
  readonly #isExposed: number[] = [];
  readonly #hasLeft: number[] = [];
  readonly #strata = new Map<number, number>();

  add(customer: number, month: number, isExposed: boolean, hasLeft: boolean): void {
    const stratum = this.#strata.get(month) ?? this.#strata.size;
    this.#strata.set(month, stratum);
    this.#customer.push(customer);
    this.#stratum.push(stratum);
    this.#isExposed.push(Number(isExposed));
    this.#hasLeft.push(Number(hasLeft));
  }

  build(): Observations {
    return {
      customer: Int32Array.from(this.#customer),
      stratum: Int32Array.from(this.#stratum),
      isExposed: Uint8Array.from(this.#isExposed),
      hasLeft: Uint8Array.from(this.#hasLeft),
    };
  }
}
