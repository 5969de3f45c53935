import { type ReasonFamily, reasonFamilies } from '../reasons/reason-code.ts';
import { type Words, words } from '../words.ts';
import type { NormalPrior } from './prior-logistic.ts';

/** What is known of a lost customer on a day. */
export interface LostCustomer {
  /** Days since the last sign of life, ≥ 0. */
  readonly silence: number;
  /** Days with an order up to then, ≥ 0. */
  readonly orderDays: number;
  /** The mean of the days from one to the next; NaN with fewer than two. */
  readonly meanGap: number;
  /** Money spent in the 365 days up to the last sign of life. */
  readonly spend: number;
  /** Of the year before: none, or whether the last one was solved. */
  readonly complaint: 'none' | 'solved' | 'unsolved';
  readonly hasReferred: boolean;
  /** Whether the customer was lost before and came back. */
  readonly cameBackBefore: boolean;
  /** Undefined where the reason is not known. */
  readonly family: ReasonFamily | undefined;
}

export interface ReturnFeature {
  readonly id: string;
  readonly words: Words;
  /** What a rise by 1 is, for odds ratios to be read by. */
  readonly unit: Words;
  readonly prior: NormalPrior;
  /** Finite. */
  readonly of: (customer: LostCustomer, scale: ReturnScale) => number;
}

/** What is usual in the shop, so that figures of any shop can be held against the same beliefs. */
export interface ReturnScale {
  /** The median of what customers who left had spent in their last year, > 0 money. */
  readonly spend: number;
  /** The median of their mean gaps, > 0 days; it stands for a gap that is not known. */
  readonly gap: number;
}

/** What is believed of somebody silent for 180 days after two orders, of whom nothing else is known: one in ten comes back in 180 days. */
export const returnIntercept: NormalPrior = { mean: Math.log(0.1 / 0.9), deviation: 1 };

const doubling = words('each doubling', '每翻一倍', '每翻一倍');
const familyFeatureWords: Readonly<Record<ReasonFamily, Words>> = {
  service: words('Left over service', '因服务流失', '因服務流失'),
  product: words('Left over the product', '因产品流失', '因產品流失'),
  price: words('Left over price', '因价格流失', '因價格流失'),
  relationship: words('Left over the relationship', '因客户关系流失', '因客戶關係流失'),
  external: words('Left for outside causes', '因外部原因流失', '因外部因素流失'),
};

const familyBelief: Readonly<Record<ReasonFamily, number>> = {
  service: -0.4,
  product: -0.2,
  price: 0.4,
  relationship: -0.3,
  external: -0.3,
};

const yes = words('if so', '若是', '若是');

/**
 * What tells who comes back. The directions of the beliefs are Kumar, Bhagwat and Zhang's (Journal of Marketing 79, 2015): who had a
 * strong first life, referred others, did not complain or was satisfied, or left over price rather than service is likelier to return.
 * How strong they are is ours, and weak: with a deviation of 0.5 a coefficient is believed to lie within
 * ± 1 of its mean, so that the odds may be 2.7 times higher or lower than it says. Amounts are by doublings, since twice as much means as much for a small customer as for a large one.
 */
export const returnFeatures: readonly ReturnFeature[] = [
  {
    id: 'silence',
    words: words('Days of silence', '沉默天数', '沉默天數'),
    unit: doubling,
    prior: { mean: -0.4, deviation: 0.3 },
    of: ({ silence }) => Math.log2(Math.max(1, silence) / 180),
  },
  {
    id: 'silence-in-gaps',
    words: words('Silence against the own rhythm', '相对自身节奏的沉默', '相對自身節奏的沉默'),
    unit: doubling,
    prior: { mean: -0.2, deviation: 0.3 },
    of: ({ silence, meanGap }, { gap }) =>
      Math.log2(Math.max(1, silence) / Math.max(1, Number.isNaN(meanGap) ? gap : meanGap)),
  },
  {
    id: 'orders',
    words: words('Orders before', '此前订单数', '此前訂單數'),
    unit: doubling,
    prior: { mean: 0.3, deviation: 0.3 },
    of: ({ orderDays }) => Math.log2(Math.max(1, orderDays) / 2),
  },
  {
    id: 'spend',
    words: words('Spent in the last year', '最后一年消费额', '最後一年消費額'),
    unit: doubling,
    prior: { mean: 0.1, deviation: 0.2 },
    of: ({ spend }, scale) => Math.log2((Math.max(0, spend) + scale.spend / 4) / (1.25 * scale.spend)),
  },
  {
    id: 'complaint-unsolved',
    words: words('Complained, not solved', '投诉未解决', '投訴未解決'),
    unit: yes,
    prior: { mean: -0.7, deviation: 0.5 },
    of: ({ complaint }) => Number(complaint === 'unsolved'),
  },
  {
    id: 'complaint-solved',
    words: words('Complained, solved', '投诉已解决', '投訴已解決'),
    unit: yes,
    prior: { mean: 0.2, deviation: 0.5 },
    of: ({ complaint }) => Number(complaint === 'solved'),
  },
  {
    id: 'referred',
    words: words('Referred others', '推荐过他人', '推薦過他人'),
    unit: yes,
    prior: { mean: 0.6, deviation: 0.5 },
    of: ({ hasReferred }) => Number(hasReferred),
  },
  {
    id: 'came-back-before',
    words: words('Came back before', '曾经回归', '曾經回歸'),
    unit: yes,
    prior: { mean: 0.5, deviation: 0.5 },
    of: ({ cameBackBefore }) => Number(cameBackBefore),
  },
  ...reasonFamilies.map(
    (family): ReturnFeature => ({
      id: `reason-${family}`,
      words: familyFeatureWords[family],
      unit: yes,
      prior: { mean: familyBelief[family], deviation: 0.5 },
      of: (customer) => Number(customer.family === family),
    }),
  ),
];
