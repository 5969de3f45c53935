import { describe, expect, it } from 'vitest';
import { type CleaningPlan, rowCleaner } from './clean-row.ts';
import { type ColumnWishes, resolveColumns } from './columns.ts';
import type { OrderLine } from './order-line.ts';
import { type RejectReason, rejectReasons } from './outcomes.ts';
import { lineOf } from './testing/line-of.ts';

interface Reader
  extends Omit<ColumnWishes, 'time'>,
    Partial<Pick<CleaningPlan, 'decimal' | 'dateOrder' | 'time' | 'currency'>> {}

/** Cleans rows written as lines of comma-separated values under a heading line. */
function cleaner(heading: string, { decimal, dateOrder, time, currency, ...wishes }: Reader = {}) {
  const header = heading.split(',');
  const { dialect, uses } = resolveColumns(header, wishes);
  const clean = rowCleaner({
    dialect,
    uses,
    columnCount: header.length,
    decimal: decimal ?? '.',
    dateOrder: dateOrder ?? null,
    orderPrefix: 'file',
    currency,
    ...(time === undefined ? {} : { time }),
  });
  return (row: string, rowNo = 1): OrderLine | RejectReason => clean(row.split(','), rowNo);
}

const retail = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';
const retailTime = Date.UTC(2010, 11, 1, 8, 26);
const long = 'x'.repeat(501);

it("takes rows of the shop's currency, however it is written, and those that name none", () => {
  const clean = cleaner('order,sku,date,Currency', { currency: 'EUR' });
  const line = lineOf({ time: Date.UTC(2020, 0, 31) });
  for (const written of ['EUR', ' eur ', '']) expect(clean(`1,mug,20200131,${written}`)).toEqual(line);
  expect(clean('1,mug,20200131,CHF')).toBe('other-currency');
  expect(cleaner('order,sku,date,Currency')('1,mug,20200131,CHF')).toEqual(line);
});

