import { PairwellError } from '../errors.ts';
import type { Field } from './fields.ts';
import { generalRules, onlineRetailRules, type RowRules } from './row-rules.ts';

/** How rows are understood once their columns are known. */
export interface Dialect {
  readonly rules: RowRules;
  /** The one product a file without a product column is about. */
  readonly product?: string;
  /** Every row is an order of its own, where a file has no order numbers. */
  readonly orderPerRow?: boolean;
  /** How the file writes that there was no promotion, besides leaving it empty. */
  readonly noPromotion?: string;
}

interface PresetColumn {
  readonly field: Field;
  /** The headings it goes by, as `normalizeHeading` writes them. */
  readonly headings: readonly string[];
  readonly optional?: boolean;
}

/** A public data set's columns and their meaning. */
export interface Preset extends Dialect {
  readonly name: string;
  readonly columns: readonly PresetColumn[];
}

const column = (field: Field, ...headings: string[]): PresetColumn => ({ field, headings });
const optional = (field: Field, ...headings: string[]): PresetColumn => ({ field, headings, optional: true });

export const presets: readonly Preset[] = [
  {
    // Both UCI editions; the second has Invoice, Price and "Customer ID".
    name: 'online-retail',
    rules: onlineRetailRules,
    columns: [
      column('order', 'invoiceno', 'invoice'),
      column('product', 'stockcode'),
      column('name', 'description'),
      column('quantity', 'quantity'),
      column('time', 'invoicedate'),
      column('price', 'unitprice', 'price'),
      column('customer', 'customerid'),
      column('customer.country', 'country'),
    ],
  },
  {
    // Purchases of compact discs: a row is a whole purchase, without order number or product.
    name: 'cdnow',
    rules: generalRules,
    product: 'CD',
    orderPerRow: true,
    columns: [
      column('customer', 'customerid'),
      column('time', 'date'),
      column('quantity', 'numberofcds'),
      column('total', 'dollarvalue'),
    ],
  },
  {
    // 84.51°/dunnhumby, as the R package completejourney has it. `coupon_disc` is paid back to the shop by the
    // maker, so it does not lower what the shop took.
    name: 'complete-journey',
    rules: generalRules,
    columns: [
      column('order', 'basketid'),
      column('time', 'transactiontimestamp'),
      column('product', 'productid'),
      column('quantity', 'quantity'),
      column('total', 'salesvalue'),
      column('discount', 'retaildisc'),
      column('discount', 'couponmatchdisc'),
      column('customer', 'householdid'),
      column('channel', 'storeid'),
    ],
  },
  {
    // Sales facts of Mondrian's FoodMart: what a customer bought on one day in one store is an order.
    name: 'foodmart',
    rules: generalRules,
    noPromotion: '0',
    columns: [
      column('order', 'customerid'),
      column('order', 'date'),
      column('order', 'storeid'),
      column('time', 'date'),
      column('product', 'productid'),
      column('quantity', 'unitsales'),
      column('total', 'storesales'),
      column('total-cost', 'storecost'),
      column('promotion', 'promotionid'),
      column('customer', 'customerid'),
      column('channel', 'storeid'),
    ],
  },
  {
    // "Let's get sort-of-real", and other extracts with the same headings.
    name: 'dunnhumby',
    rules: generalRules,
    columns: [
      column('order', 'basketid'),
      column('time', 'shopdate'),
      column('product', 'prodcode'),
      column('quantity', 'quantity'),
      column('total', 'spend'),
      column('customer', 'custcode'),
      optional('category', 'prodcode40'),
      optional('category', 'prodcode30'),
      optional('category', 'prodcode20'),
      optional('category', 'prodcode10'),
      optional('channel', 'storeformat'),
      optional('customer.lifestage', 'custlifestage'),
      optional('customer.priceSensitivity', 'custpricesensitivity'),
    ],
  },
];

/** Says in `--preset` that the columns are not to be taken for one of the presets. */
export const noPreset = 'none';

/** @throws PairwellError `bad-input`, listing the presets there are */
export function findPreset(name: string): Preset {
  const found = presets.find((preset) => preset.name === name);
  if (found) return found;
  const names = presets.map((preset) => preset.name).join(', ');
  throw new PairwellError('bad-input', `There is no preset "${name}". There are ${names} and ${noPreset}.`);
}
