import { expect, it } from 'vitest';
import { eventTime } from './event-types.ts';

const now = new Date('2024-05-01T12:00:00Z');

it.each([
  ['2024-05-01T11:59:00Z', true],
  ['2024-05-01T12:05:00Z', true],
  ['2024-05-01T12:05:00.001Z', false],
  ['2000-01-01T00:00:00Z', true],
  ['1999-12-31T23:59:59.999Z', false],
])('takes %s for the time of an event: %s', (told, isTaken) => {
  const at = isTaken ? new Date(told) : now;
  expect(eventTime(new Date(told), now)).toEqual({ at, isCorrected: !isTaken });
});

it('has an event without a time happen now', () => {
  expect(eventTime(undefined, now)).toEqual({ at: now, isCorrected: false });
});
