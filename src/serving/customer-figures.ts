import type { Words } from '../customers/behaviour/words.ts';
import type { CustomerInsights } from '../customers/customer-insights.ts';
import type { CustomerMoney } from '../customers/profit/profit.ts';
import { assumedShareOf } from '../customers/profit/tiers.ts';

/** What the figures of customers are taken from. */
export interface FigureSource {
  readonly insights: CustomerInsights;
  readonly money: CustomerMoney;
}

/** A figure of a customer by number; NaN where it is not known. */
export type Figure = (customer: number) => number;

/** How a figure is written: dates as days since 1970-01-01, flags as 1 and 0 within. */
export type FigureKind = 'number' | 'date' | 'flag';

export interface CustomerFigure {
  readonly kind: FigureKind;
  readonly label: Words;
  /** Of what it is counted in. */
  readonly unit: 'orders' | 'money' | 'days' | 'date' | 'score' | 'decile' | 'share' | 'yes or no';
  readonly isMoney: boolean;
  /** What it is, in a sentence. */
  readonly words: string;
  readonly of: (source: FigureSource) => Figure;
}

export const figureNames = [
  'orders',
  'revenue',
  'spent',
  'profit',
  'marginRate',
  'profitRate',
  'costToServe',
  'assumedCostShare',
  'recencyDays',
  'firstOrder',
  'lastOrder',
  'recencyScore',
  'frequencyScore',
  'monetaryScore',
  'revenueDecile',
  'profitDecile',
  'sureness',
  'medianGap',
  'dueDate',
  'isOverdue',
  'daysOverdue',
  'alive',
  'expectedOrders',
  'expectedSpend',
  'lifetimeValue',
] as const;

export type FigureName = (typeof figureNames)[number];

type Made = Omit<CustomerFigure, 'kind' | 'isMoney' | 'label'> & {
  readonly label: readonly [en: string, zh: string];
};

const kindOf: Partial<Record<CustomerFigure['unit'], FigureKind>> = { date: 'date', 'yes or no': 'flag' };

function figure({ label: [en, zh], unit, ...rest }: Made): CustomerFigure {
  return { kind: kindOf[unit] ?? 'number', isMoney: unit === 'money', label: { en, zh }, unit, ...rest };
}

/** The figure where the customer has ordered: all but the number of orders is of those alone. */
const ofOrdering =
  (figure: (source: FigureSource) => Figure) =>
  (source: FigureSource): Figure => {
    const { orders } = source.insights.profit.drivers;
    const value = figure(source);
    return (c) => (orders[c] > 0 ? value(c) : Number.NaN);
  };

const column = (columnOf: (source: FigureSource) => ArrayLike<number>) =>
  ofOrdering((source) => {
    const values = columnOf(source);
    return (c) => values[c];
  });

/** Money below it is what rounding leaves of sums that come to nothing, as when everything was sent back. */
const leastMoney = 1e-6;

const ratio = (part: number, whole: number): number => (whole > leastMoney ? part / whole : Number.NaN);

