import type { Words } from '../customers/behaviour/words.ts';
import type { OpenRanking } from './audience.ts';
import { fewestBuyers, type Subject } from './subject.ts';

/** What the probabilities of an audience are, and how far their sum is to be trusted. */
export function calibrationWords({ basis, buyers, alike }: Subject, ranking: OpenRanking | null): Words {
  const sentences: Words[] = [meaning[basis === 'rules' ? 'rules' : 'visit']];
  if (basis !== 'rules' && !ranking?.open) sentences.push(high);
  if (alike.length > 0) sentences.push(borrowed(alike.length, buyers));
  else if (basis === 'product' && buyers < fewestBuyers) sentences.push(rare(buyers));
  return {
    en: sentences.map(({ en }) => en).join(' '),
    zh: sentences.map(({ zh }) => zh).join(''),
  };
}

const meaning = {
  visit: {
    en: 'The probability that the customer, if they come on the day, buys it then: the sum is that of all of them coming, not of all who are written to.',
    zh: '顾客若当天到来，购买该商品的概率：其总和以所有人都到来为前提，而非所有被联系的人。',
  },
  rules: {
    en: 'No ranking could be learnt: the confidence of the surest rule from what the customer bought, or the share of orders with the product. It orders customers; its sum is rough.',
    zh: '未能学得排序：取顾客所购商品触发的最高规则置信度，否则取该商品的订单占比。可用于排序，其总和仅供参考。',
  },
} as const;

const high: Words = {
  en: 'Learnt from candidates alone, of which more are bought than of all products: too high for customers who have not bought it, so trust the order and not the sum. Train again (POST /v1/models) for corrected ones.',
  zh: '仅从候选商品学得，而候选商品比一般商品更易被购买：对未购买过的顾客偏高，请信其次序而非总和。重新训练（POST /v1/models）可得到修正值。',
};

const borrowed = (products: number, buyers: number): Words => ({
  en: `${buyers === 0 ? 'No customer has bought it yet' : `Only ${buyers} bought it`}: the probabilities are those of ${products} like it, and how many will take this one is not known before it has sold.`,
  zh: `${buyers === 0 ? '尚无顾客购买' : `仅有 ${buyers} 位顾客购买`}：概率取自 ${products} 个相似商品，实际会有多少人购买，须待销售后方知。`,
});

const rare = (buyers: number): Words => ({
  en: `Only ${buyers} bought it and nothing is like it: the probabilities rest on little.`,
  zh: `仅有 ${buyers} 位顾客购买，且无相似商品：概率依据不足。`,
});
