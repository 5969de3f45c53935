import type { ColumnUse } from './columns.ts';
import { currencyCode } from './currency.ts';
import { attributeOf, type Field } from './fields.ts';
import { type DecimalMark, numberParser } from './numbers.ts';
import type { Attributes, OrderLine } from './order-line.ts';
import type { RejectReason } from './outcomes.ts';
import type { Dialect } from './presets.ts';
import { type DateOrder, timeParser } from './times.ts';

export interface CleaningPlan {
  readonly dialect: Dialect;
  readonly uses: readonly ColumnUse[];
  /** How many columns a row must have. */
  readonly columnCount: number;
  readonly decimal: DecimalMark;
  readonly dateOrder: DateOrder | null;
  /** The time of every order, for files that hold none; milliseconds since 1970. */
  readonly time?: number;
  /** The shop's; without one, what rows are in does not matter. */
  readonly currency?: string | null;
  /** What the order numbers start with where rows have none of their own. */
  readonly orderPrefix: string;
}

/** Money is stored with ten digits before the point, and a discount with four decimals: from here on it is rounded to eleven. */
const moneyLimit = 9_999_999_999.999_95;

/** As the HTTP API has it. */
const quantityLimit = 1e9;

/** In characters: an index of the database takes no longer keys. */
const codeLimit = 500;

const absent = -1;

type Row = readonly string[];

/** Reads the attribute columns of `owner`; neighbouring rows with the same values share one object. */
function attributeReader(
  owner: 'customer' | 'product',
  uses: readonly ColumnUse[],
): (row: Row) => Attributes | null {
  const columns = uses.flatMap(({ field, index }) => {
    const name = attributeOf(owner, field);
    return name === undefined ? [] : [{ name, index }];
  });
  let last: string[] = [];
  let shared: Attributes | null = null;
  return (row) => {
    if (columns.length === 0) return null;
    if (last.length === 0 || columns.some(({ index }, i) => row[index] !== last[i])) {
      last = columns.map(({ index }) => row[index]);
      const present = columns
        .map(({ name, index }) => [name, row[index].trim()])
        .filter(([, value]) => value);
      shared = present.length > 0 ? Object.fromEntries(present) : null;
    }
    return shared;
  };
}

/** Money per unit, from a column per unit or else from one for the whole line; NaN when it cannot be read. */
function perUnit(unit: number | null, line: number | null, quantity: number): number | null {
  const value = unit ?? (line === null ? null : line / quantity);
  return value === null || Math.abs(value) < moneyLimit ? value : Number.NaN;
}

/**
 * Makes the function that turns one row of a file into an order line, or says why it is kept aside
 * (`rejectReasons` has the order in which faults are looked for).
 *
 * @returns a function of a row and its number, from 1
 */
export function rowCleaner(plan: CleaningPlan): (row: Row, rowNo: number) => OrderLine | RejectReason {
  const { dialect, uses, columnCount, orderPrefix, currency: shopCurrency = null } = plan;
  const { rules, noPromotion } = dialect;
  const all = (field: Field): number[] => uses.filter((use) => use.field === field).map(({ index }) => index);
  const first = (field: Field): number => all(field)[0] ?? absent;

  const orders = all('order');
  const categories = all('category');
  const discounts = all('discount');
  const time = first('time');
  const product = first('product');
  const name = first('name');
  const quantity = first('quantity');
  const price = first('price');
  const total = first('total');
  const cost = first('cost');
  const totalCost = first('total-cost');
  const currency = first('currency');
  const promotion = first('promotion');
  const customer = first('customer');
  const channel = first('channel');

  const parseNumber = numberParser(plan.decimal);
  const parseTime = timeParser(plan.dateOrder);
  const customerAttributes = attributeReader('customer', uses);
  const productAttributes = attributeReader('product', uses);

  const text = (row: Row, index: number): string => (index === absent ? '' : row[index].trim());
  const textOrNull = (row: Row, index: number): string | null => text(row, index) || null;
  const amount = (row: Row, index: number): number | null => {
    const found = text(row, index);
    return found === '' ? null : parseNumber(found);
  };
  const orderCode = (row: Row, rowNo: number): string => {
    if (dialect.orderPerRow) return `${orderPrefix}:${rowNo}`;
    if (orders.length === 1) return text(row, orders[0]);
    const parts = orders.map((index) => text(row, index));
    return parts.includes('') ? '' : parts.join('/');
  };
  const discountOf = (row: Row): number | null => {
    let sum: number | null = null;
    for (const index of discounts) {
      const part = amount(row, index);
      if (part !== null) sum = (sum ?? 0) + part;
    }
    return sum;
  };
  const categoryOf = (row: Row): string[] | null => {
    if (categories.length === 0) return null;
    const path = categories.map((index) => text(row, index)).filter((level) => level !== '');
    return path.length > 0 ? path : null;
  };

  return (row, rowNo) => {
    if (row.length !== columnCount) return 'column-count';
    const order = orderCode(row, rowNo);
    if (order === '') return 'no-order';
    const code = dialect.product ?? rules.productCode(text(row, product));
    if (code === '') return 'no-product';
    const buyer = text(row, customer);
    if (order.length > codeLimit || code.length > codeLimit || buyer.length > codeLimit)
      return 'code-too-long';
    const orderedAt = plan.time ?? parseTime(text(row, time));
    if (Number.isNaN(orderedAt)) return 'invalid-time';
    const units = quantity === absent ? 1 : parseNumber(text(row, quantity));
    if (!(Math.abs(units) <= quantityLimit)) return 'invalid-quantity';
    if (units === 0) return 'zero-quantity';
    if (shopCurrency !== null) {
      const stated = currencyCode(text(row, currency));
      if (stated !== '' && stated !== shopCurrency) return 'other-currency';
    }
    const discount = discountOf(row);
    const paid = amount(row, total);
    const unitPrice = perUnit(amount(row, price), paid === null ? null : paid + (discount || 0), units);
    if (Number.isNaN(unitPrice)) return 'invalid-price';
    const unitCost = perUnit(amount(row, cost), amount(row, totalCost), units);
    if (Number.isNaN(unitCost)) return 'invalid-cost';
    if (unitCost !== null && unitCost < 0) return 'negative-cost';
    if (discount !== null && !(Math.abs(discount) < moneyLimit)) return 'invalid-discount';
    const label = textOrNull(row, name);
    const objection = rules.objection({ order, name: label, quantity: units, unitPrice });
    if (objection !== undefined) return objection;
    const offer = textOrNull(row, promotion);
    return {
      order,
      time: orderedAt,
      product: code,
      name: label,
      quantity: units,
      unitPrice,
      unitCost,
      discount,
      promotion: offer === noPromotion ? null : offer,
      customer: buyer === '' ? null : rules.customerCode(buyer),
      channel: textOrNull(row, channel),
      category: categoryOf(row),
      nonProduct: rules.isNonProduct(code),
      customerAttributes: customerAttributes(row),
      productAttributes: productAttributes(row),
    };
  };
}
