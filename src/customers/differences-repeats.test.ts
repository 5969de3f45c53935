import { expect, it } from 'vitest';
import { differencesOf } from './differences.ts';
import { repeatedNames } from './differences-repeats.ts';
import type { CustomerAttribute } from './ledger.ts';

const customers = Int32Array.from({ length: 40 }, (_, c) => c);
const labelled = (name: string, labels: string[], of: (customer: number) => number): CustomerAttribute => ({
  name,
  kind: 'label',
  labels,
  values: customers.map(of),
});

const main = labelled('main channel', ['7', '12', 'web'], (c) => c % 3);
// The same under other numbers, but for so many; unknown of the last.
const first = (others: number) =>
  labelled('channel', ['web', '12', '7'], (c) =>
    c === 39 ? -1 : c < others ? 2 - ((c + 1) % 3) : 2 - (c % 3),
  );

it('finds an attribute that says what a behaviour says of nine in ten', () => {
  const age: CustomerAttribute = { name: 'age', kind: 'number', values: Float64Array.from(customers) };
  // 36 of 39 and 35 of 39: just above and just below.
  expect([...repeatedNames([age, first(3)], [main], customers)]).toEqual([['channel', 'main channel']]);
  expect([...repeatedNames([age, first(4)], [main], customers)]).toEqual([]);
  expect([...repeatedNames([labelled('none', ['7'], () => -1)], [main], customers)]).toEqual([]);
});

it('is tested once', () => {
  const groups = { top: customers.slice(0, 20), next: customers.slice(20), definition: '' };
  const repeats = repeatedNames([first(0)], [main], customers);
  const report = differencesOf([main, first(0)], groups, { repeats });
  expect(report.differences.map(({ name }) => name)).toEqual(['main channel']);
  expect(report.notTested).toEqual([
    {
      name: 'channel',
      code: 'repeats-another',
      text: 'It says the same of nearly all customers as "main channel".',
    },
  ]);
});
