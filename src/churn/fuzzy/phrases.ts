import type { FeatureKind, RuleLanguage } from './features.ts';

/** Whether it is so, for one set, or not so, for one or several sets of the same feature. */
export interface Claim {
  /** Places among the five sets, ascending; one if it is so. */
  readonly places: readonly number[];
  readonly isNot: boolean;
}

/** What rules need of a language. */
export interface Phrases {
  /** That a number is in one of the five sets, or in none of some. */
  number(kind: FeatureKind, label: string, isPlural: boolean, claim: Claim): string;
  /** That something is one of some values, or none of them. */
  value(
    kind: FeatureKind,
    label: string,
    isPlural: boolean,
    values: readonly string[],
    isNot: boolean,
  ): string;
  /** That it is stated, or not. */
  stated(label: string, isPlural: boolean, isNot: boolean): string;
  has(label: string, hasIt: boolean): string;
  /** That a clause is not known to be true. */
  unknown(clause: string): string;
  /** That all of some clauses hold. */
  all(clauses: readonly string[]): string;
  /** That one of some clauses holds at least. */
  any(clauses: readonly string[]): string;
  /** What follows from any of some rules, each of several clauses. */
  rule(conjunctions: readonly (readonly string[])[], outcome: 'leaving' | 'staying'): string;
  /** That there are no rules. */
  none(): string;
  /** What came of the customers that a rule held for; null if there were none. */
  figures(figures: WrittenFigures | null): string;
}

/** Figures of a rule as they are written. */
export interface WrittenFigures {
  readonly customers: string;
  /** Shares: of those who left among them, its interval, and that of all. */
  readonly rate: string;
  readonly low: string;
  readonly high: string;
  readonly baseRate: string;
  readonly lift: string;
}

type Five = readonly [string, string, string, string, string];
type Adjectives = Readonly<Record<'days-since' | 'duration' | 'count' | 'other', Five>>;

function fiveOf(adjectives: Adjectives, kind: FeatureKind): Five {
  return kind === 'days-since' || kind === 'duration' || kind === 'count'
    ? adjectives[kind]
    : adjectives.other;
}

const enLow: Five = ['very low', 'low', 'near the average', 'high', 'very high'];
const enAdjectives: Adjectives = {
  'days-since': ['very recent', 'recent', 'an average time ago', 'long ago', 'very long ago'],
  duration: ['very short', 'short', 'near the average', 'long', 'very long'],
  count: ['very few', 'few', '', 'many', 'very many'],
  other: enLow,
};

const neither = (words: readonly string[]): string =>
  words.length === 1 ? `not ${words[0]}` : `neither ${words.join(' nor ')}`;

/** British English. */
const en: Phrases = {
  number: (kind, label, isPlural, { places, isNot }) => {
    const words = places.map((place) => fiveOf(enAdjectives, kind)[place]);
    if (kind !== 'count') return `${label} ${isPlural ? 'are' : 'is'} ${isNot ? neither(words) : words[0]}`;
    if (!places.includes(2)) return `there are ${isNot ? neither(words) : words[0]} ${label}`;
    const sizes = places.map((place) => enLow[place]);
    return `the number of ${label} is ${isNot ? neither(sizes) : sizes[0]}`;
  },
  value: (kind, label, isPlural, values, isNot) => {
    const words = kind === 'days-since' ? values.map((value) => `${value} days ago`) : values;
    const claimed = isNot ? neither(words) : words[0];
    return kind === 'count' ? `the number of ${label} is ${claimed}` : `${label} ${isPlural ? 'are' : 'is'} ${claimed}`; // biome-ignore format: one line
  },
  stated: (label, isPlural, isNot) => `${label} ${isPlural ? 'are' : 'is'} ${isNot ? 'not ' : ''}stated`,
  has: (label, hasIt) => `the customer has ${hasIt ? label : `no ${label.replace(/^an? /, '')}`}`,
  unknown: (clause) => `it is not known that ${clause}`,
  all: (clauses) => clauses.join(' and '),
  any: (clauses) => clauses.join(' or '),
  rule: (conjunctions, outcome) =>
    `If ${conjunctions.map(en.all).join(', or ')}, then the customer is ${outcome}.`,
  none: () => 'No rule was found.',
  figures: (figures) =>
    figures === null
      ? 'It held for no customer.'
      : `It held for ${figures.customers} customers, of whom ${figures.rate} left (95% interval ${figures.low} to ${figures.high}): ${figures.lift} times the ${figures.baseRate} of all.`,
};

