import type { Ledger } from '../../customers/ledger.ts';
import { PairwellError } from '../../errors.ts';
import { type Period, type PeriodLength, periodsFrom } from './calendar.ts';
import { type ChosenDefinition, chooseDefinition, type DefinitionWish } from './choose-definition.ts';
import { type CohortTable, cohortTable } from './cohorts.ts';
import { type LeavingSources, silentStart, staysOf } from './definition.ts';
import { type FarewellOptions, type Farewells, farewellsOf } from './farewells.ts';
import { type ChurnGrouping, firstChannels, firstMonths } from './groupings.ts';
import { contractMoney, windowMoney } from './money.ts';
import {
  type PeriodRates,
  type PooledChurn,
  pooledChurn,
  type RateOptions,
  ratesAt,
} from './period-rates.ts';
import { type ReasonRow, reasonTable } from './reason-table.ts';
import { type DefinitionEffect, sensitivityTo } from './sensitivity.ts';
import type { Stays } from './stays.ts';
import { groupStarts, type Tally, tallyChurn } from './tally.ts';

export interface ChurnSources extends LeavingSources {
  readonly ledger: Ledger;
}

export interface ChurnOptions extends RateOptions, FarewellOptions {
  readonly wish?: DefinitionWish | undefined;
  /** Default `month`. */
  readonly period?: PeriodLength;
  /** Of the days before an evening whose net revenue customers are worth in it, without contracts. Default 180, 1 … 3660 and whole. */
  readonly revenueDays?: number;
  /** Beside that by cohort, and by channel if there are any; such as segments and tiers. */
  readonly groupings?: readonly ChurnGrouping[];
}

/** A period with rates. */
export interface RatedPeriod extends Period {
  /** Whether somebody could have left by its first day; in a period before, too few have, since the data have only begun. */
  readonly isSettled: boolean;
}

export interface GroupRates {
  readonly name: string;
  /** By period. */
  readonly rates: readonly PeriodRates[];
  readonly pooled: PooledChurn;
}

/** Who left when and how many that is; plain data. */
export interface ChurnReport {
  readonly chosen: ChosenDefinition;
  /** Customers of the ledger who were customers by this definition, and those who never were. */
  readonly customers: number;
  readonly neverCustomers: number;
  readonly periods: readonly RatedPeriod[];
  /** What revenue is: by contract in a month, or of so many days. */
  readonly revenue: { readonly basis: 'contracts' } | { readonly basis: 'window'; readonly days: number };
  readonly rates: readonly PeriodRates[];
  readonly pooled: PooledChurn;
  readonly groupings: readonly { readonly name: string; readonly groups: readonly GroupRates[] }[];
  readonly reasons: readonly ReasonRow[];
  readonly cohorts: CohortTable;
  readonly sensitivity: readonly DefinitionEffect[];
}

/** The report and the columns that others build on. */
export interface ChurnStudy {
  readonly stays: Stays;
  readonly farewells: Farewells;
  readonly report: ChurnReport;
}

/**
 * Churn and retention of customers and of revenue by period, for all and by group; why customers left; how cohorts last; and what another
 * definition would make of it.
 *
 * @throws PairwellError `bad-input` for an impossible option, never for too little data
 */
export function churnRates(sources: ChurnSources, options: ChurnOptions = {}): ChurnStudy {
  const { ledger } = sources;
  const { wish, period = 'month', revenueDays = 180 } = options;
  if (!(Number.isInteger(revenueDays) && revenueDays >= 1 && revenueDays <= 3660))
    throw new PairwellError('bad-input', `Revenue is of 1 to 3660 whole days, not ${revenueDays}.`);
  const chosen = chooseDefinition(sources, wish);
  const { definition } = chosen;
  const isByContracts = definition.kind === 'contracts';
  const stays = staysOf(sources, definition);
  const farewells = farewellsOf(ledger, stays, isByContracts, options);
  const firstDay = stays.from.reduce((least, day) => Math.min(least, day), Number.POSITIVE_INFINITY);
  const isEmpty = stays.from.length === 0;
  const settledFrom = firstDay + silentStart(definition);
  const periods = (isEmpty ? [] : periodsFrom(firstDay, ledger.today, period)).map(
    (each): RatedPeriod => ({ ...each, isSettled: each.from >= settledFrom }),
  );
  const groupings = [
    firstMonths(stays),
    ...(ledger.channelNames.length > 0 ? [firstChannels(ledger)] : []),
    ...(options.groupings ?? []),
  ];
  const tally = tallyChurn({
    stays,
    farewells,
    periods,
    groupings,
    moneyOn: isByContracts ? contractMoney(ledger.contracts) : windowMoney(ledger, revenueDays),
    youngDays: isByContracts ? 0 : revenueDays,
    today: ledger.today,
  });
  const moneyFrom = isByContracts ? Number.NEGATIVE_INFINITY : firstDay + revenueDays;
  const groupRates = (group: number, name: string): GroupRates => {
    const rates = ratesOf(tally, group, periods, moneyFrom, options);
    return { name, rates, pooled: pooledChurn(periods, rates, options) };
  };
  const starts = groupStarts(groupings);
  const { rates, pooled } = groupRates(0, '');
  const never = stays.offsets.filter((offset, c) => c > 0 && offset === stays.offsets[c - 1]).length;
  const report: ChurnReport = {
    chosen,
    customers: stays.offsets.length - 1 - never,
    neverCustomers: never,
    periods,
    revenue: isByContracts ? { basis: 'contracts' } : { basis: 'window', days: revenueDays },
    rates,
    pooled,
    groupings: groupings.map(({ name, names }, n) => ({
      name,
      groups: names.map((group, g) => groupRates(starts[n] + g, group)),
    })),
    reasons: reasonTable(stays, farewells, periods),
    cohorts: cohortTable(stays, ledger.today),
    sensitivity: sensitivityTo(sources, definition, periods, firstDay, options),
  };
  return { stays, farewells, report };
}

function ratesOf(
  tally: Tally,
  group: number,
  periods: readonly Period[],
  moneyFrom: number,
  options: RateOptions,
): PeriodRates[] {
  return periods.map(({ from }, p) => ratesAt(tally, group * periods.length + p, from >= moneyFrom, options));
}
