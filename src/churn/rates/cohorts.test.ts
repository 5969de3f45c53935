import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ledgerOf } from '../../customers/testing/ledger.ts';
import { addMonths, monthLabel, monthOf } from './calendar.ts';
import { cohortTable } from './cohorts.ts';
import { staysOf } from './definition.ts';
import { everyEvening } from './testing/day-by-day.ts';
import { anyDefinition, anyShop, dayOf, halving, orderDays, sourcesOf } from './testing/shops.ts';

it('follows those who came in a month from their own first day', () => {
  const dates = (...days: string[]) => days.map(dayOf);
  const stays = staysOf(
    {
      ledger: { ...ledgerOf({ customers: {} }), today: dayOf('2024-04-10') },
      days: orderDays(
        dates('2023-12-31'),
        dates('2023-12-05', '2024-01-20', '2024-03-25'),
        dates('2023-12-20', '2024-01-10', '2024-02-01', '2024-03-01', '2024-03-20'),
        dates('2024-02-11'),
        [],
      ),
    },
    { kind: 'silence', days: 30 },
  );
  // The first leaves on the 31st of January, a month after the 31st of December. The second left on the 5th of January, was back from the
  // 20th to the 20th of February, and came back on the 25th of March: away on the 5th of January and of March, there on that of February.
  // The fourth is there on the 11th of March, after 29 days.
  // The last month that all of December have seen ends on the 31st of March.
  expect(cohortTable(stays, dayOf('2024-04-10'))).toEqual({
    cohorts: [
      { month: '2023-12', customers: 3, active: [1, 2, 1], share: [1 / 3, 2 / 3, 1 / 3] },
      { month: '2024-02', customers: 1, active: [1, null, null], share: [1, null, null] },
    ],
    all: [
      { customers: 4, active: 2, share: 1 / 2 },
      { customers: 3, active: 2, share: 2 / 3 },
      { customers: 3, active: 1, share: 1 / 3 },
    ],
  });
});

it('is what a look at each customer on each such day finds', () => {
  fc.assert(
    fc.property(anyShop(), anyDefinition(), (ledger, definition) => {
      const sources = sourcesOf(ledger, halving);
      const { isOne, customers } = everyEvening(sources, definition, dayOf('2023-12-01'));
      const firstDays = Array.from({ length: customers }, (_, c) => {
        for (let day = dayOf('2023-12-01'); day <= ledger.today; day++) if (isOne(c, day)) return day;
        return undefined;
      });
      const { cohorts } = cohortTable(staysOf(sources, definition), ledger.today);
      expect(cohorts.reduce((sum, each) => sum + each.customers, 0)).toBe(
        firstDays.filter((day) => day !== undefined).length,
      );
      for (const cohort of cohorts) {
        cohort.active.forEach((active, k) => {
          if (active === null) return;
          const found = firstDays.filter(
            (day, c) =>
              day !== undefined &&
              monthLabel(monthOf(day)) === cohort.month &&
              isOne(c, addMonths(day, k + 1)),
          );
          expect(active).toBe(found.length);
        });
      }
    }),
  );
});
