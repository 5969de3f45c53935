import { type ChurnFeature, churnWords, type FeatureKind, type RuleWords } from './churn-feature.ts';

/** Windows of so many days before the cut-off. */
export const countWindows: readonly number[] = [30, 90, 180, 365];

type Phrases = readonly [en: string, zhHans: string, zhHant: string];

const feature = (
  name: string,
  kind: FeatureKind,
  unit: string,
  phrases: Phrases,
  inRules?: RuleWords,
): ChurnFeature => ({
  ...{ name, kind, unit, source: null },
  label: churnWords(...phrases),
  ...(inRules && { inRules }),
});

const since = (...label: Phrases): RuleWords => ({ kind: 'days-since', label: churnWords(...label) });
const called = (...label: Phrases): RuleWords => ({ label: churnWords(...label) });

const inWindow = (name: string, [en, hans, hant]: Phrases): ChurnFeature[] =>
  countWindows.map((days) =>
    feature(`${name}${days}`, 'count', '', [
      `${en} in the last ${days} days`,
      `近 ${days} 天${hans}`,
      `近 ${days} 天${hant}`,
    ]),
  );

/** Of every shop, in the order in which `orderColumns` writes them. */
export const orderFeatures: readonly ChurnFeature[] = [
  feature(
    'recency',
    'days',
    'days',
    ['days since the last order', '距上次下单天数', '距上次下單天數'],
    since('the last order', '上次下单', '上次下單'),
  ),
  feature(
    'tenure',
    'days',
    'days',
    ['days since the first order', '距首次下单天数', '距首次下單天數'],
    since('the first order', '首次下单', '首次下單'),
  ),
  ...inWindow('orders', ['orders', '订单数', '訂單數']),
  feature('orders', 'count', '', ['orders in all', '订单总数', '訂單總數']),
  ...inWindow('orderDays', ['days with an order', '下单天数', '下單天數']),
  feature('orderDays', 'count', '', ['days with an order in all', '下单总天数', '下單總天數']),
  feature(
    'meanGap',
    'days',
    'days',
    ['mean days between orders', '平均下单间隔', '平均下單間隔'],
    called('the mean gap between orders', '平均下单间隔', '平均下單間隔'),
  ),
  feature(
    'medianGap',
    'days',
    'days',
    ['usual days between orders', '通常下单间隔', '通常下單間隔'],
    called('the usual gap between orders', '通常下单间隔', '通常下單間隔'),
  ),
  feature(
    'gapSpread',
    'days',
    'days',
    ['how far gaps between orders vary', '下单间隔的波动', '下單間隔的波動'],
    {
      kind: 'number',
      label: churnWords('the variation of the gaps between orders', '下单间隔的波动', '下單間隔的波動'),
    },
  ),
  feature('silenceInGaps', 'score', 'times', [
    'silence against the mean gap',
    '沉默时长与平均间隔之比',
    '沉默時長與平均間隔之比',
  ]),
  feature('silenceAllowed', 'score', 'times', [
    'silence against the longest that the rhythm explains',
    '沉默时长与节奏可解释的最长间隔之比',
    '沉默時長與節奏可解釋的最長間隔之比',
  ]),
  feature(
    'revenue90',
    'money',
    'money',
    ['spent in the last 90 days', '近 90 天消费', '近 90 天消費'],
    called('spending in the last 90 days', '近 90 天消费', '近 90 天消費'),
  ),
  feature(
    'revenue365',
    'money',
    'money',
    ['spent in the last 365 days', '近 365 天消费', '近 365 天消費'],
    called('spending in the last 365 days', '近 365 天消费', '近 365 天消費'),
  ),
  feature(
    'revenue',
    'money',
    'money',
    ['spent in all', '消费总额', '消費總額'],
    called('spending in all', '消费总额', '消費總額'),
  ),
  feature('revenueTrend', 'score', '', [
    'spending in the last 90 days against the 90 before (−1 … 1)',
    '近 90 天与前 90 天消费之比（−1 … 1）',
    '近 90 天與前 90 天消費之比（−1 … 1）',
  ]),
  feature(
    'basketValue',
    'money',
    'money',
    ['value of an order', '每单金额', '每單金額'],
    called('the value of an order', '每单金额', '每單金額'),
  ),
  feature('basketTrend', 'score', '', [
    'value of the last three orders against those before (−1 … 1)',
    '最近三单与此前订单金额之比（−1 … 1）',
    '最近三單與此前訂單金額之比（−1 … 1）',
  ]),
  feature('products', 'count', '', ['different products bought', '购买过的商品种数', '購買過的商品種數']),
  feature('products365', 'count', '', [
    'different products bought in the last 365 days',
    '近 365 天购买的商品种数',
    '近 365 天購買的商品種數',
  ]),
  feature('categories', 'count', '', ['different categories bought', '购买过的品类数', '購買過的品類數']),
  feature('basketSize', 'count', '', ['different products in an order', '每单商品种数', '每單商品種數']),
  feature('discountShare', 'share', '', ['share of the price taken off', '折扣占比', '折扣占比']),
  feature('promotedShare', 'share', '', ['share of lines on promotion', '促销行占比', '促銷行占比']),
  feature('returns365', 'count', '', [
    'returns in the last 365 days',
    '近 365 天退货次数',
    '近 365 天退貨次數',
  ]),
  feature(
    'returnShare',
    'share',
    '',
    ['value sent back, as a share', '退货金额占比', '退貨金額占比'],
    called('the share of the value sent back', '退货金额占比', '退貨金額占比'),
  ),
  feature(
    'weekendShare',
    'share',
    '',
    ['orders on Saturday or Sunday', '周末下单占比', '週末下單占比'],
    called('the share of orders on Saturday or Sunday', '周末下单占比', '週末下單占比'),
  ),
  feature(
    'eveningShare',
    'share',
    '',
    ['orders from 17:00 on', '17 点以后下单占比', '17 點以後下單占比'],
    called('the share of orders from 17:00 on', '17 点以后下单占比', '17 點以後下單占比'),
  ),
  feature('lastYear', 'count', '', [
    'days with an order in these weeks a year before',
    '去年同期下单天数',
    '去年同期下單天數',
  ]),
  feature(
    'sincePeak',
    'days',
    'days',
    ["days since the shop's peak", '距店铺上次旺季天数', '距店鋪上次旺季天數'],
    since("the shop's peak", '店铺上次旺季', '店鋪上次旺季'),
  ),
  feature(
    'untilPeak',
    'days',
    'days',
    ["days until the shop's next peak", '距店铺下次旺季天数', '距店鋪下次旺季天數'],
    called("the time until the shop's next peak", '距店铺下次旺季的时间', '距店鋪下次旺季的時間'),
  ),
  feature('expectedPurchases', 'count', '', [
    'purchases expected in the horizon (BG/NBD)',
    '预测期内预期购买次数（BG/NBD）',
    '預測期內預期購買次數（BG/NBD）',
  ]),
  feature(
    'lostOdds',
    'score',
    '',
    [
      'odds of being lost already (BG/NBD, logarithm)',
      '已经流失的几率（BG/NBD，对数）',
      '已經流失的勝算（BG/NBD，對數）',
    ],
    {
      isPlural: true,
      label: churnWords('the odds of being lost already', '已经流失的几率', '已經流失的勝算'),
    },
  ),
];

