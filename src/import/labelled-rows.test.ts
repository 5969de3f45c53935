import { describe, expect, it } from 'vitest';
import { PairwellError } from '../errors.ts';
import { type LabelledColumns, LabelledRows } from './labelled-rows.ts';

const header = ['id', ' age', 'town', 'gone'];

function taken(columns: LabelledColumns, rows: readonly string[][], decimal: '.' | ',' = '.') {
  const taker = new LabelledRows(header, columns, decimal);
  for (const row of rows) taker.add(row);
  return taker.table();
}

const rows = [
  ['a', '31', 'Ulm', 'yes'],
  ['b', 'n/a', 'Bern', 'no'],
  ['a', '44.5', '', 'TRUE'],
  ['c', '7', 'Ulm', '0'],
];

describe('a table of customers of whom it is known whether they left', () => {
  it('becomes rows, those of one customer together', () => {
    const table = taken({ target: 'gone', id: 'id' }, rows);
    expect(table).toMatchObject({ rowsRead: 4, rejected: [], nearlyUnique: [] });
    const { features, table: values, target, customer } = table.rows;
    expect(features.map(({ name }) => name)).toEqual(['age', 'town=Ulm', 'town=Bern']);
    expect(values.columns[0]).toEqual(Float64Array.of(31, Number.NaN, 44.5, 7));
    expect(values.columns[1]).toEqual(Float64Array.of(1, 0, Number.NaN, 1));
    expect([...target]).toEqual([1, 0, 1, 0]);
    expect([...customer]).toEqual([0, 1, 0, 2]);
    expect([...taken({ target: 'gone' }, rows).rows.customer]).toEqual([0, 1, 2, 3]);
  });

  it('takes other words for leaving, decimal commas, and leaves columns out', () => {
    const churned = [
      ['a', '1,5', 'Ulm', 'churned'],
      ['b', '2', 'Bern', 'active'],
      ['c', '3', 'Bern', 'paused'],
    ];
    const columns = { target: 'gone', positive: 'churned', leaveOut: ['id', 'town'] };
    const { rows: found } = taken(columns, churned, ',');
    expect(found.features.map(({ name }) => name)).toEqual(['age']);
    expect(found.table.columns[0]).toEqual(Float64Array.of(1.5, 2, 3));
    expect([...found.target]).toEqual([1, 0, 0]);
  });

  it('counts the rows that it cannot use, and names columns that tell one customer from another', () => {
    const some = [['a', '31', 'Ulm'], ['', '31', 'Ulm', 'no'], ['d', '5', 'Bern', ' '], ...rows, ['e', '5', 'x', '']]; // biome-ignore format: one line
    expect(taken({ target: 'gone', id: 'id' }, some).rejected).toEqual([
      { reason: 'too-few-columns', rows: 1, firstRow: 1 },
      { reason: 'no-id', rows: 1, firstRow: 2 },
      { reason: 'no-target', rows: 2, firstRow: 3 },
    ]);
    const many = Array.from({ length: 30 }, (_, n) => [`c${n}`, `${n}`, n % 2 ? 'Ulm' : 'Bern', `${n % 2}`]);
    expect(taken({ target: 'gone' }, many).nearlyUnique).toEqual(['id']);
    expect(taken({ target: 'gone', id: 'id' }, many).nearlyUnique).toEqual([]);
  });

  it('says what is wrong with the columns or the target', () => {
    const messageOf = (columns: LabelledColumns, own = rows): string => {
      try {
        taken(columns, own);
      } catch (error) {
        expect(error).toBeInstanceOf(PairwellError);
        return (error as PairwellError).message;
      }
      throw new Error('It was taken.');
    };
    expect(messageOf({ target: 'left' })).toBe(
      'There is no column "left". The columns are: id, age, town, gone.',
    );
    expect(messageOf({ target: 'gone', leaveOut: ['Age'] })).toMatch(/no column "Age"/);
    expect(messageOf({ target: 'gone', leaveOut: ['id', 'age', 'town'] })).toMatch(/nothing to learn from/);
    expect(messageOf({ target: 'town' })).toMatch(/Row 1 has the town "Ulm".*--positive/);
    expect(messageOf({ target: 'town', positive: 'Rome' })).toMatch(/No row has the town "Rome"/);
    expect(messageOf({ target: 'gone' }, [['a']])).toMatch(/None of 1 rows.*fewer columns/);
    expect(() => new LabelledRows(['a', 'b', 'a'], { target: 'b' }, '.')).toThrow(/two columns "a"/);
  });
});
