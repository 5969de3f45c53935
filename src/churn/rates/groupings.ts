import type { Ledger } from '../../customers/ledger.ts';
import { monthLabel, monthOf } from './calendar.ts';
import type { Stays } from './stays.ts';

/**
 * Customers told apart by something. Groups that what they did later has made, as the segments of today have been, differ in churn as a
 * matter of course: who left is in the segment of those who left.
 */
export interface ChurnGrouping {
  /** Such as `segment`, `tier`, `cohort` or `channel`. */
  readonly name: string;
  readonly names: readonly string[];
  /** By customer: the position in `names`; −1 for none. */
  readonly group: ArrayLike<number>;
}

/** By the month of the first order or contract. */
export function firstMonths({ offsets, from }: Stays): ChurnGrouping {
  const month = new Int32Array(offsets.length - 1).fill(-1);
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let c = 0; c < month.length; c++) {
    if (offsets[c] === offsets[c + 1]) continue;
    month[c] = monthOf(from[offsets[c]]);
    least = Math.min(least, month[c]);
    most = Math.max(most, month[c]);
  }
  const names = Array.from({ length: most < least ? 0 : most - least + 1 }, (_, n) => monthLabel(least + n));
  return { name: 'cohort', names, group: month.map((value) => (value < 0 ? -1 : value - least)) };
}

/** By the channel of the first order. */
export function firstChannels({ documents, lines, channelNames }: Ledger): ChurnGrouping {
  const group = new Int32Array(documents.offsets.length - 1).fill(-1);
  for (let c = 0; c < group.length; c++) {
    for (let d = documents.offsets[c]; d < documents.offsets[c + 1]; d++) {
      let isOrder = false;
      for (let line = lines.offsets[d]; line < lines.offsets[d + 1] && !isOrder; line++)
        isOrder = lines.quantity[line] > 0;
      if (!isOrder) continue;
      group[c] = documents.channel[d];
      break;
    }
  }
  return { name: 'channel', names: channelNames, group };
}
