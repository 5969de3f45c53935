import type { z } from '@hono/zod-openapi';
import type { Product } from '../offers/catalogue.ts';
import { comparison } from '../offers/upgrades/comparison.ts';
import { isFavour, type SegmentFavour } from '../offers/upgrades/segment-favour.ts';
import type { Upgrade } from '../offers/upgrades/upgrade.ts';
import { upgradeText } from '../offers/upgrades/upgrade-words.ts';
import type { ServedModel } from '../serving/live-shop.ts';
import { moneyOf } from './figures.ts';
import { viewProduct } from './product-view.ts';
import type { UpgradesAnswer, upgradesAnswer } from './upgrade-schemas.ts';

const nameOf = ({ code, name }: Product) => ({ productId: code, name });

/** Of products with a price. */
const differenceOf = (product: Product, { price }: Product) => ({
  amount: moneyOf(price! - product.price!),
  share: price! / product.price! - 1,
});

const customersOwn = (favour: SegmentFavour | undefined) =>
  favour ? { ...favour, favours: isFavour(favour) } : null;

export function viewUpgrade(
  product: Product,
  upgrade: Upgrade,
  position: number,
): z.infer<typeof upgradesAnswer>['upgrades'][number] {
  const { buyers, returned, steppedUp, steppedDown } = upgrade.steps;
  return {
    productId: upgrade.product.code,
    position,
    alikeness: upgrade.alikeness,
    probability: upgrade.probability,
    difference: differenceOf(product, upgrade.product),
    grows: [...upgrade.grows],
    shrinks: [...upgrade.shrinks],
    relation: upgrade.relation ?? null,
    history: {
      buyers,
      returned,
      steppedUp,
      steppedDown,
      share: returned > 0 ? steppedUp / returned : null,
      upShare: upgrade.upShare,
    },
    favouredBy: upgrade.favouredBy ?? null,
    customerSegment: customersOwn(upgrade.customerSegment),
    reason: { text: upgradeText(product, upgrade), because: [nameOf(product)] },
    product: viewProduct(upgrade.product),
  };
}

export function viewComparison(
  { model, assortment, rules, recommender }: ServedModel,
  product: Product,
  upgrades: readonly Upgrade[],
): UpgradesAnswer['comparison'] {
  const products = [product, ...upgrades.map((upgrade) => upgrade.product)];
  const serves = (rule: number): boolean => recommender.serves(rule);
  const { attributes, alsoBought } = comparison({ model, assortment, rules, serves }, product, upgrades);
  return {
    productIds: products.map(({ code }) => code),
    prices: products.map(({ price }) => price),
    differences: products.map((one) => (one === product ? null : differenceOf(product, one))),
    attributes: attributes.map((row) => ({ ...row, values: [...row.values] })),
    alsoBought: alsoBought.map((beside) =>
      beside.map(({ item, share }) => ({ ...nameOf(assortment.product(item)!), share })),
    ),
  };
}
