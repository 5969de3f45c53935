import { below, type Random } from '../../src/learn/random.ts';
import { categoryCode, productCode, type ServingPlan } from './serving-shop.ts';

/** Bodies for `POST /v1/policies`: pins in one placement each, boosts, products hidden, some of it for one segment alone. */
export function servePolicies(
  { products }: ServingPlan,
  count: number,
  segments: readonly string[],
  random: Random,
): Record<string, unknown>[] {
  const code = (): string => productCode(below(products, random));
  return Array.from({ length: count }, (_, n) => {
    const name = `policy ${n}`;
    const forSegment =
      segments.length > 0 && n % 3 === 0 ? { segments: [segments[n % segments.length]] } : {};
    const category = [categoryCode(below(products, random))];
    switch (n % 5) {
      case 0:
        return { name, ...forSegment, action: 'boost', factor: 1.5, categories: [category] };
      case 1:
        return { name, ...forSegment, action: 'bury', factor: 0.5, categories: [category] };
      case 2:
        return { name, ...forSegment, action: 'boost', factor: 2, products: [code(), code()] };
      case 3:
        return { name, ...forSegment, action: 'hide', products: [code(), code()] };
      default:
        // One for each position: of two in one place only one could be shown, and the other is refused.
        return n < 45
          ? {
              name,
              ...forSegment,
              action: 'pin',
              productId: code(),
              position: 1 + (n % 9),
              placements: ['home'],
            }
          : { name, ...forSegment, action: 'hide', products: [code()] };
    }
  });
}
