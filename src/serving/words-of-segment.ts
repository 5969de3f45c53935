import type { Words } from '../customers/behaviour/words.ts';
import { tierNames } from '../customers/profit/tiers.ts';
import type { CustomerBook, SegmentPlace } from './customer-book.ts';

export const tierWords: Readonly<Record<(typeof tierNames)[number], Words>> = {
  peak: {
    en: 'Large, and they earn at least what is asked of large customers: keep them.',
    zh: '规模大且盈利达标：留住他们。',
  },
  drain: {
    en: 'Large, and they earn too little or lose money: see what they cost more than their peers.',
    zh: '规模大但盈利过低或亏损：查看他们比同类顾客多花了什么成本。',
  },
  desert: {
    en: 'Small: serve them at little cost, and grow those who can be.',
    zh: '规模小：低成本服务，培养有潜力者。',
  },
};

/** Who the customers of a segment are, or what to do about them. */
export function wordsOfSegment(
  { insights }: Pick<CustomerBook, 'insights'>,
  { kind, position }: Pick<SegmentPlace, 'kind' | 'position'>,
): Words {
  switch (kind) {
    case 'behaviour':
      return insights.behaviour.report.segments[position].sentence;
    case 'rfm':
      return insights.rfm.report.segments[position].advice;
    case 'tier':
      return tierWords[tierNames[position]];
  }
}
