import { PairwellError } from '../../errors.ts';
import type { PurchaseReport } from './lifetime-report.ts';
import { daysInWeek, type PurchaseDays, type RepeatHistory, repeatHistory } from './purchase-days.ts';
import { type PurchaseModel, purchaseModelOf } from './purchase-model.ts';
import { type TrackedWeek, trackRepeatPurchases } from './tracking.ts';

export interface HoldOutOptions {
  /** The last day that is fitted to. */
  readonly splitDay: number;
  /** The last day that is compared, after `splitDay`. */
  readonly lastDay: number;
  /** Customers who came back by `splitDay` that BG/NBD needs at least. Default 50. */
  readonly minRepeatBuyers?: number;
}

/** How far forecasts of the purchases of each customer are from what came. */
export interface ForecastError {
  /** Of all customers. */
  readonly expected: number;
  /** Mean absolute error, in purchases of a customer. */
  readonly meanAbsolute: number;
  /** Root of the mean squared error. */
  readonly rootMeanSquare: number;
  /** What is expected of all, over what came, less 1; null where nothing came. */
  readonly bias: number | null;
}

/** Customers with the same number of repeat purchases up to the split. */
export interface FrequencyClass {
  readonly frequency: number;
  /** Whether those with more are in it as well. */
  readonly orMore: boolean;
  readonly customers: number;
  /** Purchase days of one of them in the hold-out on average: as they were, and as each forecast has them. */
  readonly actual: number;
  readonly model: number;
  readonly sameRate: number;
  readonly meanRate: number;
}

/** A forecast of lifetime value's first half, purchases, against what came. */
export interface HoldOutReport {
  readonly splitDay: number;
  readonly lastDay: number;
  /** Of the hold-out. */
  readonly weeks: number;
  /** Who bought by the split: the others, who came later, are only counted. */
  readonly customers: number;
  readonly cameLater: number;
  /** Purchase days of these customers in the hold-out. */
  readonly actual: number;
  readonly purchases: PurchaseReport;
  readonly errors: {
    readonly model: ForecastError;
    /** Everybody goes on as before: x / T a week, 0 where T is 0. */
    readonly sameRate: ForecastError;
    /** Everybody buys at the mean rate of all, Σ x / Σ T. */
    readonly meanRate: ForecastError;
  };
  /** From 0 repeat purchases to 7 or more; classes of nobody are left out. */
  readonly classes: readonly FrequencyClass[];
  /** Week by week from the first purchase of all; null where BG/NBD was refused, see `purchases`. */
  readonly tracking: readonly TrackedWeek[] | null;
}

/** The last class takes all who came back so often or more. */
const highestClass = 7;

/**
 * Fits purchases up to a day and holds what the model then expects against what came, beside forecasts that need no model (as
 * Fader, Hardie and Lee do: Marketing Science 24, 2005, pp. 281–283).
 *
 * @throws PairwellError `bad-input` when the hold-out is not a day or longer
 */
export function holdOutForecast(days: PurchaseDays, options: HoldOutOptions): HoldOutReport {
  const { splitDay, lastDay, minRepeatBuyers = 50 } = options;
  if (!(Number.isInteger(splitDay) && Number.isInteger(lastDay) && lastDay > splitDay)) {
    const message = `The hold-out must end after it begins, on a whole day: not from ${splitDay} to ${lastDay}.`;
    throw new PairwellError('bad-input', message, { splitDay, lastDay });
  }
  const weeks = (lastDay - splitDay) / daysInWeek;
  const history = repeatHistory(days, splitDay);
  const model = purchaseModelOf(history, minRepeatBuyers);
  const forecasts = forecastsOf(history, model, weeks);
  const came = purchasesBetween(days, splitDay, lastDay);
  const isKnown = history.frequency.map((x) => (x >= 0 ? 1 : 0));
  const known = <T extends Float64Array | Int32Array>(column: T): Float64Array =>
    Float64Array.from(column).filter((_, c) => isKnown[c] === 1);
  const frequency = known(history.frequency);
  const actual = known(came);
  const expected = {
    model: known(forecasts.model),
    sameRate: known(forecasts.sameRate),
    meanRate: known(forecasts.meanRate),
  };
  const later = came.reduce((count, purchases, c) => count + (!isKnown[c] && purchases > 0 ? 1 : 0), 0);
  return {
    ...{ splitDay, lastDay, weeks },
    customers: actual.length,
    cameLater: later,
    actual: sum(actual),
    purchases: model.report,
    errors: {
      model: errorOf(expected.model, actual),
      sameRate: errorOf(expected.sameRate, actual),
      meanRate: errorOf(expected.meanRate, actual),
    },
    classes: classesOf(frequency, actual, expected),
    tracking: trackRepeatPurchases(days, model.report, { splitDay, lastDay }),
  };
}

