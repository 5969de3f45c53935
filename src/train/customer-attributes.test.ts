import { describe, expect, it } from 'vitest';
import { attributeColumns, mostAttributes, mostLabels } from './customer-attributes.ts';

/** Columns of what is said of customers 0, 1, 2 …, as plain arrays by name. */
function columnsOf(...said: (Record<string, unknown> | null)[]) {
  const rows = said.flatMap((object, customer) =>
    object === null ? [] : { json: JSON.stringify(object), customer },
  );
  const names = [...new Set(rows.map(({ json }) => json))];
  const { attributes, leftOut } = attributeColumns(
    { values: Int32Array.from(rows, ({ json }) => names.indexOf(json)), names },
    Int32Array.from(rows, ({ customer }) => customer),
    said.length,
  );
  const plain = attributes.map((one) => [
    one.name,
    one.kind === 'number'
      ? [...one.values]
      : Array.from(one.values, (label) => (label < 0 ? null : one.labels[label])),
  ]);
  return { columns: Object.fromEntries(plain), leftOut };
}

describe('attributeColumns', () => {
  it('takes an attribute for numbers when every stated value is one, in whatever type', () => {
    const { columns } = columnsOf(
      { age: 34, income: '12000.5', size: 'M', town: '01067', vip: true },
      { age: '-7', income: '1e3', size: 38, vip: 'true' },
      null,
      { age: '', income: null, size: 'M', town: '4001' },
    );
    expect(columns).toEqual({
      age: [34, -7, Number.NaN, Number.NaN],
      income: [12000.5, 1000, Number.NaN, Number.NaN],
      size: ['M', '38', null, 'M'],
      town: ['01067', null, null, '4001'],
      vip: ['true', 'true', null, null],
    });
  });

  it('takes the numbers of stores and the like for labels', () => {
    const { columns } = columnsOf(
      { channel: '7', homeStore: 12, store_id: '3', 'zip-code': 8001, channels: 2, idle: 4, stored: 5 },
      { channel: '07', homeStore: '12', store_id: 4, 'zip-code': '8002', channels: 1, idle: 3, stored: 6 },
    );
    expect(columns).toEqual({
      channel: ['7', '07'],
      homeStore: ['12', '12'],
      store_id: ['3', '4'],
      'zip-code': ['8001', '8002'],
      channels: [2, 1],
      idle: [4, 3],
      stored: [5, 6],
    });
  });

  it('drops the space around labels', () => {
    expect(columnsOf({ tier: ' gold' }, { tier: 'gold ' }, { tier: ' ' }).columns).toEqual({
      tier: ['gold', 'gold', null],
    });
  });

  it('leaves out what tells customers apart, and names it; numbers may all differ', () => {
    const people = Array.from({ length: mostLabels + 1 }, (_, n) => ({ mail: `${n}@shop`, points: n }));
    const { columns, leftOut } = columnsOf(...people);
    expect(Object.keys(columns)).toEqual(['points']);
    expect(leftOut).toEqual([{ name: 'mail', reason: 'too-many-labels' }]);
    expect(columnsOf(...people.slice(1)).leftOut).toEqual([]);
  });

  it('leaves out lists and objects, and names them', () => {
    const { columns, leftOut } = columnsOf({ tags: ['a'], age: 3 }, { tags: 'a', age: 4 });
    expect(columns).toEqual({ age: [3, 4] });
    expect(leftOut).toEqual([{ name: 'tags', reason: 'no-plain-values' }]);
  });

  it('keeps the attributes that are stated of the most customers', () => {
    const all = Object.fromEntries(Array.from({ length: mostAttributes + 1 }, (_, n) => [`a${n + 100}`, n]));
    const { a100: _, ...others } = all;
    const { columns, leftOut } = columnsOf(all, others, others);
    expect(Object.keys(columns)).toEqual(Object.keys(others));
    expect(leftOut).toEqual([{ name: 'a100', reason: 'too-many-attributes' }]);
  });

  it('passes over what is said of somebody unknown', () => {
    const { attributes } = attributeColumns(
      { values: Int32Array.of(0, 1), names: ['{"a":1}', '{"b":2}'] },
      Int32Array.of(-1, 0),
      1,
    );
    expect(attributes).toEqual([{ name: 'b', kind: 'number', values: Float64Array.of(2) }]);
  });
});
