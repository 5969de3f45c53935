/** One line of an order as the shop states it, cleaned. */
export interface OrderLine {
  order: string;
  /** Milliseconds since 1970. */
  time: number;
  product: string;
  name: string | null;
  /** Negative on a return. */
  quantity: number;
  unitPrice: number | null;
  unitCost: number | null;
  discount: number | null;
  promotion: string | null;
  /** Null on an anonymous order. */
  customer: string | null;
  channel: string | null;
  /** From the widest to the narrowest. */
  category: readonly string[] | null;
  /** Postage, a fee, a voucher …: no product of the shop's range. */
  nonProduct: boolean;
  customerAttributes: Attributes | null;
  productAttributes: Attributes | null;
}

export type Attributes = Readonly<Record<string, string>>;
