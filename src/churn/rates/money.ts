import { firstAtLeast } from '../../baskets/first-at-least.ts';
import type { CustomerContracts, Ledger } from '../../customers/ledger.ts';
import { hasRun } from './contract-stays.ts';

/** What a customer is worth to the shop in the evening of a day, in money, 0 or more; NaN where that is not known. */
export type MoneyOn = (customer: number, day: number) => number;

/**
 * Money a month by the contracts that run on the day. Between the end of one and the start of the next, or the day of leaving, it is
 * what ran to the last: days of grace are no downgrade. NaN if the amount of one of them is.
 */
export function contractMoney({ offsets, start, end, amount }: CustomerContracts): MoneyOn {
  return (customer, day) => {
    let running = 0;
    let runs = false;
    let lastEnd = -1;
    let ended = 0;
    for (let n = offsets[customer]; n < offsets[customer + 1] && start[n] <= day; n++) {
      if (!hasRun(start[n], end[n])) continue;
      if (end[n] < 0 || end[n] > day) {
        runs = true;
        running += amount[n];
      } else if (end[n] >= lastEnd) {
        ended = end[n] === lastEnd ? ended + amount[n] : amount[n];
        lastEnd = end[n];
      }
    }
    const money = runs ? running : ended;
    return money < 0 ? 0 : money;
  };
}

/**
 * Net revenue of the `windowDays` days up to the day: quantity × price − discount over the lines with a known price, fees and
 * (negative) returns included, of the documents of these days; 0 where more came back than was bought.
 */
export function windowMoney(
  { documents, lines }: Pick<Ledger, 'documents' | 'lines'>,
  windowDays: number,
): MoneyOn {
  const revenue = new Float64Array(documents.day.length);
  for (let d = 0; d < revenue.length; d++) {
    for (let line = lines.offsets[d]; line < lines.offsets[d + 1]; line++) {
      const price = lines.price[line];
      if (!Number.isNaN(price)) revenue[d] += lines.quantity[line] * price - lines.discount[line];
    }
  }
  const { offsets, day: days } = documents;
  return (customer, day) => {
    const end = offsets[customer + 1];
    const first = firstAtLeast(days, day - windowDays + 1, offsets[customer], end);
    let money = 0;
    for (let d = first; d < end && days[d] <= day; d++) money += revenue[d];
    return Math.max(0, money);
  };
}
