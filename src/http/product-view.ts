import { z } from '@hono/zod-openapi';
import type { Product } from '../offers/catalogue.ts';

/** A product as the storefront sees it: never its cost. */
export const productView = z
  .object({
    id: z.string(),
    name: z.string().nullable(),
    category: z.array(z.string()),
    price: z.number().nullable(),
    stock: z.number().nullable(),
    attributes: z.record(z.string(), z.unknown()),
  })
  .partial()
  .openapi('Product');

export type ProductView = z.infer<typeof productView>;

export const productFields = ['id', 'name', 'category', 'price', 'stock', 'attributes'] as const;
export type ProductField = (typeof productFields)[number];

/** @param fields which fields to show; undefined for all */
export function viewProduct(product: Product, fields: readonly ProductField[] = productFields): ProductView {
  const view: ProductView = {};
  for (const field of fields) {
    if (field === 'id') view.id = product.code;
    else Object.assign(view, { [field]: product[field] });
  }
  return view;
}
