import { inAll, joined, type Words, words } from '../words.ts';

/** What speaks for price being why somebody is about to leave, as bits: several may. */
export const priceSigns = {
  /** The newest reason that the customer gave in the last year is one of price. */
  'stated-reason': 1,
  /** The customer buys at a discount more than before: see the signal `discount`. */
  'discount-alarm': 2,
  /** What the customer pays, or gets off, is among what speaks most for leaving. */
  'forecast-reason': 4,
} as const;

export type PriceSign = keyof typeof priceSigns;

export const priceSignNames = Object.keys(priceSigns) as PriceSign[];

export const priceSignsOf = (signs: number): PriceSign[] =>
  priceSignNames.filter((name) => (signs & priceSigns[name]) !== 0);

const signWords: Readonly<Record<PriceSign, Words>> = {
  'stated-reason': words(
    'the newest reason given in the last year is one of price',
    '近一年最近一次说明的原因与价格有关',
    '近一年最近一次說明的原因與價格有關',
  ),
  'discount-alarm': words('buys at a discount more than before', '比以往更依赖折扣', '比以往更依賴折扣'),
  'forecast-reason': words(
    'the price paid or the discount is among what speaks most for leaving',
    '所付价格或折扣是最主要的流失原因之一',
    '所付價格或折扣是最主要的流失原因之一',
  ),
};

const about = words('About to leave over price:', '可能因价格流失：', '可能因價格流失：');

/** Why somebody is held to be about to leave over price, for analysts. */
export const overPriceWords = (signs: number): Words =>
  joined(
    about,
    inAll((language) => {
      const told = priceSignsOf(signs).map((sign) => signWords[sign][language]);
      return language === 'en' ? `${told.join('; ')}.` : `${told.join('；')}。`;
    }),
  );