/** What customers can be found, sorted and written to files by. */
export const customerFigures: Readonly<Record<FigureName, CustomerFigure>> = {
  orders: figure({
    label: ['Orders', '订单数'],
    unit: 'orders',
    words: 'Documents with a line of positive quantity.',
    of: ({ insights }) => {
      const { orders } = insights.profit.drivers;
      return (c) => orders[c];
    },
  }),
  revenue: figure({
    label: ['Revenue', '收入'],
    unit: 'money',
    words: 'Quantity × price − discount over all lines of known price, fees included, less returns.',
    of: column(({ money }) => money.revenue),
  }),
  spent: figure({
    label: ['Revenue before returns', '退货前收入'],
    unit: 'money',
    words:
      'The revenue before anything was given back: how large the customer is, for peaks, drains and deserts.',
    of: column(({ money }) => money.spent),
  }),
  profit: figure({
    label: ['Profit', '利润'],
    unit: 'money',
    words: 'Revenue less what the goods cost and what serving the customer costs.',
    of: column(({ money }) => money.profit),
  }),
  marginRate: figure({
    label: ['Margin', '毛利率'],
    unit: 'share',
    words: 'What is left of the revenue after what the goods cost.',
    of: ofOrdering(
      ({ money: { revenue, goodsCost } }) =>
        (c) =>
          ratio(revenue[c] - goodsCost[c], revenue[c]),
    ),
  }),
  profitRate: figure({
    label: ['Profit rate', '净利率'],
    unit: 'share',
    words: 'Profit over revenue.',
    of: ofOrdering(
      ({ money: { revenue, profit } }) =>
        (c) =>
          ratio(profit[c], revenue[c]),
    ),
  }),
  costToServe: figure({
    label: ['Cost to serve', '服务成本'],
    unit: 'money',
    words: 'Picking, packing, shipping, rush, returns and service, at the rates of the model.',
    of: column(({ money }) => money.costToServe),
  }),
  assumedCostShare: figure({
    label: ['Assumed cost', '成本假设占比'],
    unit: 'share',
    words: 'Of what the goods cost, the part that is assumed, as the shop has not stated it.',
    of: ofOrdering(
      ({ money: { goodsCost, assumedGoodsCost } }) =>
        (c) =>
          assumedShareOf(assumedGoodsCost[c], goodsCost[c]) ?? Number.NaN,
    ),
  }),
  recencyDays: figure({
    label: ['Days since the last order', '距上次下单天数'],
    unit: 'days',
    words: 'From the last order to the day that the model was made for.',
    of: column(({ insights }) => insights.rfm.columns.recency),
  }),
  firstOrder: figure({
    label: ['First order', '首次下单'],
    unit: 'date',
    words: 'The day of the first order.',
    of: column(({ insights }) => insights.rhythm.columns.firstDay),
  }),
  lastOrder: figure({
    label: ['Last order', '最近下单'],
    unit: 'date',
    words: 'The day of the last order.',
    of: ofOrdering(
      ({ insights: { today, rfm } }) =>
        (c) =>
          today - rfm.columns.recency[c],
    ),
  }),
  recencyScore: figure({
    label: ['Recency score', 'R 分'],
    unit: 'score',
    words: 'How lately: the highest score for the latest.',
    of: column(({ insights }) => insights.rfm.columns.recencyScore),
  }),
  frequencyScore: figure({
    label: ['Frequency score', 'F 分'],
    unit: 'score',
    words: 'How often: the highest score for the most orders.',
    of: column(({ insights }) => insights.rfm.columns.frequencyScore),
  }),
  monetaryScore: figure({
    label: ['Monetary score', 'M 分'],
    unit: 'score',
    words: 'For how much: the highest score for the most revenue.',
    of: column(({ insights }) => insights.rfm.columns.monetaryScore),
  }),
  revenueDecile: figure({
    label: ['Revenue decile', '收入十分位'],
    unit: 'decile',
    words: 'Which tenth of the customers by revenue; 1 is the best.',
    of: column(({ insights }) => insights.value.columns.revenueDecile),
  }),
  profitDecile: figure({
    label: ['Profit decile', '利润十分位'],
    unit: 'decile',
    words: 'Which tenth of the customers by profit; 1 is the best.',
    of: column(({ insights }) => insights.value.columns.profitDecile),
  }),
  sureness: figure({
    label: ['Sureness of the segment', '分群确定度'],
    unit: 'share',
    words: 'How sure the behavioural segment is: 0 on the border of two, 1 in the middle of one.',
    of: column(({ insights }) => insights.behaviour.sureness),
  }),
  medianGap: figure({
    label: ['Days between orders', '下单间隔天数'],
    unit: 'days',
    words: 'The median of the gaps between days with an order; from three such days on.',
    of: column(({ insights }) => insights.rhythm.columns.medianGap),
  }),
  dueDate: figure({
    label: ['Next order due', '预计下单日'],
    unit: 'date',
    words: 'The last day with an order plus the median gap.',
    of: ofOrdering(({ insights }) => {
      const { dueDay } = insights.rhythm.columns;
      return (c) => (dueDay[c] < 0 ? Number.NaN : dueDay[c]);
    }),
  }),
  isOverdue: figure({
    label: ['Overdue', '已逾期'],
    unit: 'yes or no',
    words: 'Whether the customer has been silent for longer than the rhythm explains. As a bound: 1 or 0.',
    of: ofOrdering(({ insights }) => {
      const { isOverdue } = insights.rhythm.columns;
      return (c) => (isOverdue[c] < 0 ? Number.NaN : isOverdue[c]);
    }),
  }),
  daysOverdue: figure({
    label: ['Days overdue', '逾期天数'],
    unit: 'days',
    words: 'Of silence beyond what the rhythm explains, begun days counting whole; 0 where not overdue.',
    of: ofOrdering(({ insights }) => {
      const { isOverdue, allowedSilence } = insights.rhythm.columns;
      const { recency } = insights.rfm.columns;
      return (c) => {
        if (isOverdue[c] < 0) return Number.NaN;
        return isOverdue[c] === 0 ? 0 : Math.ceil(recency[c] - allowedSilence[c]);
      };
    }),
  }),
  alive: figure({
    label: ['Probability of being a customer', '仍为顾客的概率'],
    unit: 'share',
    words: 'How probable it is that the customer will order again at all; null where the orders do not tell.',
    of: column(({ insights }) => insights.lifetime.columns.alive),
  }),
  expectedOrders: figure({
    label: ['Expected order days', '预期下单天数'],
    unit: 'orders',
    words: 'Days with an order to expect within the horizon of lifetime value.',
    of: column(({ insights }) => insights.lifetime.columns.purchases),
  }),
  expectedSpend: figure({
    label: ['Expected spend', '预期单日消费'],
    unit: 'money',
    words: 'What a day with an order is to bring, net of what is sent back.',
    of: column(({ insights }) => insights.lifetime.columns.spend),
  }),
  lifetimeValue: figure({
    label: ['Lifetime value', '顾客终身价值'],
    unit: 'money',
    words:
      'Expected orders × expected spend × margin over the horizon, discounted; the margin is that of `lifetime` in the view of a customer, not `marginRate`.',
    of: column(({ insights }) => insights.lifetime.columns.value),
  }),
};

const msPerDay = 86_400_000;

/** A day since 1970-01-01 as ISO 8601. */
export const dateOf = (day: number): string => new Date(day * msPerDay).toISOString().slice(0, 10);

/** Significant digits of a figure that was kept as a float of 32 bits, and of any that is no money. */
const digits = 7;

/** A figure as JSON has it: money to four decimals, dates as text, flags as such, null where it is not known. */
export function figureValue(
  { kind, isMoney }: CustomerFigure,
  value: number,
): number | string | boolean | null {
  if (Number.isNaN(value)) return null;
  if (kind === 'date') return dateOf(value);
  if (kind === 'flag') return value === 1;
  if (isMoney) return Math.round(value * 1e4) / 1e4;
  return Number.isInteger(value) ? value : Number(value.toPrecision(digits));
}
