import { counted, percentText } from '../../customers/behaviour/words.ts';
import { fewestOrderDays } from '../../customers/rhythm.ts';
import type { Words } from '../words.ts';
import type { LeavingDefinition } from './definition.ts';
import { fewestGaps, type ShopGaps } from './shop-gaps.ts';

const figure = (value: number): string => String(Number(value.toFixed(2)));

const daysText = (days: number): string => counted(Number(figure(days)), 'day');

/** When somebody has left, to a manager. */
export function definitionWords(definition: LeavingDefinition): Words {
  switch (definition.kind) {
    case 'contracts': {
      const { graceDays } = definition;
      if (graceDays === 0)
        return {
          en: 'A customer has left when the last contract has ended and no other starts on that day.',
          'zh-Hans': '最后一份合同终止且当天没有新合同开始时，视为客户流失。',
          'zh-Hant': '最後一份合約終止且當天沒有新合約開始時，視為客戶流失。',
        };
      return {
        en: `A customer has left when the last contract has ended and no other has started within ${daysText(graceDays)}.`,
        'zh-Hans': `最后一份合同终止后 ${graceDays} 天内没有新合同开始，视为客户流失。`,
        'zh-Hant': `最後一份合約終止後 ${graceDays} 天內沒有新合約開始，視為客戶流失。`,
      };
    }
    case 'rhythm':
      return rhythmWords(definition);
    case 'silence':
      return {
        en: `A customer has left when silent for more than ${daysText(definition.days)}.`,
        'zh-Hans': `超过 ${figure(definition.days)} 天没有下单，视为客户流失。`,
        'zh-Hant': `超過 ${figure(definition.days)} 天沒有下單，視為客戶流失。`,
      };
    case 'alive': {
      const chance = percentText(definition.threshold);
      const days = figure(definition.shopSilence);
      return {
        en: `A customer has left when the chance that they are still one has fallen below ${chance}; where the model does not tell it, as of who ordered once, when silent for more than ${daysText(definition.shopSilence)}.`,
        'zh-Hans': `仍为客户的概率低于 ${chance} 时，视为流失；模型无法判断时（例如只下过一次单），超过 ${days} 天没有下单即视为流失。`,
        'zh-Hant': `仍為客戶的機率低於 ${chance} 時，視為流失；模型無法判斷時（例如只下過一次單），超過 ${days} 天沒有下單即視為流失。`,
      };
    }
  }
}

function rhythmWords(definition: Extract<LeavingDefinition, { kind: 'rhythm' }>): Words {
  const [factor, shop, least] = [definition.factor, definition.shopSilence, definition.leastSilence].map(
    figure,
  );
  const isPlain = definition.factor === 1;
  return {
    en:
      `A customer has left when silent for longer than ${isPlain ? '' : `${factor} times what `}their own rhythm of ordering allows, ` +
      `but not before ${least} days${isPlain ? '' : ` times ${factor}`}; ` +
      `who has ordered on fewer than ${fewestOrderDays} days, when silent for more than ${shop} days${isPlain ? '' : ` times ${factor}`}.`,
    'zh-Hans':
      `沉默时间超过客户自身下单节奏所允许的${isPlain ? '时长' : ` ${factor} 倍`}（至少 ${least} 天${isPlain ? '' : ` × ${factor}`}）时，视为流失；` +
      `下单不足 ${fewestOrderDays} 天的客户，超过 ${shop} 天${isPlain ? '' : ` × ${factor}`}没有下单即视为流失。`,
    'zh-Hant':
      `沉默時間超過客戶自身下單節奏所允許的${isPlain ? '時長' : ` ${factor} 倍`}（至少 ${least} 天${isPlain ? '' : ` × ${factor}`}）時，視為流失；` +
      `下單不足 ${fewestOrderDays} 天的客戶，超過 ${shop} 天${isPlain ? '' : ` × ${factor}`}沒有下單即視為流失。`,
  };
}

/** Why this definition. */
export function reasonWords(kind: LeavingDefinition['kind'], isWished: boolean): Words {
  if (isWished)
    return {
      en: 'It is the definition that was asked for.',
      'zh-Hans': '按要求采用此定义。',
      'zh-Hant': '按要求採用此定義。',
    };
  if (kind === 'contracts')
    return {
      en: 'Customers have contracts, whose end tells that they leave.',
      'zh-Hans': '客户签有合同，合同终止即表明流失。',
      'zh-Hant': '客戶簽有合約，合約終止即表明流失。',
    };
  return {
    en: 'Nobody has a contract, so only silence tells that customers leave; how long a silence tells it depends on how often each orders.',
    'zh-Hans': '没有合同数据，只能从沉默判断流失；多久算流失取决于每位客户的下单频率。',
    'zh-Hant': '沒有合約資料，只能從沉默判斷流失；多久算流失取決於每位客戶的下單頻率。',
  };
}

/** Of a definition by a model that tells it of nobody. */
export const aliveUntold: Words = {
  en: 'The model of this shop cannot tell who is alive, so silence alone decides: choose another definition.',
  'zh-Hans': '本店的模型无法判断客户是否仍然活跃，因此只由沉默时间决定：请选择其他定义。',
  'zh-Hant': '本店的模型無法判斷客戶是否仍然活躍，因此只由沉默時間決定：請選擇其他定義。',
};

/** Where the silence that is allowed to those without a rhythm is from. */
export function silenceWords(days: number, gaps: ShopGaps & { readonly percent: number }): Words {
  if (gaps.earlyQuantile === null)
    return {
      en: `The ${days} days are assumed: it takes ${fewestGaps} gaps between customers' first orders to tell the shop's own, and there are ${gaps.earlyGaps}.`,
      'zh-Hans': `${days} 天为假定值：需要至少 ${fewestGaps} 个首批订单间隔才能得出本店数值，目前只有 ${gaps.earlyGaps} 个。`,
      'zh-Hant': `${days} 天為假定值：需要至少 ${fewestGaps} 個首批訂單間隔才能得出本店數值，目前只有 ${gaps.earlyGaps} 個。`,
    };
  return {
    en: `Of the ${gaps.earlyGaps} gaps between customers' first ${fewestOrderDays} days with an order, ${gaps.percent}% are of ${days} days or fewer.`,
    'zh-Hans': `在客户前 ${fewestOrderDays} 个下单日之间的 ${gaps.earlyGaps} 个间隔中，${gaps.percent}% 不超过 ${days} 天。`,
    'zh-Hant': `在客戶前 ${fewestOrderDays} 個下單日之間的 ${gaps.earlyGaps} 個間隔中，${gaps.percent}% 不超過 ${days} 天。`,
  };
}
