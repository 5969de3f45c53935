import { type Words, words } from '../words.ts';
import type { EffectPrior } from './effect-belief.ts';

/** What may be done for a customer who may leave; of two that gain as much the first is chosen. */
export const actionNames = [
  'service-call-back',
  'update-payment',
  'care-call',
  'price-offer',
  'new-to-you',
  'due-reminder',
  'win-back',
] as const;

export type ActionName = (typeof actionNames)[number];

export interface RetentionAction {
  readonly words: Words;
  /** Whether it puts something right and sells nothing: all that is done while a complaint is open. */
  readonly isService: boolean;
  /** Whether it takes somebody to talk to: an e-mail will not do. */
  readonly needsPerson: boolean;
  /** The kinds of offers that the message may carry. A dearer product at its full price is in none. */
  readonly offers: readonly ('buy-again' | 'cross-sell' | 'bundle')[];
  /** Whether whoever stays gets a price that is tailored to him, also who would have stayed without it. */
  readonly givesPrice: boolean;
  /** What is believed of its effect before the shop's own control groups tell; null where it is the win-back plan's. */
  readonly prior: EffectPrior | null;
}

const believed = (mean: number, deviation: number): EffectPrior => ({ mean, deviation });

/**
 * The actions. How many of those who would leave stay because of them is an assumption of ours in every case: what is published is of
 * other trades, and its sign is not even sure. A telephone company's field experiment found 10 % gone of those who were recommended a
 * better plan, 6 % of the control (Ascarza, Iyengar and Schleicher, Journal of Marketing Research 53, 2016). So the beliefs are small,
 * do not rule out harm, and soon give way to what is measured.
 */
export const retentionActions: Readonly<Record<ActionName, RetentionAction>> = {
  'service-call-back': {
    words: words(
      'Call back and put it right; sell nothing',
      '回电解决问题，不做推销',
      '回電解決問題，不做推銷',
    ),
    isService: true,
    needsPerson: true,
    offers: [],
    givesPrice: false,
    prior: believed(0.15, 0.1),
  },
  'update-payment': {
    words: words('Ask to update how to pay', '请客户更新付款方式', '請客戶更新付款方式'),
    isService: true,
    needsPerson: false,
    offers: [],
    givesPrice: false,
    prior: believed(0.3, 0.15),
  },
  'care-call': {
    words: words('Call and ask what is missing', '致电了解不满之处', '致電了解不滿之處'),
    isService: true,
    needsPerson: true,
    offers: [],
    givesPrice: false,
    prior: believed(0.1, 0.1),
  },
  'price-offer': {
    words: words(
      'Offer a price that fits; nothing dearer',
      '提供合适的价格，不推荐更贵的商品',
      '提供合適的價格，不推薦更貴的商品',
    ),
    isService: false,
    needsPerson: false,
    offers: ['buy-again', 'bundle'],
    givesPrice: true,
    prior: believed(0.1, 0.1),
  },
  'new-to-you': {
    words: words(
      'Show what goes with what was bought',
      '推荐与已购商品相配的商品',
      '推薦與已購商品相配的商品',
    ),
    isService: false,
    needsPerson: false,
    offers: ['cross-sell', 'bundle'],
    givesPrice: false,
    prior: believed(0.03, 0.04),
  },
  'due-reminder': {
    words: words('Remind of what is due', '提醒到期补购的商品', '提醒到期補購的商品'),
    isService: false,
    needsPerson: false,
    offers: ['buy-again'],
    givesPrice: false,
    prior: believed(0.05, 0.05),
  },
  'win-back': {
    words: words('Make the offer of the win-back plan', '提供挽回计划中的优惠', '提供挽回計畫中的優惠'),
    isService: false,
    needsPerson: false,
    offers: ['buy-again', 'bundle'],
    givesPrice: false,
    prior: null,
  },
};
