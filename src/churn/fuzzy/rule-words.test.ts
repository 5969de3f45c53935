import { describe, expect, it } from 'vitest';
import { type FuzzyFeature, ruleLanguages } from './features.ts';
import { readRules } from './notation.ts';
import { type Partition, partitionOf } from './partition.ts';
import { figuresSentence, rulesSentence } from './rule-words.ts';

const five = [0, 10, 15, 35, 100];
const none = Number.NaN;

const described: readonly (readonly [FuzzyFeature, readonly number[]])[] = [
  [{ name: 'calls', kind: 'count', labels: { en: 'service calls', 'zh-Hans': '客服来电', 'zh-Hant': '客服來電' } }, five], // biome-ignore format: one line
  [{ name: 'last', kind: 'days-since', labels: { en: 'the last purchase', 'zh-Hans': '最近一次购买', 'zh-Hant': '最近一次購買' } }, five], // biome-ignore format: one line
  [{ name: 'amount', kind: 'money', labels: { en: 'the amount', 'zh-Hans': '金额', 'zh-Hant': '金額' } }, [...five, none]], // biome-ignore format: one line
  [{ name: 'charges', kind: 'money', isPlural: true }, five],
  [{ name: 'tenure', kind: 'duration' }, five],
  [{ name: 'loan', kind: 'yes/no', labels: { en: 'a loan', 'zh-Hans': '贷款', 'zh-Hant': '貸款' } }, [0, 1]],
  [{ name: 'letter', kind: 'yes/no' }, [0, 1, none]],
  [
    { name: 'senior', kind: 'yes/no', clauses: { en: { yes: 'the customer is retired', no: 'the customer is not retired' } } }, // biome-ignore format: one line
    [0, 1],
  ],
  [{ name: 'contract', kind: 'category', levels: ['monthly', 'yearly', 'other'].map((name) => ({ name })) }, [0, 1, 2]], // biome-ignore format: one line
  [{ name: 'seats', kind: 'count' }, [2, 4]],
];
const features = described.map(([feature]) => feature);
const partitions: Partition[] = described.map(([feature, values]) =>
  partitionOf(feature, Float64Array.from(values), Int32Array.from(values.keys())),
);
const told = { features, partitions };

function inAll(rule: string, outcome: 'leaving' | 'staying' = 'leaving'): string[] {
  const rules = readRules(told, rule);
  return ruleLanguages.map((language) => rulesSentence(told, rules, outcome, language));
}

const inEnglish = (rule: string): string => inAll(rule)[0].replace(/^If (.*), then .*$/, '$1');

describe('rules in words', () => {
  it('are told as the documents tell them, in three languages', () => {
    expect(inAll('calls PB | last PS & NOT amount Z')).toEqual([
      'If there are very many service calls, or the last purchase is long ago and the amount is not near the average, then the customer is leaving.',
      '如果客服来电很多，或者最近一次购买距今较久且金额不接近平均，那么顾客将流失。',
      '如果客服來電很多，或者最近一次購買距今較久且金額不接近平均，那麼顧客將流失。',
    ]);
    expect(inAll('NOT amount PS & NOT amount PB & loan =0', 'staying')).toEqual([
      'If the amount is neither high nor very high and the customer has no loan, then the customer is staying.',
      '如果金额既不算高也不很高且顾客没有贷款，那么顾客将留下。',
      '如果金額既不算高也不很高且顧客沒有貸款，那麼顧客將留下。',
    ]);
  });

  it('take the words of the kind', () => {
    expect(inEnglish('NOT calls Z & NOT calls PS')).toBe(
      'the number of service calls is neither near the average nor high',
    );
    expect(inEnglish('NOT calls NB')).toBe('there are not very few service calls');
    expect(inEnglish('charges NS & NOT tenure PB')).toBe('charges are low and tenure is not very long');
    expect(inEnglish('contract =monthly')).toBe('contract is monthly');
    expect(inEnglish('NOT contract =monthly & NOT contract =other')).toBe(
      'contract is neither monthly nor other',
    );
    expect(inEnglish('NOT senior =1')).toBe('the customer is not retired');
    expect(inEnglish('NOT seats =4')).toBe('the number of seats is 2');
  });

  it('say what is not stated, and what is not known', () => {
    expect(inAll('amount ?')).toEqual([
      'If the amount is not stated, then the customer is leaving.',
      '如果金额没有记录，那么顾客将流失。',
      '如果金額沒有記錄，那麼顧客將流失。',
    ]);
    expect(inEnglish('NOT amount ?')).toBe('the amount is stated');
    expect(inEnglish('NOT letter =1')).toBe('it is not known that the customer has letter');
    expect(inEnglish('letter =0')).toBe('the customer has no letter');
  });

  it('say that there are none', () => {
    expect(inAll('')).toEqual(['No rule was found.', '未找到规则。', '未找到規則。']);
  });

  it('tell their figures', () => {
    const figures = {
      ...{ customers: 1204, left: 602, rate: 0.5, lift: 1.8841 },
      ...{ rateInterval: { low: 0.4718, high: 0.5282 }, liftInterval: null },
    };
    expect(figuresSentence(figures, 0.2654, 'en')).toBe(
      'It held for 1,204 customers, of whom 50% left (95% interval 47% to 53%): 1.9 times the 27% of all.',
    );
    expect(figuresSentence(figures, 0.2654, 'zh-Hant')).toBe(
      '符合的顧客 1,204 位，其中 50% 流失（95% 區間 47% 至 53%），是全體 27% 的 1.9 倍。',
    );
    expect(figuresSentence({ ...figures, customers: 0, rate: null, lift: null }, 0.3, 'zh-Hans')).toBe(
      '没有符合的顾客。',
    );
  });
});
