import { type SignalName, signalNames } from '../../src/churn/signals/signal-names.ts';
import type { SignalRecord, Tally } from '../../src/churn/signals/signal-record.ts';
import { type Fate, fates, type Habit, habits, type SimulatedShop } from './alerts-shop.ts';
import { aprilFigures, type FirstAlarms, figuresOf } from './alerts-trial.ts';
import { type ContractShop, contractFates, holders } from './contract-shop.ts';
import type { Row } from './table.ts';

/** By how it gives alarm. */
export type Watchers = Readonly<Record<string, FirstAlarms>>;

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** The share of those of whom nothing changes who are given an alarm in the year. */
export function falseAlarmRows(shop: SimulatedShop, watchers: Watchers, stated: number): Row[] {
  return Object.entries(watchers).map(([by, alarms]) => {
    const share = (isOf: (habit: Habit) => boolean): string => {
      const own = figuresOf(shop, alarms, (c) => shop.fate[c] === 'stays' && isOf(shop.habit[c]));
      return own.customers > 0 ? percent(own.alarmed) : '–';
    };
    return {
      by,
      stated: by === 'ours' ? percent(stated) : '–',
      all: share(() => true),
      ...Object.fromEntries(habits.map((habit) => [habit, share((own) => own === habit)])),
    };
  });
}

/** By signal: what it may give, and what it gave. */
export function signalRows(shop: SimulatedShop, alarms: FirstAlarms, allowance: Float64Array): Row[] {
  return signalNames.map((signal: SignalName, n) => ({
    signal,
    stated: percent(allowance[n]),
    realised: percent(figuresOf(shop, alarms, (c) => shop.fate[c] === 'stays', signal).alarmed),
  }));
}

/** The share with an alarm in the rest of the year, and how many of their own gaps it took. */
export function detectionRows(shop: SimulatedShop, watchers: Watchers): Row[] {
  const changes: readonly Fate[] = fates.filter((fate) => fate !== 'stays');
  return changes.flatMap((fate) =>
    Object.entries(watchers).map(([by, alarms]) => {
      const cells = habits.map((habit) => {
        const own = figuresOf(shop, alarms, (c) => shop.fate[c] === fate && shop.habit[c] === habit);
        const delay = own.delay === null ? '' : ` after ${own.delay.toFixed(1)}`;
        return [habit, own.customers > 0 ? `${percent(own.alarmed)}${delay} of ${own.customers}` : '–'];
      });
      return { fate, by, ...Object.fromEntries(cells) };
    }),
  );
}

export function aprilRows(shop: SimulatedShop, watchers: Watchers): Row[] {
  return Object.entries(watchers).map(([by, alarms]) => {
    const { customers, beforeDue, leavers, foundByMay } = aprilFigures(shop, alarms);
    return { by, customers, 'alarmed before April': beforeDue, leavers, 'of them found by May': foundByMay };
  });
}

/** The share with an alarm, and after how many days: of who stays every alarm is a false one, and of who is gone. */
export function contractRows(shop: ContractShop, alarms: FirstAlarms, stated: number): Row[] {
  return contractFates.map((fate) => {
    const cells = ['all', ...holders].map((holder) => {
      const isOf = (c: number): boolean => holder === 'all' || shop.holder[c] === holder;
      const own = figuresOf(shop, alarms, (c) => shop.fate[c] === fate && isOf(c));
      const delay = own.delay === null ? '' : ` after ${own.delay.toFixed(0)}`;
      return [holder, own.customers > 0 ? `${percent(own.alarmed)}${delay} of ${own.customers}` : '–'];
    });
    return { fate, stated: fate === 'stays' ? percent(stated) : '–', ...Object.fromEntries(cells) };
  });
}

const share = ({ customers, stayedAway }: Tally): string =>
  customers > 0 ? percent(stayedAway / customers) : '–';

/** What alarms of a real shop came to. */
export function recordRow(day: string, stated: number, { watched, alarmed }: SignalRecord): Row {
  return {
    day,
    stated: percent(stated),
    watched: watched.customers,
    'stayed away': share(watched),
    alarms: alarmed.customers,
    'of them stayed away': share(alarmed),
  };
}