/** By contract, in the order in which `contractColumns` writes them; its plan stands behind them. */
export const contractFeatures: readonly ChurnFeature[] = [
  feature(
    'contractDays',
    'days',
    'days',
    ['days under contract without a gap', '连续签约天数', '連續簽約天數'],
    called('the time under contract without a gap', '连续签约时间', '連續簽約時間'),
  ),
  feature('contractAmount', 'money', 'money', ['what the contract costs a month', '合约月费', '合約月費']),
  feature('contractChange', 'score', '', [
    'the monthly amount against that before the last change (−1 … 1)',
    '月费与上次变更前之比（−1 … 1）',
    '月費與上次變更前之比（−1 … 1）',
  ]),
  feature(
    'sinceContractChange',
    'days',
    'days',
    ['days since the price or plan last changed', '距上次变更价格或方案天数', '距上次變更價格或方案天數'],
    since('the last change of price or plan', '上次变更价格或方案', '上次變更價格或方案'),
  ),
  feature('contractChanges365', 'count', '', [
    'changes of price or plan in the last 365 days',
    '近 365 天变更价格或方案次数',
    '近 365 天變更價格或方案次數',
  ]),
];

const eventWords: Readonly<Record<string, Phrases>> = {
  complaint: ['complaints', '投诉', '投訴'],
  'service-call': ['service calls', '客服来电', '客服來電'],
  satisfaction: ['satisfaction scores', '满意度评分', '滿意度評分'],
  'payment-failed': ['failed payments', '付款失败', '付款失敗'],
  cancellation: ['cancellations', '取消', '取消'],
  visit: ['visits', '访问', '造訪'],
  view: ['products viewed', '浏览商品', '瀏覽商品'],
  click: ['offers clicked', '点击推荐', '點擊推薦'],
  accept: ['offers accepted', '接受推荐', '接受推薦'],
  dismiss: ['offers dismissed', '拒绝推荐', '拒絕推薦'],
  impression: ['offers seen', '看到推荐', '看到推薦'],
  'add-to-cart': ['products put into the cart', '加入购物车', '加入購物車'],
};

const phrasesOf = (kind: string): Phrases =>
  eventWords[kind] ?? [`events "${kind}"`, `事件“${kind}”`, `事件「${kind}」`];

/** Of a kind of events, in the order in which `eventColumns` writes them. */
export function eventFeatures(kind: string): ChurnFeature[] {
  const [en, hans, hant] = phrasesOf(kind);
  return [
    feature(`event.${kind}.30`, 'count', '', [
      `${en} in the last 30 days`,
      `近 30 天${hans}次数`,
      `近 30 天${hant}次數`,
    ]),
    feature(`event.${kind}.180`, 'count', '', [
      `${en} in the last 180 days`,
      `近 180 天${hans}次数`,
      `近 180 天${hant}次數`,
    ]),
    feature(
      `event.${kind}.since`,
      'days',
      'days',
      [`days since the last of ${en}`, `距上次${hans}天数`, `距上次${hant}天數`],
      since(`the last of ${en}`, `上次${hans}`, `上次${hant}`),
    ),
  ];
}

/** Of a kind of events that say a number, behind its {@link eventFeatures}. */
export function eventValueFeatures(kind: string): ChurnFeature[] {
  const [en, hans, hant] = phrasesOf(kind);
  return [
    feature(
      `event.${kind}.last`,
      'score',
      '',
      [`last of ${en}`, `最近一次${hans}`, `最近一次${hant}`],
      called(`the last of ${en}`, `最近一次${hans}`, `最近一次${hant}`),
    ),
    feature(
      `event.${kind}.mean`,
      'score',
      '',
      [`mean of ${en}`, `${hans}均值`, `${hant}均值`],
      called(`the mean of ${en}`, `${hans}均值`, `${hant}均值`),
    ),
  ];
}

export const channelFeature = (name: string): ChurnFeature =>
  feature(`channel=${name}`, 'share', '', [
    `share of orders by ${name}`,
    `${name}渠道订单占比`,
    `${name}通路訂單占比`,
  ]);
