import { PairwellError } from '../../errors.ts';
import { customerCount, type Ledger } from '../ledger.ts';
import { countColumns, type FeeName } from './count-columns.ts';
import type { CustomerDrivers } from './drivers.ts';
import { type OrderSizeSettings, orderSizes } from './order-sizes.ts';

export interface DriverSettings extends OrderSizeSettings {
  /** Default: its number. */
  readonly feeName?: FeeName;
}

/**
 * What serving the customers of a ledger took. Two passes over documents, one over lines.
 *
 * @throws PairwellError `bad-input` for a bound that is not above 0 or more than 8 of them
 */
export function driversOf(ledger: Ledger, settings: DriverSettings = {}): CustomerDrivers {
  checkSettings(settings);
  const n = customerCount(ledger);
  const { documents, lines, products } = ledger;
  const integers = (): Int32Array => new Int32Array(n);
  const numbers = (): Float64Array => new Float64Array(n);
  const columns = {
    orders: integers(),
    returnDocuments: integers(),
    lines: integers(),
    units: numbers(),
    kilograms: numbers(),
    unweighedUnits: numbers(),
    returnedLines: integers(),
    returnedUnits: numbers(),
    sales: numbers(),
    feeSales: numbers(),
    feeCost: numbers(),
    discount: numbers(),
    returnedValue: numbers(),
    credited: numbers(),
    goodsCost: numbers(),
    uncosted: numbers(),
    returnedGoodsCost: numbers(),
    returnedUncosted: numbers(),
  };
  let [unpricedLines, costedSales, costOfCosted] = [0, 0, 0];
  /** By document: its revenue, NaN where it is no order. */
  const orderRevenue = new Float64Array(documents.day.length);

  for (let c = 0; c < n; c++) {
    for (let d = documents.offsets[c]; d < documents.offsets[c + 1]; d++) {
      let [revenue, feesBack] = [0, 0];
      let [isOrder, isReturn] = [false, false];
      for (let at = lines.offsets[d]; at < lines.offsets[d + 1]; at++) {
        const product = lines.product[at];
        const quantity = lines.quantity[at];
        const isGoods = products.isFee[product] === 0;
        if (quantity > 0) isOrder = true;
        else if (isGoods && quantity < 0) isReturn = true;
        if (isGoods && quantity > 0) {
          columns.lines[c]++;
          columns.units[c] += quantity;
          const kilograms = products.kilograms[product];
          if (kilograms >= 0) columns.kilograms[c] += quantity * kilograms;
          else columns.unweighedUnits[c] += quantity;
        } else if (isGoods && quantity < 0) {
          columns.returnedLines[c]++;
          columns.returnedUnits[c] -= quantity;
        }
        const price = lines.price[at];
        if (Number.isNaN(price)) {
          unpricedLines++;
          continue;
        }
        const value = quantity * price;
        const cost = quantity * lines.cost[at];
        revenue += value - lines.discount[at];
        if (quantity < 0) {
          if (isGoods) columns.returnedValue[c] += lines.discount[at] - value;
          else feesBack += lines.discount[at] - value;
          if (!Number.isNaN(cost)) columns.returnedGoodsCost[c] -= cost;
          else if (isGoods) columns.returnedUncosted[c] -= value;
          continue;
        }
        columns.sales[c] += value;
        if (!isGoods) columns.feeSales[c] += value;
        columns.discount[c] += lines.discount[at];
        if (!Number.isNaN(cost)) {
          columns.goodsCost[c] += cost;
          if (!isGoods) {
            columns.feeCost[c] += cost;
            continue;
          }
          costedSales += value;
          costOfCosted += cost;
        } else if (isGoods) columns.uncosted[c] += value;
      }
      // Fees go back with the goods, or are taken off the order, or are a correction.
      if (isOrder && !isReturn) columns.discount[c] += feesBack;
      else columns.returnedValue[c] += feesBack;
      if (!isOrder && !isReturn) columns.credited[c] += feesBack;
      if (isOrder) columns.orders[c]++;
      else if (isReturn) columns.returnDocuments[c]++;
      orderRevenue[d] = isOrder ? revenue : Number.NaN;
    }
  }
  const sizes = orderSizes(documents.offsets, orderRevenue, settings);
  const { columns: counts, withoutColumn } = countColumns(ledger, settings.feeName ?? String);
  const { typicalOrder, smallOrderUnder } = sizes;
  const totals = { typicalOrder, smallOrderUnder, unpricedLines, costedSales, costOfCosted, withoutColumn };
  return { ...columns, orderSizes: sizes.columns, counts, totals };
}

function checkSettings({ orderBounds = [], smallOrderUnder = 1 }: DriverSettings): void {
  const isBound = (bound: number): boolean => bound > 0 && Number.isFinite(bound);
  if ([...orderBounds, smallOrderUnder].every(isBound) && orderBounds.length <= 8) return;
  const message = 'Bounds of the size of an order are at most 8 amounts of money above 0.';
  throw new PairwellError('bad-input', message, { orderBounds: orderBounds.map(String) });
}
