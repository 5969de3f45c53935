import { words } from '../../words.ts';
import type { ReasonCode } from '../reason-code.ts';

const code = (
  name: string,
  cause: ReasonCode['cause'],
  text: ReasonCode['words'],
  ...synonyms: string[]
): ReasonCode => ({ code: name, family: 'relationship', cause, isVoluntary: true, words: text, synonyms });

/** How the customer and the shop stood with one another. */
export const relationshipReasons: readonly ReasonCode[] = [
  code(
    'neglected',
    'service-encounter-failure',
    words('Felt neglected', '感到被忽视', '感到被忽視'),
    'neglect',
    'ignored',
    'not-valued',
    'unappreciated',
    'no-contact',
    'indifference',
    'loyalty-not-rewarded',
    '被忽视',
    '被忽視',
  ),
  code(
    'too-many-messages',
    'service-encounter-failure',
    words('Too many messages', '信息骚扰过多', '訊息打擾過多'),
    'too-many-emails',
    'too-much-contact',
    'spam',
    'unwanted-contact',
    '骚扰',
    '騷擾',
  ),
  code(
    'trust-lost',
    'ethical-problem',
    words(
      'Trust lost: honesty, safety or privacy',
      '失去信任：诚信、安全或隐私',
      '失去信任：誠信、安全或隱私',
    ),
    'trust',
    'distrust',
    'privacy',
    'dishonest',
    'misled',
    'deceived',
    'security',
    'data-breach',
    'fraud',
    '不信任',
    '欺骗',
    '欺騙',
  ),
  code(
    'values-differ',
    'ethical-problem',
    words('What the shop stands for', '不认同商家的立场', '不認同商家的立場'),
    'values',
    'ethics',
    'reputation',
    'boycott',
    'environment',
  ),
  code(
    'contact-left',
    null,
    words('The person they knew has left', '熟悉的联系人已离开', '熟悉的聯絡人已離開'),
    'contact-person-left',
    'account-manager-left',
    'salesperson-left',
    'champion-left',
  ),
];
