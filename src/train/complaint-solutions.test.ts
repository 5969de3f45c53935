import { expect, it } from 'vitest';
import { withSolutions } from './complaint-solutions.ts';

const events = {
  customer: Int32Array.of(0, 1, 1, 2),
  seconds: Float64Array.of(1000, 2000, 3000, 4000),
  kind: { values: Int32Array.of(0, 0, 1, 0), names: ['complaint', 'visit'] },
  value: Float64Array.of(1, 2, 3, 4),
  reason: { values: Int32Array.of(0, -1, -1, 0), names: ['late'] },
  offer: { values: Int32Array.of(-1, -1, -1, -1), names: [] },
};

it('adds a solution for each complaint that says it was solved, at no earlier time', () => {
  const names = ['true', '1970-01-01T02:00:00+01:00', '1970-01-01T00:00:01Z', 'soon'];
  const all = withSolutions(events, { values: Int32Array.of(1, 0, -1, 2), names });
  expect(all.customer).toEqual(Int32Array.of(0, 1, 1, 2, 0, 1, 2));
  expect(all.seconds).toEqual(Float64Array.of(1000, 2000, 3000, 4000, 3600, 2000, 4000));
  expect(Array.from(all.kind.values, (kind) => all.kind.names[kind])).toEqual([
    ...['complaint', 'complaint', 'visit', 'complaint'],
    ...['complaint-solved', 'complaint-solved', 'complaint-solved'],
  ]);
  expect(all.value.slice(4)).toEqual(Float64Array.of(Number.NaN, Number.NaN, Number.NaN));
  expect(all.reason.values).toEqual(Int32Array.of(0, -1, -1, 0, -1, -1, -1));
  expect(all.offer.values).toEqual(new Int32Array(7).fill(-1));
  expect(withSolutions(events, { values: Int32Array.of(-1, -1, -1, -1), names })).toBe(events);
});