/** Names of forecasts, with a column by customer each. */
interface Forecasts {
  readonly model: Float64Array;
  readonly sameRate: Float64Array;
  readonly meanRate: Float64Array;
}

function forecastsOf(history: RepeatHistory, model: PurchaseModel, weeks: number): Forecasts {
  const { frequency, recency, age } = history;
  let purchases = 0;
  let time = 0;
  for (let c = 0; c < frequency.length; c++) {
    if (frequency[c] < 0) continue;
    purchases += frequency[c];
    time += age[c];
  }
  const meanRate = time > 0 ? purchases / time : 0;
  const by = (forecast: (c: number) => number): Float64Array =>
    Float64Array.from(frequency, (x, c) => (x < 0 ? 0 : forecast(c)));
  return {
    model: by(
      (c) => model.alive(frequency[c], recency[c], age[c]) * model.whenAlive(frequency[c], age[c], weeks),
    ),
    sameRate: by((c) => (age[c] > 0 ? (frequency[c] / age[c]) * weeks : 0)),
    meanRate: by(() => meanRate * weeks),
  };
}

/** Purchase days by customer after `splitDay` and up to `lastDay`. */
function purchasesBetween({ offsets, day }: PurchaseDays, splitDay: number, lastDay: number): Int32Array {
  const count = new Int32Array(offsets.length - 1);
  for (let c = 0; c < count.length; c++) {
    for (let i = offsets[c]; i < offsets[c + 1]; i++) {
      if (day[i] > splitDay && day[i] <= lastDay) count[c]++;
    }
  }
  return count;
}

/** Of nobody, 0. */
function errorOf(expected: Float64Array, actual: Float64Array): ForecastError {
  const count = Math.max(1, actual.length);
  let absolute = 0;
  let squared = 0;
  for (let c = 0; c < actual.length; c++) {
    const error = expected[c] - actual[c];
    absolute += Math.abs(error);
    squared += error * error;
  }
  const came = sum(actual);
  const inAll = sum(expected);
  return {
    expected: inAll,
    meanAbsolute: absolute / count,
    rootMeanSquare: Math.sqrt(squared / count),
    bias: came > 0 ? inAll / came - 1 : null,
  };
}

function classesOf(frequency: Float64Array, actual: Float64Array, expected: Forecasts): FrequencyClass[] {
  const classOf = frequency.map((x) => Math.min(x, highestClass));
  return Array.from({ length: highestClass + 1 }, (_, frequency): FrequencyClass => {
    const isMember = (_: number, c: number): boolean => classOf[c] === frequency;
    const mean = (column: Float64Array): number => {
      const members = column.filter(isMember);
      return sum(members) / members.length;
    };
    return {
      frequency,
      orMore: frequency === highestClass,
      customers: actual.filter(isMember).length,
      actual: mean(actual),
      model: mean(expected.model),
      sameRate: mean(expected.sameRate),
      meanRate: mean(expected.meanRate),
    };
  }).filter(({ customers }) => customers > 0);
}

function sum(column: Float64Array): number {
  return column.reduce((total, value) => total + value, 0);
}
