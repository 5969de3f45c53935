import type { RepeatHistory } from './purchase-days.ts';

/** Customers with equal histories taken together: a shop has far fewer histories than customers. */
export interface HistoryGroups {
  /** How many customers there are in all. */
  readonly customers: number;
  /** The different frequencies, recencies and ages, in no order. */
  readonly frequencies: Float64Array;
  readonly recencies: Float64Array;
  readonly ages: Float64Array;
  /** By group: positions in these, and its number of customers. */
  readonly frequency: Int32Array;
  readonly recency: Int32Array;
  readonly age: Int32Array;
  readonly weight: Float64Array;
}

/** Numbers values by first appearance. */
class Numbering {
  readonly #numbers = new Map<number, number>();

  of(value: number): number {
    const known = this.#numbers.get(value);
    if (known !== undefined) return known;
    this.#numbers.set(value, this.#numbers.size);
    return this.#numbers.size - 1;
  }

  values(): Float64Array {
    return Float64Array.from(this.#numbers.keys());
  }
}

/** Who never bought is in no group. */
export function groupHistories({ frequency, recency, age }: RepeatHistory): HistoryGroups {
  const frequencies = new Numbering();
  const recencies = new Numbering();
  const ages = new Numbering();
  // Frequency and age make one number, which makes one number with the recency: all of them whole and small.
  const starts = new Numbering();
  const groups = new Numbering();
  const groupOf = new Int32Array(frequency.length).fill(-1);
  const first: number[] = [];
  let customers = 0;
  for (let c = 0; c < frequency.length; c++) {
    if (frequency[c] < 0) continue;
    customers++;
    const start = starts.of(frequencies.of(frequency[c]) * frequency.length + ages.of(age[c]));
    const group = groups.of(start * frequency.length + recencies.of(recency[c]));
    groupOf[c] = group;
    if (group === first.length) first.push(c);
  }
  const weight = new Float64Array(first.length);
  for (const group of groupOf) if (group >= 0) weight[group]++;
  return {
    customers,
    frequencies: frequencies.values(),
    recencies: recencies.values(),
    ages: ages.values(),
    frequency: Int32Array.from(first, (c) => frequencies.of(frequency[c])),
    recency: Int32Array.from(first, (c) => recencies.of(recency[c])),
    age: Int32Array.from(first, (c) => ages.of(age[c])),
    weight,
  };
}
