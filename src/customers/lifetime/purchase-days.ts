import { PairwellError } from '../../errors.ts';

/**
 * The days on which customers bought, each once however often they bought on it: customer c has the days `offsets[c]` …
 * `offsets[c + 1] - 1`, in the order of time. Days are days since 1970-01-01.
 */
export interface PurchaseDays {
  readonly offsets: Int32Array;
  readonly day: Int32Array;
  /** What was spent on the day, in money; it may be 0 or less. */
  readonly spend: Float64Array;
}

/**
 * How often and when customers came back, in weeks, that is days / 7: what models of lifetime value are fitted to (Fader,
 * Hardie and Lee, Marketing Science 24, 2005, p. 278: x, tₓ and T). All columns are by customer.
 */
export interface RepeatHistory {
  /** x: days with a purchase after the first such day; −1 for who has none at all, whose other figures are 0. */
  readonly frequency: Int32Array;
  /** tₓ: weeks from the first to the last day with a purchase; 0 for who never came back. */
  readonly recency: Float64Array;
  /** T: weeks from the first day with a purchase to the day the history ends. */
  readonly age: Float64Array;
  /** Those of the `frequency` days on which more than nothing was spent. */
  readonly spendDays: Int32Array;
  /** What was spent on such a day on average; 0 where there is none. */
  readonly meanSpend: Float64Array;
}

export const daysInWeek = 7;

/** Of all customers: the days with a purchase after each one's first, and the weeks since that. */
export function totalsOf({ frequency, age }: RepeatHistory): { purchases: number; weeks: number } {
  let purchases = 0;
  let weeks = 0;
  for (let c = 0; c < frequency.length; c++) {
    if (frequency[c] < 0) continue;
    purchases += frequency[c];
    weeks += age[c];
  }
  return { purchases, weeks };
}

/** Takes purchases customer by customer, each customer's in the order of time, and makes one of those on the same day. */
export class PurchaseDaysBuilder {
  readonly #offsets: Int32Array;
  readonly #day: Int32Array;
  readonly #spend: Float64Array;
  #customers = 0;
  #days = 0;

  /** @param mostDays how many purchases there are at most */
  constructor(customers: number, mostDays: number) {
    this.#offsets = new Int32Array(customers + 1);
    this.#day = new Int32Array(mostDays);
    this.#spend = new Float64Array(mostDays);
  }

  /** @throws PairwellError `bad-input` for a day before the customer's last one, or a spend that is no finite number */
  add(day: number, spend: number): void {
    const last = this.#days > this.#offsets[this.#customers] ? this.#day[this.#days - 1] : day;
    if (day < last || !Number.isFinite(spend)) {
      const message = `Purchases come in the order of time with a finite spend: not ${spend} on day ${day} after day ${last}.`;
      throw new PairwellError('bad-input', message, { day, last, spend });
    }
    const isNew = this.#days === this.#offsets[this.#customers] || day > last;
    if (isNew) this.#day[this.#days++] = day;
    this.#spend[this.#days - 1] += spend;
  }

  /** What is added from now on is the next customer's. */
  endCustomer(): void {
    this.#offsets[++this.#customers] = this.#days;
  }

  build(): PurchaseDays {
    return {
      offsets: this.#offsets,
      day: this.#day.slice(0, this.#days),
      spend: this.#spend.slice(0, this.#days),
    };
  }
}

/**
 * The history as it was at the end of the day `lastDay`: later purchases are not looked at, so customers who first bought later have
 * none. What was spent on the first day does not count towards the mean.
 */
export function repeatHistory({ offsets, day, spend }: PurchaseDays, lastDay: number): RepeatHistory {
  const customers = offsets.length - 1;
  const frequency = new Int32Array(customers);
  const recency = new Float64Array(customers);
  const age = new Float64Array(customers);
  const spendDays = new Int32Array(customers);
  const meanSpend = new Float64Array(customers);
  for (let c = 0; c < customers; c++) {
    const first = offsets[c];
    let end = first;
    let total = 0;
    for (; end < offsets[c + 1] && day[end] <= lastDay; end++) {
      if (end === first || !(spend[end] > 0)) continue;
      spendDays[c]++;
      total += spend[end];
    }
    frequency[c] = end - first - 1;
    if (end === first) continue;
    recency[c] = (day[end - 1] - day[first]) / daysInWeek;
    age[c] = (lastDay - day[first]) / daysInWeek;
    if (spendDays[c] > 0) meanSpend[c] = total / spendDays[c];
  }
  return { frequency, recency, age, spendDays, meanSpend };
}

/** @throws PairwellError `bad-input` for columns of different lengths, or a customer who cannot be: see {@link RepeatHistory} */
export function checkHistory({ frequency, recency, age, spendDays, meanSpend }: RepeatHistory): void {
  for (const column of [recency, age, spendDays, meanSpend]) {
    if (column.length === frequency.length) continue;
    throw new PairwellError('bad-input', 'The columns of a history must be as long as one another.');
  }
  for (let c = 0; c < frequency.length; c++) {
    const x = frequency[c];
    if (x < 0) continue;
    const inTime = recency[c] >= 0 && recency[c] <= age[c] && age[c] < Number.POSITIVE_INFINITY;
    const isRepeat = x === 0 ? recency[c] === 0 : recency[c] > 0;
    const spends = spendDays[c] >= 0 && spendDays[c] <= x && Number.isFinite(meanSpend[c]);
    const isPaid = spendDays[c] === 0 || meanSpend[c] > 0;
    if (inTime && isRepeat && spends && isPaid) continue;
    const message =
      `Customer number ${c} cannot be: ${x} repeat purchases up to week ${recency[c]} of ${age[c]}, ` +
      `${spendDays[c]} of them for ${meanSpend[c]} on average.`;
    throw new PairwellError('bad-input', message, { customer: c });
  }
}
