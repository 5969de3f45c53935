import type { Words } from '../words.ts';
import type { Period } from './calendar.ts';
import { type LeavingDefinition, type LeavingSources, silentStart, staysOf } from './definition.ts';
import { definitionWords } from './definition-words.ts';
import { type RateOptions, type Share, shareOf } from './period-rates.ts';
import type { Stays } from './stays.ts';

/** What another definition would make of the same customers. */
export interface DefinitionEffect {
  readonly definition: LeavingDefinition;
  /** Whether it is the one in force. */
  readonly isChosen: boolean;
  readonly words: Words;
  /** Customers who are gone now, and those who are not. */
  readonly gone: number;
  readonly customers: number;
  /** By period: simple churn, see `PeriodRates`. Null where nobody was a customer, and while nobody can have left yet. */
  readonly churn: readonly (number | null)[];
  /** Leavings, and those of them that were none: the customer has come back since. */
  readonly farewells: number;
  readonly falseFarewells: number;
  /** Of the farewells so long ago that `returnDays` have passed since, those after which the customer came back within these. */
  readonly returnDays: number;
  readonly backInTime: Share;
  /** The days between the last order, or the last day of a contract, and the day of leaving: their median; null without a farewell. */
  readonly delay: number | null;
}

/** Days within which somebody who was called gone comes back, for that to be compared among definitions. */
const returnDays = 90;

/** The definition with its threshold lower and higher, ascending and itself among them: what a reader would try. */
export function variantsOf(definition: LeavingDefinition): LeavingDefinition[] {
  switch (definition.kind) {
    case 'contracts':
      return around(definition.graceDays, [0, 7, 30, 60], definition, (graceDays) => ({
        ...definition,
        graceDays,
      }));
    case 'rhythm':
      return around(definition.factor, [0.75, 1, 1.5, 2], definition, (factor) => ({
        ...definition,
        factor,
      }));
    case 'silence':
      return around(definition.days, [60, 90, 120, 180], definition, (days) => ({ ...definition, days }));
    case 'alive':
      return around(definition.threshold, [0.1, 0.25, 0.5, 0.75], definition, (threshold) => ({
        ...definition,
        threshold,
      }));
  }
}

function around(
  own: number,
  others: readonly number[],
  definition: LeavingDefinition,
  withFigure: (figure: number) => LeavingDefinition,
): LeavingDefinition[] {
  const all = [...new Set([own, ...others])].sort((a, b) => a - b);
  return all.map((figure) => (figure === own ? definition : withFigure(figure)));
}

/**
 * What the choice of a definition does: for it and its {@link variantsOf}, the churn of each period, how many were called gone who were
 * not, and how late it notices.
 *
 * @param firstDay of the data
 * @throws PairwellError `bad-input` as `staysOf`
 */
export function sensitivityTo(
  sources: LeavingSources,
  chosen: LeavingDefinition,
  periods: readonly Period[],
  firstDay: number,
  options: RateOptions = {},
): DefinitionEffect[] {
  const { today } = sources.ledger;
  return variantsOf(chosen).map((definition) => {
    const stays = staysOf(sources, definition);
    const settledFrom = firstDay + silentStart(definition);
    return {
      definition,
      isChosen: definition === chosen,
      words: definitionWords(definition),
      ...presence(stays),
      churn: simpleChurn(stays, periods, today).map((rate, p) =>
        periods[p].from < settledFrom ? null : rate,
      ),
      ...farewellsIn(stays, today, options),
    };
  });
}

function presence({ offsets, left }: Stays): Pick<DefinitionEffect, 'gone' | 'customers'> {
  let [gone, customers] = [0, 0];
  for (let c = 0; c + 1 < offsets.length; c++) {
    const end = offsets[c + 1];
    if (end === offsets[c]) continue;
    if (left[end - 1] < 0) customers++;
    else gone++;
  }
  return { gone, customers };
}

/** Of those who were customers in the evening before each period, the share who are none in the evening it ends with. */
function simpleChurn(
  { offsets, from, left }: Stays,
  periods: readonly Period[],
  today: number,
): (number | null)[] {
  const start = new Int32Array(periods.length);
  const kept = new Int32Array(periods.length);
  for (let c = 0; c + 1 < offsets.length; c++) {
    let s = offsets[c];
    const isCustomer = (day: number): boolean => {
      while (s < offsets[c + 1] && left[s] >= 0 && left[s] <= day) s++;
      return s < offsets[c + 1] && from[s] <= day;
    };
    let isOne = periods.length > 0 && isCustomer(periods[0].from - 1);
    for (let p = 0; p < periods.length; p++) {
      const wasOne = isOne;
      isOne = isCustomer(Math.min(periods[p].to - 1, today));
      if (!wasOne) continue;
      start[p]++;
      if (isOne) kept[p]++;
    }
  }
  return Array.from(start, (count, p) => (count > 0 ? (count - kept[p]) / count : null));
}

function farewellsIn(
  { offsets, from, left, lastSeen }: Stays,
  today: number,
  options: RateOptions,
): Pick<DefinitionEffect, 'farewells' | 'falseFarewells' | 'returnDays' | 'backInTime' | 'delay'> {
  const delays: number[] = [];
  let [falseFarewells, old, backInTime] = [0, 0, 0];
  for (let c = 0; c + 1 < offsets.length; c++) {
    for (let s = offsets[c]; s < offsets[c + 1]; s++) {
      if (left[s] < 0) continue;
      delays.push(left[s] - lastSeen[s]);
      const back = s + 1 < offsets[c + 1] ? from[s + 1] : -1;
      if (back >= 0) falseFarewells++;
      if (left[s] + returnDays > today) continue;
      old++;
      if (back >= 0 && back <= left[s] + returnDays) backInTime++;
    }
  }
  delays.sort((a, b) => a - b);
  return {
    farewells: delays.length,
    falseFarewells,
    returnDays,
    backInTime: shareOf(backInTime, old, options),
    delay: delays.length > 0 ? delays[delays.length >> 1] : null,
  };
}