describe('the reasons for keeping a row aside', () => {
  // Each row has the fault that is named, and all faults of the rows after it.
  const general: readonly [RejectReason, string][] = [
    ['column-count', `,,bad,x,bad,bad,bad,${long},more,USD`],
    ['no-order', `,,bad,x,bad,bad,bad,${long},USD`],
    ['no-product', `1,,bad,x,bad,bad,bad,${long},USD`],
    ['code-too-long', `1,p,bad,x,bad,bad,bad,${long},USD`],
    ['invalid-time', '1,p,bad,x,bad,bad,bad,c,USD'],
    ['invalid-quantity', '1,p,2020-01-31,x,bad,bad,bad,c,USD'],
    ['zero-quantity', '1,p,2020-01-31,0,bad,bad,bad,c,USD'],
    ['other-currency', '1,p,2020-01-31,2,bad,bad,bad,c,USD'],
    ['invalid-price', '1,p,2020-01-31,2,bad,bad,bad,c,EUR'],
    ['invalid-cost', '1,p,2020-01-31,2,-1,bad,bad,c,EUR'],
    ['negative-cost', '1,p,2020-01-31,2,-1,-1,bad,c,EUR'],
    ['invalid-discount', '1,p,2020-01-31,2,-1,1,bad,c,EUR'],
    ['negative-price', '1,p,2020-01-31,2,-1,1,1,c,EUR'],
  ];
  const onlineRetail: readonly [RejectReason, string][] = [
    ['bad-debt', 'A1,P,,-1,2010-12-01,0,,UK'],
    ['stock-correction', '1,P,,-1,2010-12-01,0,,UK'],
    ['positive-return', 'C1,P,,1,2010-12-01,0,,UK'],
    ['no-name', '1,P,,1,2010-12-01,0,,UK'],
    ['zero-price', '1,P,Mug,1,2010-12-01,0,,UK'],
  ];

  it.each(general)('%s', (reason, row) => {
    const heading = 'order,product,date,quantity,price,cost,discount,customer,currency';
    expect(cleaner(heading, { currency: 'EUR' })(row)).toBe(reason);
  });

  it.each(onlineRetail)('%s, of Online Retail', (reason, row) => {
    expect(cleaner(retail)(row)).toBe(reason);
  });

  it('are these and no others, asked in the order in which they are documented', () => {
    const asked = [...general.slice(0, -1), ...onlineRetail, ...general.slice(-1)].map(([reason]) => reason);
    expect(asked).toEqual(Object.keys(rejectReasons));
  });

  it.each([
    ['too few columns', '1,p,2020-01-31', 'column-count'],
    ['no price', '1,p,2020-01-31,1,,1,1,c', { unitPrice: null, unitCost: 1, discount: 1 }],
    ['a price of zero', '1,p,2020-01-31,1,0,,,c', { unitPrice: 0, unitCost: null, discount: null }],
    ['a cost of zero', '1,p,2020-01-31,1,1,0,,c', { unitCost: 0 }],
    ['a cost of minus zero', '1,p,2020-01-31,1,1,-0,,c', { unitCost: -0 }],
    ['a cost below zero', '1,p,2020-01-31,1,1,-0.01,,c', 'negative-cost'],
    ['a cost below zero of what is returned', '1,p,2020-01-31,-1,1,-0.01,,c', 'negative-cost'],
    ['a price that cannot be stored', '1,p,2020-01-31,1,10000000000,,,c', 'invalid-price'],
    ['a cost that cannot be stored', '1,p,2020-01-31,1,1,1e10,,c', 'invalid-cost'],
    ['a discount that cannot be stored', '1,p,2020-01-31,1,1,1,-1e10,c', 'invalid-discount'],
    ['a price rounded to what cannot be stored', '1,p,2020-01-31,1,9999999999.99995,,,c', 'invalid-price'],
    ['a cost rounded to what cannot be stored', '1,p,2020-01-31,1,1,9999999999.99999,,c', 'invalid-cost'],
    [
      'a discount rounded to what cannot be stored',
      '1,p,2020-01-31,1,1,1,-9999999999.99999,c',
      'invalid-discount',
    ],
    [
      'the largest money',
      '1,p,2020-01-31,1,9999999999.9999,9999999999.99994,-9999999999.9999,c',
      { unitPrice: 9_999_999_999.9999, unitCost: 9_999_999_999.999_94, discount: -9_999_999_999.9999 },
    ],
    ['a quantity above a billion', '1,p,2020-01-31,1000000001,1,1,1,c', 'invalid-quantity'],
    ['a return of more than a billion', '1,p,2020-01-31,-1e10,1,1,1,c', 'invalid-quantity'],
    ['an endless quantity', `1,p,2020-01-31,${'9'.repeat(400)},1,1,1,c`, 'invalid-quantity'],
    ['a quantity of a billion', '1,p,2020-01-31,1000000000,1,1,1,c', { quantity: 1e9 }],
    ['an empty quantity', '1,p,2020-01-31,,1,1,1,c', 'invalid-quantity'],
    ['a quantity of minus zero', '1,p,2020-01-31,-0.0,1,1,1,c', 'zero-quantity'],
    ['an order number that is too long', `${long},p,2020-01-31,1,1,1,1,c`, 'code-too-long'],
    ['a product code that is too long', `1,${long},2020-01-31,1,1,1,1,c`, 'code-too-long'],
    [
      'a customer code as long as may be',
      `1,p,2020-01-31,1,1,,,${long.slice(1)}`,
      { customer: long.slice(1) },
    ],
    ['only blanks for an order number', '  ,p,2020-01-31,1,1,1,1,c', 'no-order'],
  ])('with %s', (_, row, expected) => {
    const outcome = cleaner('order,product,date,quantity,price,cost,discount,customer')(row);
    if (typeof expected === 'string') expect(outcome).toBe(expected);
    else expect(outcome).toMatchObject(expected);
  });
});

