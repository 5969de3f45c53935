import { PairwellError } from '../errors.ts';

/** What one column of a file can mean, besides an attribute of the customer or the product. */
export const plainFields = [
  /** The order's number. Several columns together make it when no single one does. */
  'order',
  /** When it was ordered. */
  'time',
  /** The product's code. */
  'product',
  'name',
  /** Units; negative for a return. Without such a column every row is one unit. */
  'quantity',
  /** Money per unit, before the line's discount. */
  'price',
  /** Money paid for the whole line, after its discount; stands in for `price`. */
  'total',
  /** What one unit cost the shop. */
  'cost',
  /** What the whole line cost the shop; stands in for `cost`. */
  'total-cost',
  /** Money taken off the whole line; several columns are added up. */
  'discount',
  /** What the line's money is in; where it is blank, it is the shop's currency. */
  'currency',
  'promotion',
  'customer',
  'channel',
  /** Several columns make a path, from the widest category to the narrowest. */
  'category',
] as const;

export type PlainField = (typeof plainFields)[number];

/** A field, or a named attribute that is kept as text with the customer or the product. */
export type Field = PlainField | `customer.${string}` | `product.${string}`;

/** Says in `--map` that a column is left out. */
export const ignored = 'ignore';

const attribute = /^(?:customer|product)\.\S/;

/** @throws PairwellError `bad-input`, listing the fields there are */
export function parseField(text: string): Field | typeof ignored {
  if (text === ignored || (plainFields as readonly string[]).includes(text) || attribute.test(text)) {
    return text as Field | typeof ignored;
  }
  throw new PairwellError(
    'bad-input',
    `"${text}" is no field. A column can be mapped to ${plainFields.join(', ')}, customer.<attribute>, ` +
      `product.<attribute> or ${ignored}.`,
  );
}

/** The attribute's name when `field` is one of `owner`'s. */
export function attributeOf(owner: 'customer' | 'product', field: Field): string | undefined {
  return field.startsWith(`${owner}.`) ? field.slice(owner.length + 1) : undefined;
}
