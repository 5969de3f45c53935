import { type Words, words } from '../words.ts';

/** Why nobody contacts a customer about whom something could be done; the first that holds. */
export const restraints = [
  'died',
  'left-alone',
  'ended-by-shop',
  'contacted-lately',
  'returned',
  'open-complaint',
  'not-due',
  'no-channel',
  'no-gain',
  'day-full',
  'channel-full',
  'budget',
] as const;

export type Restraint = (typeof restraints)[number];

export const restraintWords: Readonly<Record<Restraint, Words>> = {
  died: words('Died or no longer exists', '已去世或已不存在', '已過世或已不存在'),
  'left-alone': words('Wants to be left alone', '不愿被打扰', '不願被打擾'),
  'ended-by-shop': words('The shop or the law ended it', '由商家或法律终止', '由商家或法律終止'),
  'contacted-lately': words('Contacted lately', '近期已联系过', '近期已聯絡過'),
  returned: words('Has ordered since', '此后已再次下单', '此後已再次下單'),
  'open-complaint': words(
    'Complained, and nothing may be sold now',
    '有未决投诉，不宜推销',
    '有未決投訴，不宜推銷',
  ),
  'not-due': words(
    'Will come back by himself: not due yet',
    '尚未到期，预计会自行回购',
    '尚未到期，預計會自行回購',
  ),
  'no-channel': words('No channel may carry it', '无可用的联系渠道', '無可用的聯絡管道'),
  'no-gain': words('A contact would not pay', '联系得不偿失', '聯絡得不償失'),
  'day-full': words('The day is full', '当日名额已满', '當日名額已滿'),
  'channel-full': words('The channel is full', '渠道名额已满', '管道名額已滿'),
  budget: words('The budget is spent', '预算已用完', '預算已用完'),
};