describe('rows of Online Retail', () => {
  const clean = cleaner(retail);

  it('become lines with clean codes', () => {
    expect(clean(' 536365 ,85123a, Mug ,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom')).toEqual({
      order: '536365',
      time: retailTime,
      product: '85123A',
      name: 'Mug',
      quantity: 6,
      unitPrice: 2.55,
      unitCost: null,
      discount: null,
      promotion: null,
      customer: '17850',
      channel: null,
      category: null,
      nonProduct: false,
      customerAttributes: { country: 'United Kingdom' },
      productAttributes: null,
    });
  });

  it.each(['C536379', 'c536379'])('of a return %s have a negative quantity', (order) => {
    expect(clean(`${order},22423,Stand,-2,2010-12-01,12.75,,UK`)).toMatchObject({
      order,
      quantity: -2,
      unitPrice: 12.75,
      customer: null,
    });
  });

  it('with a negative price, such as of a bad debt, are kept aside', () => {
    expect(clean('A563186,B,Adjust bad debt,1,2011-08-12,-11062.06,,UK')).toBe('bad-debt');
    expect(clean('563186,B,Adjust bad debt,1,2011-08-12,-11062.06,,UK')).toBe('zero-price');
    expect(clean('563186,22423,Stand,1,2011-08-12,,,UK')).toBe('zero-price');
  });

  it('that stand there twice are two lines', () => {
    const row = '1,22423,Stand,1,2010-12-01,12.75,17850,UK';
    expect(clean(row, 1)).toEqual(clean(row, 2));
    expect(clean(row, 2)).toMatchObject({ order: '1', product: '22423' });
  });

  it.each([
    'POST',
    'post',
    'DOT',
    'M',
    'm',
    'C2',
    'BANK CHARGES',
    'AMAZONFEE',
    'ADJUST2',
    'gift_0001_20',
    'TEST001',
  ])('about %s are no product of the range', (code) => {
    expect(clean(`1,${code},Postage,1,2010-12-01,18,,UK`)).toMatchObject({
      product: code.toUpperCase(),
      nonProduct: true,
    });
  });

  it.each(['22423', '85123A', 'SP1002', 'DCGS0003', 'POSTER', 'C2C', 'PADSX'])(
    'about %s are products',
    (code) => {
      expect(clean(`1,${code},Thing,1,2010-12-01,18,,UK`)).toMatchObject({
        product: code,
        nonProduct: false,
      });
    },
  );
});

