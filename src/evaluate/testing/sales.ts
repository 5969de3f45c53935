import { SalesBuilder } from '../reading/sales-builder.ts';
import type { Sales } from '../sales.ts';

export interface OrderLiteral {
  readonly day: number;
  /** Null for nobody known. */
  readonly customer: string | null;
  readonly items: readonly string[];
  /** Those of them that are on promotion; none by default. */
  readonly promoted?: readonly string[];
  /** Of each line. */
  readonly revenue?: number;
  readonly profit?: number;
}

export function salesOf(orders: readonly OrderLiteral[]): Sales {
  const builder = new SalesBuilder();
  for (const { day, customer, items, promoted = [], revenue = Number.NaN, profit = Number.NaN } of orders) {
    const order = builder.openOrder(day * 86_400_000);
    builder.setCustomer(order, customer);
    for (const item of items)
      builder.addLine(order, { item, revenue, profit, isPromoted: promoted.includes(item) });
  }
  return builder.build();
}
