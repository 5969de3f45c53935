import { expect, it } from 'vitest';
import { ledgerOf } from '../../customers/testing/ledger.ts';
import { staysOf } from './definition.ts';
import { firstChannels, firstMonths } from './groupings.ts';
import { dayOf, sourcesOf } from './testing/shops.ts';

const ledger = ledgerOf({
  customers: {
    anna: [
      { day: dayOf('2023-11-30'), channel: 'phone', lines: [{ product: 'x', quantity: -1 }] },
      { day: dayOf('2023-12-01'), channel: 'web', lines: ['x'] },
      { day: dayOf('2024-03-01'), channel: 'shop', lines: ['x'] },
    ],
    ben: [{ day: dayOf('2024-02-29'), lines: ['x'] }],
    eva: [],
  },
});

it('groups by the channel of the first order, not of what was sent back', () => {
  const { names, group } = firstChannels(ledger);
  expect(Array.from(group, (each) => names[each])).toEqual(['web', undefined, undefined]);
});

it('groups by the month of the first order, months without anybody among them', () => {
  const { names, group } = firstMonths(staysOf(sourcesOf(ledger), { kind: 'silence', days: 30 }));
  expect(names).toEqual(['2023-12', '2024-01', '2024-02']);
  expect(Array.from(group)).toEqual([0, 2, -1]);
});
