import type { RejectReason } from './outcomes.ts';

/** What a kind of file means beyond its columns. */
export interface RowRules {
  productCode(text: string): string;
  customerCode(text: string): string;
  isNonProduct(productCode: string): boolean;
  /** Why a well-formed row is kept aside all the same. */
  objection(row: {
    order: string;
    name: string | null;
    quantity: number;
    unitPrice: number | null;
  }): RejectReason | undefined;
}

const asIs = (text: string): string => text;

/** For any shop's file: a negative quantity is a return, and a price may be missing or zero. */
export const generalRules: RowRules = {
  productCode: asIs,
  customerCode: asIs,
  isNonProduct: () => false,
  objection: ({ unitPrice }) => (unitPrice !== null && unitPrice < 0 ? 'negative-price' : undefined),
};

/** Postage, carriage, manual entries, bank and market-place fees, samples, discounts, vouchers, adjustments. */
const nonProduct =
  /^(?:POST|DOT|C2|C3|M|B|D|S|PADS|CRUK|BANK CHARGES|AMAZONFEE|ADJUST\d?|GIFT(?:_.*)?|TEST.*)$/;

/**
 * UCI Online Retail and Online Retail II: an order number that starts with `C` is a return and one with `A` an
 * adjustment of bad debt; other negative quantities are stock corrections.
 */
export const onlineRetailRules: RowRules = {
  // 85123a and 85123A are one product.
  productCode: (text) => text.toUpperCase(),
  // The published files went through a tool that made the numbers fractions: 17850.0.
  customerCode: (text) => (text.endsWith('.0') ? text.slice(0, -2) : text),
  isNonProduct: (code) => nonProduct.test(code),
  objection: ({ order, name, quantity, unitPrice }) => {
    const kind = order[0].toUpperCase();
    if (kind === 'A') return 'bad-debt';
    if (quantity < 0 && kind !== 'C') return 'stock-correction';
    if (quantity > 0 && kind === 'C') return 'positive-return';
    if (name === null) return 'no-name';
    if (unitPrice === null || unitPrice <= 0) return 'zero-price';
    return undefined;
  },
};
