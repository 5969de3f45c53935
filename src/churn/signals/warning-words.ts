import { counted, figureText } from '../../customers/behaviour/words.ts';
import type { Words } from '../words.ts';
import type { Alarm } from './alarms.ts';
import type { SignalName } from './signal-names.ts';

/** A figure as it is told: more digits than it has would not be true. */
interface Figures {
  readonly expected: string;
  readonly seen: string;
  readonly days: number;
  /** The day on which the order was due, as YYYY-MM-DD. */
  readonly due: string;
  readonly orders: Readonly<Record<'en' | 'zh-Hans' | 'zh-Hant', string>>;
}

const dateText = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

/** Rarer than this is told as less than that. */
const mostOften = 1_000_000;

/** Of two digits, as one in so many: 200 for 0.0051. */
const onceIn = (chance: number): number =>
  Math.min(mostOften, Math.max(2, Math.round(Number((1 / Math.max(chance, 1e-300)).toPrecision(2)))));

/** What is expected and seen of things that happen in a window. */
const happening = (en: string, hans: string, hant: string): ((figures: Figures) => Words) => {
  return ({ expected, seen, days }) => ({
    en: `${en} in the last ${counted(days, 'day')}: ${seen}, where ${expected} would be usual.`,
    'zh-Hans': `最近${days}天${hans}${seen}次，通常约为${expected}次。`,
    'zh-Hant': `最近 ${days} 天${hant} ${seen} 次，通常約為 ${expected} 次。`,
  });
};

/** The same of days on which something happens. */
const daysWith = (en: string, hans: string, hant: string): ((figures: Figures) => Words) => {
  return ({ expected, seen, days }) => ({
    en: `Days with ${en} in the last ${counted(days, 'day')}: ${seen}, where ${expected} would be usual.`,
    'zh-Hans': `最近${days}天中有${seen}天${hans}，通常约为${expected}天。`,
    'zh-Hant': `最近 ${days} 天中有 ${seen} 天${hant}，通常約為 ${expected} 天。`,
  });
};

const sentences: Readonly<Record<SignalName, (figures: Figures) => Words>> = {
  'order-gap': ({ expected, seen, due }) => ({
    en: `Usually orders again after ${expected} days, so that an order was due about ${due}; silent for ${seen} days.`,
    'zh-Hans': `通常约${expected}天后再次下单，预计下单日期约为${due}；至今已有${seen}天未下单。`,
    'zh-Hant': `通常約 ${expected} 天後再次下單，預計下單日期約為 ${due}；至今已有 ${seen} 天未下單。`,
  }),
  'order-frequency': daysWith('an order', '下单', '下單'),
  'basket-value': ({ expected, seen, orders }) => ({
    en: `Money in the middle one of ${orders.en}: ${seen}, where ${expected} would be usual.`,
    'zh-Hans': `${orders['zh-Hans']}的金额中位数为${seen}，通常约为${expected}。`,
    'zh-Hant': `${orders['zh-Hant']}的金額中位數為 ${seen}，通常約為 ${expected}。`,
  }),
  'basket-variety': ({ expected, seen, orders }) => ({
    en: `Different products in the middle one of ${orders.en}: ${seen}, where ${expected} would be usual.`,
    'zh-Hans': `${orders['zh-Hans']}的商品种类数中位数为${seen}，通常约为${expected}。`,
    'zh-Hant': `${orders['zh-Hant']}的商品種類數中位數為 ${seen}，通常約為 ${expected}。`,
  }),
  discount: ({ expected, seen, orders }) => ({
    en: `Of ${orders.en}, mostly at a discount: ${seen}, where ${expected} would be usual.`,
    'zh-Hans': `${orders['zh-Hans']}中有${seen}笔主要为折扣商品，通常约为${expected}笔。`,
    'zh-Hant': `${orders['zh-Hant']}中有 ${seen} 筆主要為折扣商品，通常約為 ${expected} 筆。`,
  }),
  engagement: daysWith('a visit', '到访', '到訪'),
  satisfaction: ({ expected, seen }) => ({
    en: `The last satisfaction score is ${seen}, where ${expected} would be usual.`,
    'zh-Hans': `最近一次满意度评分为${seen}，通常约为${expected}。`,
    'zh-Hant': `最近一次滿意度評分為 ${seen}，通常約為 ${expected}。`,
  }),
  complaints: happening('Complaints', '投诉', '投訴'),
  'service-calls': happening('Service calls', '客服来电', '客服來電'),
  'failed-payments': happening('Failed payments', '付款失败', '付款失敗'),
  returns: happening('Returns', '退货', '退貨'),
};

/**
 * An alarm for a manager: what is usual, what was seen, and how often that happens by chance.
 *
 * @param today the day of the warnings, since 1970-01-01
 */
export function warningWords(alarm: Alarm, today: number): Words {
  const { name, expected, seen, windowDays, recent = 0, chance } = alarm;
  const isGap = name === 'order-gap';
  const told = sentences[name]({
    expected: isGap ? String(Math.round(expected)) : figureText(expected),
    seen: isGap ? String(Math.round(seen)) : figureText(seen),
    days: windowDays,
    due: dateText(today - Math.round(seen) + Math.round(expected)),
    orders: {
      en: `the last ${counted(recent, 'order')}`,
      'zh-Hans': `最近${recent}笔订单`,
      'zh-Hant': `最近 ${recent} 筆訂單`,
    },
  });
  const often = onceIn(chance);
  const number = often.toLocaleString('en-GB');
  const isRarer = chance * mostOften < 1;
  const [en, hans, hant] = isRarer ? ['less than once', '不到', '不到'] : ['once', '约为', '約為'];
  return {
    en: `${told.en} ${isGap ? 'So long a silence' : 'This'} happens by chance ${en} in ${number}.`,
    'zh-Hans': `${told['zh-Hans']}${isGap ? '如此长的沉默' : '这种情况'}纯属偶然的概率${hans}${number}分之一。`,
    'zh-Hant': `${told['zh-Hant']}${isGap ? '如此長的沉默' : '這種情況'}純屬偶然的機率${hant} ${number} 分之一。`,
  };
}
