import type { OrderLine } from '../order-line.ts';

/** An order line that tells nothing but what is given: one mug, in 1970. */
export const lineOf = (facts: Partial<OrderLine>): OrderLine => ({
  order: '1',
  time: 0,
  product: 'mug',
  name: null,
  quantity: 1,
  unitPrice: null,
  unitCost: null,
  discount: null,
  promotion: null,
  customer: null,
  channel: null,
  category: null,
  nonProduct: false,
  customerAttributes: null,
  productAttributes: null,
  ...facts,
});
