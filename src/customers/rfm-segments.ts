interface Phrase {
  readonly en: string;
  readonly zh: string;
}

/** One of the ten named segments of recency and frequency. */
export interface RfmSegment {
  readonly id: string;
  readonly name: Phrase;
  /** What to do about these customers. */
  readonly advice: Phrase;
}

/** From the best to those who are as good as gone; columns hold the positions here. */
export const rfmSegments = [
  {
    id: 'champions',
    name: { en: 'Champions', zh: '冠军顾客' },
    advice: {
      en: 'They bought just now and buy often: reward them, show them what is new first, and spare them discounts.',
      zh: '刚刚买过且经常购买：给予回馈，新品优先推荐，无需打折。',
    },
  },
  {
    id: 'loyal',
    name: { en: 'Loyal customers', zh: '忠诚顾客' },
    advice: {
      en: 'They buy often: offer what goes with their usual products, and ask for reviews.',
      zh: '经常购买：推荐与常购商品搭配的商品，并邀请评价。',
    },
  },
  {
    id: 'potential-loyalist',
    name: { en: 'Potential loyalists', zh: '潜在忠诚顾客' },
    advice: {
      en: 'They came back a few times of late: make the next order easy, with a membership or what they are likely to need again.',
      zh: '近期多次回购：用会员计划或再次所需的商品促成下一单。',
    },
  },
  {
    id: 'new',
    name: { en: 'New customers', zh: '新顾客' },
    advice: {
      en: 'Their first order is fresh: see to it that it went well, and suggest a second one soon.',
      zh: '刚刚首次下单：确保购物体验良好，并尽快推荐第二单。',
    },
  },
  {
    id: 'promising',
    name: { en: 'Promising', zh: '有希望的顾客' },
    advice: {
      en: 'They bought not long ago, and little: remind them of the shop before it is forgotten.',
      zh: '不久前买过，但次数少：在被遗忘之前提醒他们。',
    },
  },
  {
    id: 'need-attention',
    name: { en: 'Need attention', zh: '需要关注的顾客' },
    advice: {
      en: 'Middling in all, and slackening: make a limited offer around what they bought before.',
      zh: '各方面居中且正在减弱：围绕以往所购商品给出限时优惠。',
    },
  },
  {
    id: 'about-to-sleep',
    name: { en: 'About to sleep', zh: '即将沉睡的顾客' },
    advice: {
      en: 'They bought seldom and some time ago: show best sellers, and spend little on them.',
      zh: '购买少且已有一段时间：推荐畅销商品，投入宜少。',
    },
  },
  {
    id: 'at-risk',
    name: { en: 'At risk', zh: '有流失风险的顾客' },
    advice: {
      en: 'They used to buy often and stopped: write to them in person, and find out what went wrong.',
      zh: '曾经常购买而现已停止：亲自联系，弄清原因。',
    },
  },
  {
    id: 'cant-lose',
    name: { en: "Can't lose them", zh: '不能失去的顾客' },
    advice: {
      en: 'They were among the most frequent and have gone silent: win them back first, by a call rather than a coupon.',
      zh: '曾是最常购买的顾客，如今沉默：最优先挽回，电话胜于优惠券。',
    },
  },
  {
    id: 'hibernating',
    name: { en: 'Hibernating', zh: '沉睡顾客' },
    advice: {
      en: 'They bought seldom and long ago: include them in what costs nothing, and let the others go first.',
      zh: '购买少且年代久远：只纳入零成本的触达，优先照顾其他顾客。',
    },
  },
] as const satisfies readonly RfmSegment[];

export type RfmSegmentId = (typeof rfmSegments)[number]['id'];

const hibernating = 'hibernating';
const potential = 'potential-loyalist';

/** By recency score, then frequency score, each from 1; the usual grid, as in RFM tables of ten segments. */
const grid: readonly (readonly RfmSegmentId[])[] = [
  [hibernating, hibernating, 'at-risk', 'at-risk', 'cant-lose'],
  [hibernating, hibernating, 'at-risk', 'at-risk', 'cant-lose'],
  ['about-to-sleep', 'about-to-sleep', 'need-attention', 'loyal', 'loyal'],
  ['promising', potential, potential, 'loyal', 'loyal'],
  ['new', potential, potential, 'champions', 'champions'],
];

const positions = grid.map((row) => row.map((id) => rfmSegments.findIndex((segment) => segment.id === id)));

/** How many scores there must be for the segments to have names. */
export const namedScores = 5;

/**
 * The position in `rfmSegments`.
 *
 * @param recency 1 … 5, 5 for the most recent
 * @param frequency 1 … 5, 5 for the most frequent
 */
export function rfmSegmentOf(recency: number, frequency: number): number {
  return positions[recency - 1][frequency - 1];
}
