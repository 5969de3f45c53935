import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RowCollector, rowsOf } from './grouped-rows.ts';

describe('RowCollector', () => {
  it("gives each group's rows in the order in which they came", () => {
    const drawn = fc.record({
      groups: fc.integer({ min: 1, max: 6 }),
      width: fc.integer({ min: 1, max: 4 }),
      // Beyond the room that it begins with, too.
      count: fc.constantFrom(0, 1, 5, 300, 1100),
      seed: fc.integer({ min: 1, max: 1000 }),
    });
    fc.assert(
      fc.property(drawn, ({ groups, width, count, seed }) => {
        const rows = Array.from({ length: count }, (_, n) => ({
          group: (n * seed) % groups,
          row: Array.from({ length: width }, (_, column) => n * 10 + column - 0.5),
        }));
        const collector = new RowCollector(width);
        for (const { group, row } of rows) collector.add(group, row);
        const grouped = collector.grouped(groups);
        for (let group = 0; group < groups; group++) {
          const own = rows.filter((one) => one.group === group).map(({ row }) => row);
          expect(Array.from(rowsOf(grouped, group), (row) => [...row])).toEqual(own);
        }
        expect(grouped.values).toHaveLength(count * width);
      }),
    );
  });
});