describe('rows of any shop', () => {
  it('need no quantity, name, price or customer', () => {
    expect(cleaner('order,sku,date')('1,mug,20200131')).toEqual(lineOf({ time: Date.UTC(2020, 0, 31) }));
  });

  it('keep the codes as they are, and returns by a negative quantity alone', () => {
    const clean = cleaner('order,sku,date,quantity,customer', { dateOrder: 'mdy' });
    expect(clean('A1,post,1/31/2020,-1.5,7.0')).toMatchObject({
      order: 'A1',
      time: Date.UTC(2020, 0, 31),
      product: 'post',
      quantity: -1.5,
      customer: '7.0',
      nonProduct: false,
    });
  });

  it('may write a decimal comma', () => {
    const clean = cleaner('order,sku,date,price', { decimal: ',' });
    expect(clean('1,mug,2020-01-31,1.250')).toMatchObject({ unitPrice: 1250 });
  });

  it('have the price per unit before the discount from the total of the line', () => {
    const clean = cleaner('order,sku,date,quantity,line total,line cost,discount');
    expect(clean('1,mug,2020-01-31,4,10,6,2')).toMatchObject({ unitPrice: 3, unitCost: 1.5, discount: 2 });
    expect(clean('1,mug,2020-01-31,-4,-10,-6,')).toMatchObject({
      unitPrice: 2.5,
      unitCost: 1.5,
      discount: null,
    });
    expect(clean('1,mug,2020-01-31,4,,,2')).toMatchObject({ unitPrice: null, unitCost: null, discount: 2 });
    expect(clean('1,mug,2020-01-31,4,1e11,,')).toBe('invalid-price');
  });

  it('have the price per unit rather from a column of its own', () => {
    const clean = cleaner('order,sku,date,quantity,price,total,cost,total cost');
    expect(clean('1,mug,2020-01-31,2,3,5,1,4')).toMatchObject({ unitPrice: 3, unitCost: 1 });
    expect(clean('1,mug,2020-01-31,2,,5,,4')).toMatchObject({ unitPrice: 2.5, unitCost: 2 });
    expect(clean('1,mug,2020-01-31,2,?,5,1,4')).toBe('invalid-price');
  });

  it('have a category path without its empty levels', () => {
    const map = ['big', 'middle', 'small'].map((column) => ({ column, field: 'category' }));
    const clean = cleaner('order,sku,date,big,middle,small', { map });
    expect(clean('1,mug,2020-01-31,Home, ,Mugs')).toMatchObject({ category: ['Home', 'Mugs'] });
    expect(clean('1,mug,2020-01-31,,,')).toMatchObject({ category: null });
  });

  it('have attributes, without the empty ones', () => {
    const clean = cleaner('order,sku,date,customer,customer.age,customer.town,product.colour');
    expect(clean('1,mug,2020-01-31,c,30, ,red')).toMatchObject({
      customerAttributes: { age: '30' },
      productAttributes: { colour: 'red' },
    });
    expect(clean('1,mug,2020-01-31,c,,Graz,')).toMatchObject({
      customerAttributes: { town: 'Graz' },
      productAttributes: null,
    });
    expect(clean('1,mug,2020-01-31,d,,,')).toMatchObject({
      customerAttributes: null,
      productAttributes: null,
    });
  });

  it('take the time that is given instead of one in the file', () => {
    expect(cleaner('order,sku,date', { time: 86_400_000 })('1,mug,?')).toMatchObject({ time: 86_400_000 });
  });
});

describe('rows of other presets', () => {
  it('of cdnow are an order each', () => {
    const clean = cleaner('customer_id,date,number_of_cds,dollar_value');
    const line = {
      time: Date.UTC(1997, 0, 12),
      product: 'CD',
      quantity: 5,
      unitPrice: 15.4,
      customer: '00002',
    };
    expect(clean('00002,19970112,5,77.00', 7)).toMatchObject({ ...line, order: 'file:7' });
    expect(clean('00002,19970112,5,77.00', 8)).toMatchObject({ ...line, order: 'file:8' });
  });

  it('of complete-journey have two discounts', () => {
    const clean = cleaner(
      'household_id,store_id,basket_id,product_id,quantity,sales_value,retail_disc,coupon_disc,coupon_match_disc,transaction_timestamp',
    );
    expect(clean('900,330,31198570044,1095275,2,4,1.5,9,0.5,2017-01-01 11:53:26')).toMatchObject({
      order: '31198570044',
      time: Date.UTC(2017, 0, 1, 11, 53, 26),
      unitPrice: 3,
      discount: 2,
      channel: '330',
    });
    expect(clean('900,330,1,1095275,2,4,,9,0.5,2017-01-01')).toMatchObject({
      unitPrice: 2.25,
      discount: 0.5,
    });
    expect(clean('900,330,1,1095275,2,4,?,9,0.5,2017-01-01')).toBe('invalid-discount');
  });

  it('of foodmart make an order of customer, day and store', () => {
    const clean = cleaner(
      'product_id,date,customer_id,promotion_id,store_id,store_sales,store_cost,unit_sales',
    );
    expect(clean('337,1997-01-05,6280,0,2,3,1.2,2')).toMatchObject({
      order: '6280/1997-01-05/2',
      unitPrice: 1.5,
      unitCost: 0.6,
      promotion: null,
    });
    expect(clean('337,1997-01-05,6280,51,2,3,1.2,2')).toMatchObject({ promotion: '51' });
    expect(clean('337,1997-01-05,6280,51,,3,1.2,2')).toBe('no-order');
  });
});
