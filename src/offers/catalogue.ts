/** A product as answers show it and policies check it; what it costs the shop is shown to analysts at most. */
export interface Product {
  readonly code: string;
  readonly name: string | null;
  readonly category: readonly string[];
  readonly price: number | null;
  readonly cost: number | null;
  /** Units on hand; null when the shop does not track stock. */
  readonly stock: number | null;
  readonly active: boolean;
  /** Postage, fees and the like. */
  readonly nonProduct: boolean;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** Why a product may not be offered at all; undefined when it may. */
export function unservable(product: Product | undefined): string | undefined {
  if (!product) return 'not in the catalogue';
  if (product.nonProduct) return 'not a product';
  if (!product.active) return 'inactive';
  if (product.stock !== null && product.stock <= 0) return 'out of stock';
  return undefined;
}

/** Whether a product is on promotion now: its attribute `promotion` says which one, or that there is one. */
export function isPromoted({ attributes: { promotion } }: Product): boolean {
  return typeof promotion === 'string' ? promotion.trim() !== '' : Boolean(promotion);
}
