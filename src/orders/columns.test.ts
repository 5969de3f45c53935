import { describe, expect, it } from 'vitest';
import { type ColumnMapping, resolveColumns } from './columns.ts';

const badInput = (message: string) =>
  expect.objectContaining({ code: 'bad-input', message: expect.stringContaining(message) });

const uses = (heading: string, map?: ColumnMapping[], preset?: string): Record<string, string[]> => {
  const header = heading.split(',');
  const found: Record<string, string[]> = {};
  for (const { field, index } of resolveColumns(header, { map, preset }).uses) {
    found[field] = [...(found[field] ?? []), header[index]];
  }
  return found;
};

describe('resolveColumns', () => {
  it('proposes what headings say by themselves, however they are written', () => {
    const heading =
      'Order ID,ordered_at,SKU,Product-Name,Qty,Unit Price,Discount,Coupon,client id,Store,Department,COUNTRY,note';
    expect(uses(heading)).toEqual({
      order: ['Order ID'],
      time: ['ordered_at'],
      product: ['SKU'],
      name: ['Product-Name'],
      quantity: ['Qty'],
      price: ['Unit Price'],
      discount: ['Discount'],
      promotion: ['Coupon'],
      customer: ['client id'],
      channel: ['Store'],
      category: ['Department'],
      'customer.country': ['COUNTRY'],
    });
  });

  it('takes the more telling heading of two, wherever it stands', () => {
    expect(uses('date,order date,order,order no,item,product id')).toEqual({
      order: ['order no'],
      time: ['order date'],
      product: ['product id'],
    });
  });

  it('takes the first of two columns with the same heading', () => {
    expect(resolveColumns(['sku', 'order', 'date', 'sku']).uses).toContainEqual({
      field: 'product',
      index: 0,
    });
  });

  it('takes attributes that are written out in the heading', () => {
    expect(uses('order,sku,date,customer.Age group,product.colour,customer.')).toMatchObject({
      'customer.Age group': ['customer.Age group'],
      'product.colour': ['product.colour'],
    });
  });

  it('puts what was said before what headings say, for the field and for the column', () => {
    const map = [
      { column: 'Ref', field: 'order' },
      { column: 'price', field: 'cost' },
      { column: 'note', field: 'customer.note' },
    ];
    expect(uses('order,ref,sku,date,price,note', map)).toEqual({
      order: ['ref'],
      product: ['sku'],
      time: ['date'],
      cost: ['price'],
      'customer.note': ['note'],
    });
  });

  it('leaves out an ignored column', () => {
    expect(uses('order,sku,date,price', [{ column: 'price', field: 'ignore' }])).not.toHaveProperty('price');
  });

  it('lets several columns make one field, and one column have several uses', () => {
    const map = [
      { column: 'till', field: 'order' },
      { column: 'no', field: 'order' },
      { column: 'till', field: 'channel' },
    ];
    expect(uses('till,no,sku,date', map)).toEqual({
      order: ['till', 'no'],
      channel: ['till'],
      product: ['sku'],
      time: ['date'],
    });
  });

  it('takes an exact heading before one that is written alike', () => {
    const map = [{ column: 'a_b', field: 'name' }];
    expect(uses('order,sku,date,A B,a_b', map)).toMatchObject({ name: ['a_b'] });
    expect(uses('order,sku,date,A B', map)).toMatchObject({ name: ['A B'] });
  });

  it('names the columns of the file when one is asked for that is none of them', () => {
    const wishes = { map: [{ column: 'buyer', field: 'customer' }] };
    expect(() => resolveColumns(['order', ' sku ', '', 'date'], wishes)).toThrow(
      badInput('There is no column "buyer". The columns are: order, sku, (empty), date.'),
    );
  });

  it('does not take a column without a heading for one that is named by signs alone', () => {
    const wishes = { map: [{ column: '#', field: 'name' }] };
    expect(() => resolveColumns(['order', 'sku', '', 'date', '%'], wishes)).toThrow(
      badInput('There is no column "#".'),
    );
    expect(uses('order,sku,%,date,#', wishes.map)).toMatchObject({ name: ['#'] });
  });

  it.each(['buyer', 'Order', 'customer.', 'Ignore'])(
    'names the fields when "%s" is asked for, which is none',
    (field) => {
      const wishes = { map: [{ column: 'sku', field }] };
      expect(() => resolveColumns(['order', 'sku', 'date'], wishes)).toThrow(
        badInput(`"${field}" is no field. A column can be mapped to order, time, product, name, quantity`),
      );
    },
  );

  it('says what to give when required columns are missing', () => {
    expect(() => resolveColumns(['bon', 'when', 'sku', 'amount'])).toThrow(
      expect.objectContaining({
        code: 'bad-input',
        message:
          'No column is known to hold order and time. The columns are: bon, when, sku, amount. ' +
          'Say which it is: --map "<column>=order" --map "<column>=time"',
        details: { missing: ['order', 'time'], columns: ['bon', 'when', 'sku', 'amount'] },
      }),
    );
    const map = [
      { column: 'bon', field: 'order' },
      { column: 'when', field: 'time' },
    ];
    expect(uses('bon,when,sku,amount', map)).toEqual({ order: ['bon'], time: ['when'], product: ['sku'] });
  });

  it('misses a required column that is ignored or mapped to something else', () => {
    const wishes = { map: [{ column: 'sku', field: 'name' }] };
    expect(() => resolveColumns(['order', 'sku', 'date'], wishes)).toThrow(
      badInput('No column is known to hold product.'),
    );
  });
});
