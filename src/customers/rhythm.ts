import { medianOfSorted } from '../stats/median.ts';
import { customerCount, type Ledger } from './ledger.ts';
import { quantileCuts } from './rfm-scores.ts';

/** By customer: in what rhythm they order. NaN and −1 for those with fewer than three days with an order. */
export interface RhythmColumns {
  /** Days with an order, those of the same day being one; 0 without any, and for all. */
  readonly orderDays: Int32Array;
  /** The first of them, since 1970-01-01; −1 without any. */
  readonly firstDay: Int32Array;
  /** The median of the days between one such day and the next. */
  readonly medianGap: Float32Array;
  /** How far the gaps are from their median: the median of the distances, in days. */
  readonly gapSpread: Float32Array;
  /** The day on which the next order is due: the last one plus the median gap, rounded up; since 1970-01-01. */
  readonly dueDay: Int32Array;
  /** The longest silence that the rhythm explains, in days; see {@link allowedSilence}. */
  readonly allowedSilence: Float32Array;
  /** 1 for a customer who has been silent for longer, 0 for one who has not. */
  readonly isOverdue: Int8Array;
}

export interface RhythmBand {
  /** Median gaps above this many days, and up to this many; null where there is no end. */
  readonly above: number;
  readonly upTo: number | null;
  readonly customers: number;
  readonly overdue: number;
}

export interface RhythmReport {
  /** Customers with an order. */
  readonly customers: number;
  /** Those with a rhythm: three days with an order at least. */
  readonly withRhythm: number;
  /** The median of their median gaps, and its quartiles, in days; null without anybody. */
  readonly medianGap: number | null;
  readonly lowerQuartile: number | null;
  readonly upperQuartile: number | null;
  readonly overdue: number;
  /** Of those with a rhythm; null without anybody. */
  readonly overdueShare: number | null;
  /** Not overdue, whose next order is due today or in the next 7 and 30 days, or was due lately. */
  readonly dueWithin7Days: number;
  readonly dueWithin30Days: number;
  readonly bands: readonly RhythmBand[];
  /** In words: what makes a customer overdue. */
  readonly rule: string;
}

/** Two gaps are the fewest of which a median tells more than either. */
export const fewestOrderDays = 3;

/** What turns a median distance into the standard deviation of a normal distribution. */
const normalSpread = 1.4826;

const spreadsAllowed = 3;

const leastAllowed = 1.5;

const rule =
  `Overdue is who has been silent for longer than the median gap between days with an order plus ${spreadsAllowed} times its spread ` +
  `(${normalSpread} × the median distance of the gaps from their median), and for longer than ${leastAllowed} times the median gap. ` +
  `It takes ${fewestOrderDays} days with an order.`;

/**
 * The longest silence, in days, that a rhythm explains: the median gap and three standard deviations (worked out robustly, as of a normal
 * distribution), but half as long again as the median gap at least, since few gaps are alike by chance.
 */
export function allowedSilence(medianGap: number, gapSpread: number): number {
  return Math.max(leastAllowed * medianGap, medianGap + spreadsAllowed * normalSpread * gapSpread);
}

const bandEnds = [10, 20, 45, 100, 200];

/** The customers' rhythms, from the days on which they ordered up to the ledger's `today`. */
export function rhythms(ledger: Ledger): { columns: RhythmColumns; report: RhythmReport } {
  const customers = customerCount(ledger);
  const columns: RhythmColumns = {
    orderDays: new Int32Array(customers),
    firstDay: new Int32Array(customers).fill(-1),
    medianGap: new Float32Array(customers).fill(Number.NaN),
    gapSpread: new Float32Array(customers).fill(Number.NaN),
    dueDay: new Int32Array(customers).fill(-1),
    allowedSilence: new Float32Array(customers).fill(Number.NaN),
    isOverdue: new Int8Array(customers).fill(-1),
  };
  for (let c = 0; c < customers; c++) {
    const days = orderDaysOf(ledger, c);
    columns.orderDays[c] = days.length;
    if (days.length > 0) columns.firstDay[c] = days[0];
    if (days.length < fewestOrderDays) continue;
    const gaps = days.slice(1).map((day, n) => day - days[n]);
    const gap = median(gaps);
    const spread = median(gaps.map((length) => Math.abs(length - gap)));
    const last = days[days.length - 1];
    columns.medianGap[c] = gap;
    columns.gapSpread[c] = spread;
    columns.dueDay[c] = Math.ceil(last + gap);
    columns.allowedSilence[c] = allowedSilence(gap, spread);
    columns.isOverdue[c] = ledger.today - last > allowedSilence(gap, spread) ? 1 : 0;
  }
  return { columns, report: reportOf(columns, ledger.today) };
}

/** The distinct days on which a customer ordered, ascending. */
function orderDaysOf({ documents, lines }: Ledger, customer: number): number[] {
  const days: number[] = [];
  for (let d = documents.offsets[customer]; d < documents.offsets[customer + 1]; d++) {
    const day = documents.day[d];
    if (days.at(-1) === day) continue;
    for (let line = lines.offsets[d]; line < lines.offsets[d + 1]; line++) {
      if (!(lines.quantity[line] > 0)) continue;
      days.push(day);
      break;
    }
  }
  return days;
}

/** @param values one at least */
const median = (values: readonly number[]): number => medianOfSorted(values.toSorted((a, b) => a - b));

function reportOf(columns: RhythmColumns, today: number): RhythmReport {
  const { orderDays, medianGap, dueDay, isOverdue } = columns;
  const customers = Int32Array.from(orderDays, (_, c) => c);
  const rhythmic = customers.filter((c) => isOverdue[c] >= 0);
  const gaps = Float64Array.from(rhythmic, (c) => medianGap[c]);
  const [lower, middle, upper] = gaps.length > 0 ? quantileCuts(gaps, 4) : [null, null, null];
  const overdue = rhythmic.filter((c) => isOverdue[c] === 1).length;
  const dueWithin = (days: number): number =>
    rhythmic.filter((c) => isOverdue[c] === 0 && dueDay[c] <= today + days).length;
  return {
    customers: orderDays.reduce((count, days) => count + Number(days > 0), 0),
    withRhythm: rhythmic.length,
    medianGap: middle,
    lowerQuartile: lower,
    upperQuartile: upper,
    overdue,
    overdueShare: rhythmic.length > 0 ? overdue / rhythmic.length : null,
    dueWithin7Days: dueWithin(7),
    dueWithin30Days: dueWithin(30),
    bands: [0, ...bandEnds].map((above, n) => {
      const upTo = bandEnds[n] ?? null;
      const members = rhythmic.filter((c) => medianGap[c] > above && (upTo === null || medianGap[c] <= upTo));
      return {
        above,
        upTo,
        customers: members.length,
        overdue: members.filter((c) => isOverdue[c] === 1).length,
      };
    }),
    rule,
  };
}
