import type { CustomerContracts } from '../../customers/ledger.ts';
import { type Stays, StaysBuilder } from './stays.ts';

/** Whether a contract ran at all: not if it ended on the day on which it was to start, or before. */
export const hasRun = (start: number, end: number): boolean => end < 0 || end > start;

/**
 * Stays of customers with contracts, which may overlap. When the last one that runs has ended on the first day E without it, and no other
 * has started by the evening of the day E + `graceDays`, the customer has left on that day: with 0, on E itself.
 *
 * @param today the last day that is known, in part at least; notice of an end after it is no leaving yet
 * @param graceDays whole, 0 or more
 */
export function contractStays(
  { offsets, start, end }: Pick<CustomerContracts, 'offsets' | 'start' | 'end'>,
  today: number,
  graceDays: number,
): Stays {
  const builder = new StaysBuilder();
  for (let c = 0; c + 1 < offsets.length; c++) {
    let from = -1;
    // The first day without a contract.
    let bare = -1;
    for (let n = offsets[c]; n < offsets[c + 1]; n++) {
      if (!hasRun(start[n], end[n])) continue;
      const endsBefore = end[n] < 0 ? Number.POSITIVE_INFINITY : end[n];
      if (from >= 0 && start[n] <= bare + graceDays) {
        bare = Math.max(bare, endsBefore);
        continue;
      }
      if (from >= 0) builder.add(from, bare + graceDays, bare - 1);
      [from, bare] = [start[n], endsBefore];
    }
    if (from >= 0) {
      const left = bare + graceDays;
      builder.add(from, left <= today ? left : -1, Math.min(bare - 1, today));
    }
    builder.endCustomer();
  }
  return builder.build();
}
