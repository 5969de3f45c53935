import type { ClusterChoice } from '../learn/kmeans/choose-clusters.ts';
import type { Trait } from './behaviour/behaviour.ts';
import type { OwnTrait } from './behaviour/own-traits.ts';
import { counted, figureText, percentText, type Words } from './behaviour/words.ts';

const finePercent = (share: number): string => `${Number((100 * share).toPrecision(3))} %`;

/** An average as it is called where figures are told. */
function averageWords({ average, isDrawn }: Pick<Trait, 'average' | 'isDrawn'>): Words {
  const isPlain = average === 'mean';
  return {
    en: `${isPlain ? 'means' : 'geometric means'}${isDrawn ? " of figures drawn to the shop's mean" : ''}`,
    zh: `${isDrawn ? '向全店均值收缩后的' : ''}${isPlain ? '算术平均' : '几何平均'}`,
  };
}

/** Sentences on segments, and on why somebody is in one, in both languages. */
export const segmentWords = {
  /** A customer's figure of a trait beside those of the segment and the shop. */
  ownTrait: (trait: Trait, { own, counted: countedAs }: OwnTrait): Words => {
    const text = trait.unit === 'share' ? percentText : figureText;
    const [here, shop, drawn] = [trait.here, trait.shop, countedAs].map(text);
    const average = averageWords(trait);
    const ownText = own === null ? { en: 'not known yet', zh: '尚不可知' } : { en: text(own), zh: text(own) };
    const how = trait.isDrawn
      ? { en: `, which counts as ${drawn}`, zh: `（按 ${drawn} 计）` }
      : { en: '', zh: '' };
    return {
      en: `${trait.label.en}: ${ownText.en}${how.en}; ${here} in this segment, ${shop} in the shop (${average.en})`,
      zh: `${trait.label.zh}：本人 ${ownText.zh}${how.zh}；本群 ${here}，全店 ${shop}（${average.zh}）`,
    };
  },
  recency: (date: string, days: number, score: number, scores: number): Words => ({
    en: `last order on ${date}, ${counted(days, 'day')} before: score ${score} of ${scores}`,
    zh: `最近一次下单 ${date}，距今 ${days} 天：${scores} 分制得 ${score} 分`,
  }),
  frequency: (orders: number, score: number, scores: number): Words => ({
    en: `${counted(orders, 'order')}: score ${score} of ${scores}`,
    zh: `${orders} 笔订单：${scores} 分制得 ${score} 分`,
  }),
  /** @param spent the revenue before returns */
  earned: (spent: number, profit: number): Words => {
    const [size, gain] = [spent, profit].map((amount) => Math.round(amount * 100) / 100);
    const rate = spent > 0 ? finePercent(profit / spent) : undefined;
    return {
      en: `a revenue of ${size} before returns, and a profit of ${gain}${rate ? `, ${rate} of it` : ''}`,
      zh: `退货前收入 ${size}，利润 ${gain}${rate ? `，占 ${rate}` : ''}`,
    };
  },
  /** @param definition the same in English */
  tierCutOffs: (
    definition: string,
    { minRevenue, minProfitRate }: { readonly minRevenue: number | null; readonly minProfitRate: number },
  ): Words => ({
    en: definition,
    zh:
      minRevenue === null
        ? '没有大客户：全部为荒漠。'
        : `退货前收入达 ${figureText(minRevenue)} 为大客户；净利润不低于其 ${finePercent(minProfitRate)} 者为高峰，不足者为流失；其余为荒漠。`,
  }),
  placed: (): Words => ({
    en: 'The model knows no order of this customer: the behavioural segment is by the orders that came since, and figures come with the next training.',
    zh: '模型尚无该顾客的订单：行为分群依据此后的订单得出，各项数值待下次训练后提供。',
  }),
  /** @param first the date of the first order */
  ordersAhead: (first: string): Words => ({
    en: `All orders of this customer are dated later than today, the first on ${first}: they are left out until their day has come, and figures come with the training after that.`,
    zh: `该顾客的所有订单日期都晚于今天，最早为 ${first}：到期之前不予计入，届时之后的训练才有数值。`,
  }),
  notPlaced: (): Words => ({
    en: 'The model knows no order of this customer, and there is none to tell a segment by: figures come with the next training after an order.',
    zh: '模型尚无该顾客的订单，也没有可据以分群的订单：下单后的下次训练才有数值。',
  }),
  nobodyToScore: (): Words => ({
    en: 'No known customer has an order: there is nobody to score.',
    zh: '没有任何已知顾客下过单：无人可评分。',
  }),
  fewToScore: (customers: number, scores: number): Words => ({
    en: `There ${customers === 1 ? 'is' : 'are'} only ${counted(customers, 'customer')} for ${scores} scores: the scores say little.`,
    zh: `仅有 ${customers} 位顾客却要分 ${scores} 档：评分意义不大。`,
  }),
  frequencyTied: (tied: number, customers: number): Words => ({
    en:
      `${tied} of the ${customers} customers order as often as somebody with another score of frequency: between them, it ` +
      'is decided by the order of their codes. Fixed cut-offs treat them alike.',
    zh: `${customers} 位顾客中有 ${tied} 位与频率得分不同的顾客下单次数相同：其间高下由编号顺序决定。固定分界则一视同仁。`,
  }),
  /** @param orders that each of them has */
  frequencyAlike: (customers: number, orders: number): Words => ({
    en:
      `All ${customers} customers have ${counted(orders, 'order')} each, so all have the lowest score of frequency: the segments ` +
      'tell how lately they ordered, and nothing else.',
    zh: `${customers} 位顾客的订单数都是 ${orders}，频次得分一律为最低：分群仅反映最近下单的早晚。`,
  }),
  /** Of one customer: what scores those of as many orders have. */
  tiedOrders: (orders: number, low: number, high: number): Words => ({
    en: `customers with ${counted(orders, 'order')} have scores from ${low} to ${high}: between them, it is decided by the order of their codes, not by what they did`,
    zh: `同为 ${orders} 笔订单的顾客得分从 ${low} 到 ${high}：其间高下由编号顺序决定，而非行为所致`,
  }),
  withoutNames: (named: number, scores: number): Words => ({
    en: `The segments have names with ${named} scores alone; there are ${scores}.`,
    zh: `只有分 ${named} 档时分群才有名称；现为 ${scores} 档。`,
  }),
  nobodyToPart: (): Words => ({ en: 'No known customer has an order.', zh: '没有任何已知顾客下过单。' }),
  fewToPart: (customers: number, least: number): Words => ({
    en: `${counted(customers, 'customer')} ${customers === 1 ? 'is' : 'are'} too few to be parted, ${least} is the least; give a number of segments to part them all the same.`,
    zh: `${customers} 位顾客太少，不足以分群（至少 ${least} 位）；如仍要分群，请指定群数。`,
  }),
  allAlike: (): Words => ({
    en: 'All customers do the same, as far as is known.',
    zh: '就所知而言，所有顾客的行为都相同。',
  }),
  fewerThanAsked: (different: number, asked: number): Words => ({
    en: `There ${different === 1 ? 'is 1 way' : `are ${different} different ways`} of buying only, so there ${different === 1 ? 'is 1 segment' : 'are as many segments'}, not ${asked}.`,
    zh: `只有 ${different} 种不同的购买方式，因此分为 ${different} 群，而不是 ${asked} 群。`,
  }),
  /** Why there are so many. */
  choice: ({ reason, explanation, clusters, table }: ClusterChoice): Words => {
    const row = table.find((one) => one.clusters === clusters);
    const digits = (value: number): string => value.toFixed(3);
    const zh: Record<ClusterChoice['reason'], string> = {
      'best-silhouette-among-stable': `在各次重抽样结果足够一致的群数中，分 ${clusters} 群的轮廓系数最高（${digits(row?.silhouette ?? -1)}）。`,
      'most-stable': `没有任何群数的重抽样结果足够一致；分 ${clusters} 群时最为一致（${digits(row?.stability.mean ?? 0)}）。这些分群可助观察数据，并非天然存在的类别。`,
      'all-alike': '所有顾客都相同，因此为一群。',
      'no-rows': '没有可分群的顾客。',
    };
    return { en: explanation, zh: zh[reason] };
  },
  /** How strongly the rules of segments are drawn to those of all; see `estimateStrength`. */
  strength: (strength: number, most: number, rules: number): Words => {
    if (rules === 0)
      return { en: 'There are no rules to hold segments against.', zh: '没有可供比较的规则。' };
    return strength >= most
      ? {
          en: 'Chance alone explains how the segments differ in these rules, so all of them have the confidence of all customers.',
          zh: '各群在这些规则上的差异仅用偶然即可解释，因此一律采用全体顾客的置信度。',
        }
      : {
          en: `A confidence in the segment is drawn to that of all customers: its own says as much once ${figureText(strength)} of its orders hold the left side, less with fewer, more with more.`,
          zh: `本群的置信度会向全体顾客的置信度收缩：当本群有 ${figureText(strength)} 笔订单含规则左侧商品时，两者分量相等，订单越多越以本群为准。`,
        };
  },
  deviation: (): Words => ({
    en: 'How far the drawn confidence is off that of all customers, in standard errors of a share of so many orders. It sorts the rules and is no test: orders of one customer are alike, and rules are many.',
    zh: '收缩后的置信度与全体顾客之差，以相应订单数下比例的标准误为单位。它用于排序，并非检验：同一顾客的订单彼此相似，且规则众多。',
  }),
} as const;