/** Words of Chinese, which are the same in both scripts but for their characters. */
interface ChineseWords {
  readonly adjectives: Adjectives;
  readonly not: Adjectives;
  readonly is: string;
  readonly isNot: string;
  readonly stated: readonly [yes: string, no: string];
  readonly has: readonly [yes: string, no: string];
  readonly unknown: string;
  readonly rule: readonly [ifWord: string, and: string, or: string, then: string];
  readonly outcome: Readonly<Record<'leaving' | 'staying', string>>;
  readonly none: string;
  readonly figures: Phrases['figures'];
}

function chinese(words: ChineseWords): Phrases {
  /** 既…也… for two or more. */
  const none = (all: readonly string[]): string => (all.length === 1 ? all[0] : `既${all.join('也')}`);
  const [ifWord, and, or, then] = words.rule;
  const all = (clauses: readonly string[]): string => clauses.join(and);
  return {
    number: (kind, label, _, { places, isNot }) =>
      `${label}${none(places.map((place) => fiveOf(isNot ? words.not : words.adjectives, kind)[place]))}`,
    value: (kind, label, _, values, isNot) => {
      const own = kind === 'days-since' ? values.map((value) => `${value}天前`) : values;
      return `${label}${isNot ? none(own.map((value) => `${words.isNot}${value}`)) : `${words.is}${own[0]}`}`;
    },
    stated: (label, _, isNot) => `${label}${words.stated[isNot ? 1 : 0]}`,
    has: (label, hasIt) => `${words.has[hasIt ? 0 : 1]}${label}`,
    unknown: (clause) => `${words.unknown}${clause}`,
    all,
    any: (clauses) => clauses.join('或'),
    rule: (conjunctions, outcome) =>
      `${ifWord}${conjunctions.map(all).join(`，${or}`)}，${then}${words.outcome[outcome]}。`,
    none: () => words.none,
    figures: words.figures,
  };
}

const zhHans = chinese({
  adjectives: {
    'days-since': ['距今很近', '距今较近', '距今时间接近平均', '距今较久', '距今很久'],
    duration: ['很短', '较短', '接近平均', '较长', '很长'],
    count: ['很少', '较少', '接近平均', '较多', '很多'],
    other: ['很低', '较低', '接近平均', '较高', '很高'],
  },
  not: {
    'days-since': ['距今不很近', '距今不算近', '距今时间不接近平均', '距今不算久', '距今不很久'],
    duration: ['不很短', '不算短', '不接近平均', '不算长', '不很长'],
    count: ['不很少', '不算少', '不接近平均', '不算多', '不很多'],
    other: ['不很低', '不算低', '不接近平均', '不算高', '不很高'],
  },
  ...{ is: '为', isNot: '不是', stated: ['有记录', '没有记录'], has: ['顾客有', '顾客没有'] },
  ...{ unknown: '未知', rule: ['如果', '且', '或者', '那么'] },
  outcome: { leaving: '顾客将流失', staying: '顾客将留下' },
  none: '未找到规则。',
  figures: (figures) =>
    figures === null
      ? '没有符合的顾客。'
      : `符合的顾客 ${figures.customers} 位，其中 ${figures.rate} 流失（95% 区间 ${figures.low} 至 ${figures.high}），是全体 ${figures.baseRate} 的 ${figures.lift} 倍。`,
});

const zhHant = chinese({
  adjectives: {
    'days-since': ['距今很近', '距今較近', '距今時間接近平均', '距今較久', '距今很久'],
    duration: ['很短', '較短', '接近平均', '較長', '很長'],
    count: ['很少', '較少', '接近平均', '較多', '很多'],
    other: ['很低', '較低', '接近平均', '較高', '很高'],
  },
  not: {
    'days-since': ['距今不很近', '距今不算近', '距今時間不接近平均', '距今不算久', '距今不很久'],
    duration: ['不很短', '不算短', '不接近平均', '不算長', '不很長'],
    count: ['不很少', '不算少', '不接近平均', '不算多', '不很多'],
    other: ['不很低', '不算低', '不接近平均', '不算高', '不很高'],
  },
  ...{ is: '為', isNot: '不是', stated: ['有記錄', '沒有記錄'], has: ['顧客有', '顧客沒有'] },
  ...{ unknown: '未知', rule: ['如果', '且', '或者', '那麼'] },
  outcome: { leaving: '顧客將流失', staying: '顧客將留下' },
  none: '未找到規則。',
  figures: (figures) =>
    figures === null
      ? '沒有符合的顧客。'
      : `符合的顧客 ${figures.customers} 位，其中 ${figures.rate} 流失（95% 區間 ${figures.low} 至 ${figures.high}），是全體 ${figures.baseRate} 的 ${figures.lift} 倍。`,
});

export const phrases: Readonly<Record<RuleLanguage, Phrases>> = { en, 'zh-Hans': zhHans, 'zh-Hant': zhHant };
