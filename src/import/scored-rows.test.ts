import { describe, expect, it } from 'vitest';
import { type ScoredColumns, ScoredRows } from './scored-rows.ts';

function read(text: string, columns: Partial<ScoredColumns> = {}, decimal: '.' | ',' = '.') {
  const [header, ...rows] = text.split('\n').map((line) => line.split(';'));
  const table = new ScoredRows(header, { scores: ['score'], outcome: 'left', ...columns }, decimal);
  for (const row of rows) table.add(row);
  return table.table();
}

describe('ScoredRows', () => {
  it('reads numbers and words for yes and no', () => {
    const table = read('score; left ;other\n0.5;Yes;x\n-2e3;no;\n+7;TRUE;x\n 8 ;false;x\n9;1;x\n1,000;0;x');
    expect(table.scores).toEqual([{ name: 'score', scores: Float64Array.of(0.5, -2000, 7, 8, 9, 1000) }]);
    expect(table.outcome).toEqual(Uint8Array.of(1, 0, 1, 0, 1, 0));
    expect(table).toMatchObject({ rowsRead: 6, rejected: [], arms: null, revenue: null });
    expect(read('score;left\n0,25;1', {}, ',').scores[0].scores).toEqual(Float64Array.of(0.25));
  });

  it('counts rows that cannot be used by reason, and says which is the first', () => {
    const rows = [
      '1;1;1;5',
      ';1;1;5',
      'NA;1;1;5',
      'x;1;1;5',
      'Infinity;1;1;5',
      '1;;1;5',
      '1;2;1;5',
      '1;maybe;1;5',
    ];
    const more = ['1;1;;5', '1;1;both;5', '1;1;1;', '1;1;1;x', '1;1;0', '1;0;0;-2.5'];
    const table = read(['score;left;mailed;spent', ...rows, ...more].join('\n'), {
      treatment: 'mailed',
      revenue: 'spent',
    });
    expect(table.rowsRead).toBe(14);
    expect(table.rejected).toEqual([
      { reason: 'no-score', rows: 2, firstRow: 2 },
      { reason: 'odd-score', rows: 2, firstRow: 4 },
      { reason: 'no-outcome', rows: 1, firstRow: 6 },
      { reason: 'odd-outcome', rows: 2, firstRow: 7 },
      { reason: 'no-treatment', rows: 1, firstRow: 9 },
      { reason: 'odd-treatment', rows: 1, firstRow: 10 },
      { reason: 'no-revenue', rows: 1, firstRow: 11 },
      { reason: 'odd-revenue', rows: 1, firstRow: 12 },
      { reason: 'too-few-columns', rows: 1, firstRow: 13 },
    ]);
    expect(table.arms).toEqual({ names: ['held out', 'treated'], armOf: Uint8Array.of(1, 0) });
    expect(table.revenue).toEqual(Float64Array.of(5, -2.5));
  });

  it('takes arms by their names, the control first', () => {
    const text = 'score;left;arm\n1;1;call\n2;0;none\n3;1; letter \n4;0;call\n5;1;';
    expect(read(text, { treatment: 'arm', control: 'none' })).toMatchObject({
      arms: { names: ['none', 'call', 'letter'], armOf: Uint8Array.of(1, 0, 2, 1) },
      rejected: [{ reason: 'no-treatment', rows: 1, firstRow: 5 }],
    });
    // A row that is left out makes no arm.
    const odd = 'score;left;arm\n1;1;call\n2;0;none\n3;x;letter';
    expect(read(odd, { treatment: 'arm', control: 'none' }).arms!.names).toEqual(['none', 'call']);
    expect(() => read(text, { treatment: 'arm', control: 'nobody' })).toThrow(
      /No row has the treatment "nobody".*call, none, letter/,
    );
    const ids = `score;left;arm\n${Array.from({ length: 60 }, (_, n) => `1;1;${n}`).join('\n')}`;
    expect(() => read(ids, { treatment: 'arm', control: '0' })).toThrow(/"arm" has more than 50 values/);
  });

  it('refuses a table without the columns, or without a row', () => {
    expect(() => read('score;gone\n1;1')).toThrow('There is no column "left". The columns are: score, gone.');
    expect(() => read('score;left;left\n1;1;1')).toThrow(/two columns "left"/);
    expect(() => read('score;left')).toThrow('None of 0 rows can be used.');
    expect(() => read('score;left\nx;1\n1;7')).toThrow(
      /None of 2 rows.*1 with a score that is no number, 1 with/,
    );
  });
});
