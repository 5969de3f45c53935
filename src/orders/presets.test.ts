import { describe, expect, it } from 'vitest';
import { resolveColumns } from './columns.ts';
import { findPreset, presets } from './presets.ts';

const headings: readonly (readonly [preset: string, heading: string, uses: Record<string, string>])[] = [
  [
    'online-retail',
    'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country',
    {
      order: 'InvoiceNo',
      product: 'StockCode',
      name: 'Description',
      quantity: 'Quantity',
      time: 'InvoiceDate',
      price: 'UnitPrice',
      customer: 'CustomerID',
      'customer.country': 'Country',
    },
  ],
  [
    'online-retail',
    'Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country',
    {
      order: 'Invoice',
      product: 'StockCode',
      name: 'Description',
      quantity: 'Quantity',
      time: 'InvoiceDate',
      price: 'Price',
      customer: 'Customer ID',
      'customer.country': 'Country',
    },
  ],
  [
    'cdnow',
    'customer_id,date,number_of_cds,dollar_value',
    { customer: 'customer_id', time: 'date', quantity: 'number_of_cds', total: 'dollar_value' },
  ],
  [
    'complete-journey',
    'household_id,store_id,basket_id,product_id,quantity,sales_value,retail_disc,coupon_disc,coupon_match_disc,week,transaction_timestamp',
    {
      order: 'basket_id',
      time: 'transaction_timestamp',
      product: 'product_id',
      quantity: 'quantity',
      total: 'sales_value',
      discount: 'retail_disc coupon_match_disc',
      customer: 'household_id',
      channel: 'store_id',
    },
  ],
  [
    'foodmart',
    'product_id,date,customer_id,promotion_id,store_id,store_sales,store_cost,unit_sales',
    {
      order: 'customer_id date store_id',
      time: 'date',
      product: 'product_id',
      quantity: 'unit_sales',
      total: 'store_sales',
      'total-cost': 'store_cost',
      promotion: 'promotion_id',
      customer: 'customer_id',
      channel: 'store_id',
    },
  ],
  [
    'dunnhumby',
    'SHOP_WEEK,SHOP_DATE,SHOP_WEEKDAY,SHOP_HOUR,QUANTITY,SPEND,PROD_CODE,PROD_CODE_10,PROD_CODE_20,PROD_CODE_30,' +
      'PROD_CODE_40,CUST_CODE,CUST_PRICE_SENSITIVITY,CUST_LIFESTAGE,BASKET_ID,BASKET_SIZE,STORE_CODE,STORE_FORMAT',
    {
      order: 'BASKET_ID',
      time: 'SHOP_DATE',
      product: 'PROD_CODE',
      quantity: 'QUANTITY',
      total: 'SPEND',
      customer: 'CUST_CODE',
      category: 'PROD_CODE_40 PROD_CODE_30 PROD_CODE_20 PROD_CODE_10',
      channel: 'STORE_FORMAT',
      'customer.lifestage': 'CUST_LIFESTAGE',
      'customer.priceSensitivity': 'CUST_PRICE_SENSITIVITY',
    },
  ],
  [
    'dunnhumby',
    'BASKET_ID,SHOP_DATE,PROD_CODE,QUANTITY,SPEND,CUST_CODE',
    {
      order: 'BASKET_ID',
      time: 'SHOP_DATE',
      product: 'PROD_CODE',
      quantity: 'QUANTITY',
      total: 'SPEND',
      customer: 'CUST_CODE',
    },
  ],
];

function columnsOf(heading: string, wishes?: Parameters<typeof resolveColumns>[1]): Record<string, string> {
  const header = heading.split(',');
  const found: Record<string, string> = {};
  for (const { field, index } of resolveColumns(header, wishes).uses) {
    found[field] = found[field] === undefined ? header[index] : `${found[field]} ${header[index]}`;
  }
  return found;
}

describe('presets', () => {
  it.each(headings)('%s is recognised from %s', (name, heading, uses) => {
    const { preset, dialect } = resolveColumns(heading.split(','));
    expect(preset).toBe(name);
    expect(dialect).toBe(findPreset(name));
    expect(columnsOf(heading)).toEqual(uses);
  });

  it('are all recognised here', () => {
    expect(new Set(headings.map(([name]) => name))).toEqual(new Set(presets.map(({ name }) => name)));
  });

  it.each(headings)(
    '%s is recognised in any order of columns, and not without one that it needs',
    (name, heading) => {
      const header = heading.split(',');
      expect(resolveColumns(header.toReversed()).preset).toBe(name);
      const { columns } = findPreset(name);
      const needed = columns.filter(({ optional }) => !optional).flatMap(({ headings }) => headings);
      const index = header.findIndex((column) => needed.includes(column.toLowerCase().replace(/[ _]/g, '')));
      const others = header.toSpliced(index, 1);
      const map = ['order', 'product', 'time'].map((field, i) => ({ column: others[i], field }));
      expect(resolveColumns(others, { map }).preset).toBeNull();
    },
  );

  it('are left aside on demand', () => {
    const [, heading] = headings[0];
    const { preset, dialect } = resolveColumns(heading.split(','), { preset: 'none' });
    expect(preset).toBeNull();
    expect(dialect.rules.productCode('85123a')).toBe('85123a');
  });

  it('can be asked for by name, with columns that go by other headings', () => {
    const map = [{ column: 'buyer', field: 'customer' }];
    expect(columnsOf('buyer,date,number_of_cds,dollar_value', { preset: 'cdnow', map })).toEqual({
      customer: 'buyer',
      time: 'date',
      quantity: 'number_of_cds',
      total: 'dollar_value',
    });
  });

  it('cannot be asked for by a name that none has', () => {
    expect(() => resolveColumns(['order', 'sku', 'date'], { preset: 'walmart' })).toThrow(
      expect.objectContaining({
        code: 'bad-input',
        message:
          'There is no preset "walmart". There are online-retail, cdnow, complete-journey, foodmart, dunnhumby and none.',
      }),
    );
  });

  it('still ask for the columns that they need', () => {
    expect(() =>
      resolveColumns(['order', 'sku', 'date'], { preset: 'cdnow', map: [{ column: 'date', field: 'name' }] }),
    ).toThrow('No column is known to hold time.');
  });
});
