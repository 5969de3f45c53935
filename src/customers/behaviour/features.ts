import type { Words } from './words.ts';

/** What a feature is about; a block weighs the same however many features it has. */
export type Block = 'kinds' | 'time' | 'basket' | 'price' | 'channel' | 'rhythm' | 'returns' | 'breadth';

/** What a customer's own figure rests on, as a number: the more of it, the less it is drawn to the shop's mean. */
export type Evidence = 'orders' | 'pricedOrders' | 'laterOrders' | 'gaps' | 'months' | 'certain';

/**
 * How a figure in its unit becomes the one that is averaged and scaled: as it is, ln(1 + x) for what is skewed from 0 on, ln x
 * for what is a multiple.
 */
export type FeatureScale = 'plain' | 'log1p' | 'log';

/** One thing about what a customer does. */
export interface Feature {
  /** Stable within a model; of a kind or a channel it has the number. */
  readonly name: string;
  readonly block: Block;
  /** Of a figure for people to read. */
  readonly unit: 'share' | 'products' | 'units' | 'times' | 'days' | 'orders a month' | 'kinds';
  readonly scale: FeatureScale;
  readonly evidence: Evidence;
  /** What it is. */
  readonly label: Words;
  /** Who has much of it, for names. */
  readonly high: Words;
  readonly low: Words;
}

type Phrases = readonly [en: string, zh: string];

function feature(
  name: string,
  block: Block,
  [unit, scale, evidence]: readonly [Feature['unit'], FeatureScale, Evidence],
  [label, high, low]: readonly [Phrases, Phrases, Phrases],
): Feature {
  const words = ([en, zh]: Phrases): Words => ({ en, zh });
  return { name, block, unit, scale, evidence, label: words(label), high: words(high), low: words(low) };
}

/** The features of every shop, in the order in which a `BehaviourTally` writes them. */
export const commonFeatures: readonly Feature[] = [
  feature(
    'morning',
    'time',
    ['share', 'plain', 'orders'],
    [
      ['orders from 5:00 to 12:00', '5 点至 12 点的订单'],
      ['morning orders', '上午下单'],
      ['few morning orders', '很少上午下单'],
    ],
  ),
  feature(
    'evening',
    'time',
    ['share', 'plain', 'orders'],
    [
      ['orders from 17:00 to 22:00', '17 点至 22 点的订单'],
      ['evening orders', '晚间下单'],
      ['few evening orders', '很少晚间下单'],
    ],
  ),
  feature(
    'night',
    'time',
    ['share', 'plain', 'orders'],
    [
      ['orders from 22:00 to 5:00', '22 点至次日 5 点的订单'],
      ['night orders', '深夜下单'],
      ['few night orders', '很少深夜下单'],
    ],
  ),
  feature(
    'weekend',
    'time',
    ['share', 'plain', 'orders'],
    [
      ['orders on Saturday or Sunday', '周末订单'],
      ['weekend orders', '周末下单'],
      ['weekday orders', '工作日下单'],
    ],
  ),
  feature(
    'lines',
    'basket',
    ['products', 'log1p', 'orders'],
    [
      ['different products in an order', '每单商品种数'],
      ['large baskets', '购物篮大'],
      ['small baskets', '购物篮小'],
    ],
  ),
  feature(
    'units',
    'basket',
    ['units', 'log1p', 'orders'],
    [
      ['units in an order', '每单件数'],
      ['many units', '件数多'],
      ['few units', '件数少'],
    ],
  ),
  feature(
    'priceLevel',
    'price',
    ['times', 'log', 'pricedOrders'],
    [
      ['prices against the usual one of the kind', '价格相对同类常价'],
      ['high prices', '偏好高价'],
      ['low prices', '偏好低价'],
    ],
  ),
  feature(
    'discount',
    'price',
    ['share', 'plain', 'pricedOrders'],
    [
      ['discount', '折扣占比'],
      ['large discounts', '折扣多'],
      ['hardly any discount', '很少折扣'],
    ],
  ),
  feature(
    'promotion',
    'price',
    ['share', 'plain', 'orders'],
    [
      ['products on promotion', '促销商品占比'],
      ['promotion buyers', '爱买促销品'],
      ['hardly any promotions', '很少买促销品'],
    ],
  ),
  feature(
    'recency',
    'rhythm',
    ['days', 'log1p', 'certain'],
    [
      ['days since the last order', '距上次下单天数'],
      ['long silent', '久未下单'],
      ['active lately', '近期活跃'],
    ],
  ),
  feature(
    'gap',
    'rhythm',
    ['days', 'log1p', 'gaps'],
    [
      ['days between orders', '下单间隔天数'],
      ['long pauses', '间隔长'],
      ['short pauses', '间隔短'],
    ],
  ),
  feature(
    'rate',
    'rhythm',
    ['orders a month', 'log1p', 'months'],
    [
      ['orders a month', '每月订单数'],
      ['frequent orders', '下单频繁'],
      ['rare orders', '下单稀少'],
    ],
  ),
  feature(
    'returns',
    'returns',
    ['share', 'plain', 'orders'],
    [
      ['lines sent back', '退货行占比'],
      ['many returns', '退货多'],
      ['few returns', '退货少'],
    ],
  ),
  feature(
    'kindsBought',
    'breadth',
    ['kinds', 'log', 'pricedOrders'],
    [
      ['kinds of products', '品类数'],
      ['wide range', '品类广'],
      ['narrow range', '品类窄'],
    ],
  ),
  feature(
    'again',
    'breadth',
    ['share', 'plain', 'laterOrders'],
    [
      ['products bought before', '回购商品占比'],
      ['the same again', '常回购'],
      ['always something new', '常换新品'],
    ],
  ),
];

/** A name that does not speak for itself, such as the number of a store, is called a channel. */
const channelName = (name: string): string => (/\p{L}{2}/u.test(name) ? name : `channel ${name}`);

/** The share of orders that come by a channel. */
export const channelFeature = (n: number, name: string): Feature =>
  feature(
    `channel.${n}`,
    'channel',
    ['share', 'plain', 'orders'],
    [
      [`orders by ${channelName(name)}`, `${name}渠道订单`],
      [`orders by ${channelName(name)}`, `常用${name}渠道`],
      [`hardly by ${channelName(name)}`, `少用${name}渠道`],
    ],
  );

/** The share of an order's money, on average of the orders, that goes to a kind of products. */
export const kindFeature = (n: number, name: string): Feature =>
  feature(
    `kind.${n}`,
    'kinds',
    ['share', 'plain', 'pricedOrders'],
    [
      [`spent on ${name}`, `“${name}”支出占比`],
      [`much ${name}`, `多买“${name}”`],
      [`little ${name}`, `少买“${name}”`],
    ],
  );

/** The figure in the feature's unit that a figure on its scale stands for. */
export function inUnit(scale: FeatureScale, value: number): number {
  if (scale === 'plain') return value;
  return scale === 'log' ? Math.exp(value) : Math.expm1(value);
}
