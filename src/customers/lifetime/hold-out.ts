import { PairwellError } from '../../errors.ts';
import { errorOf, type ForecastErrors, sum } from './forecast-error.ts';
import { holdOutSentence } from './hold-out-words.ts';
import { type PurchaseReport, purchaseMethodOf } from './lifetime-report.ts';
import {
  daysInWeek,
  type PurchaseDays,
  type RepeatHistory,
  repeatHistory,
  totalsOf,
} from './purchase-days.ts';
import { type PurchaseModel, purchaseModelOf } from './purchase-model.ts';
import { type TrackedWeek, trackRepeatPurchases } from './tracking.ts';

export interface HoldOutOptions {
  /** The last day that is fitted to. */
  readonly splitDay: number;
  /** The last day that is compared, after `splitDay`. */
  readonly lastDay: number;
  /** Customers who came back that a fit needs at least. Default 50. */
  readonly minRepeatBuyers?: number;
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
  /** Whether this is the method that all up to `lastDay` lead to: else the shorter time did not suffice to fit it. */
  readonly isMethodInService: boolean;
  /** How well it did beside the forecasts that need no model. */
  readonly sentence: string;
  readonly errors: ForecastErrors;
  /** From 0 repeat purchases to 7 or more; classes of nobody are left out. */
  readonly classes: readonly FrequencyClass[];
  /** Week by week from the first purchase of all; none where nobody bought by the split. */
  readonly tracking: readonly TrackedWeek[];
}

/** The last class takes all who came back so often or more. */
const highestClass = 7;

/**
 * Takes the method that foresees purchases with all that is known by `lastDay`, fits it up to `splitDay` alone and holds what it
 * then expects against what came, beside forecasts that need no model (as Fader, Hardie and Lee do: Marketing Science 24, 2005, pp.
 * 281–283).
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
  const method = purchaseMethodOf(purchaseModelOf(repeatHistory(days, lastDay), minRepeatBuyers).report);
  const model = purchaseModelOf(history, minRepeatBuyers, method);
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
  const outcome = {
    ...{ weeks, customers: actual.length, actual: sum(actual) },
    isMethodInService: purchaseMethodOf(model.report) === method,
    errors: {
      model: errorOf(expected.model, actual),
      sameRate: errorOf(expected.sameRate, actual),
      meanRate: errorOf(expected.meanRate, actual),
    },
  };
  return {
    ...{ splitDay, lastDay, cameLater: later },
    ...outcome,
    purchases: model.report,
    sentence: holdOutSentence(outcome),
    classes: classesOf(frequency, actual, expected),
    tracking: trackRepeatPurchases(days, model, { splitDay, lastDay }),
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
  const all = totalsOf(history);
  const meanRate = all.weeks > 0 ? all.purchases / all.weeks : 0;
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
