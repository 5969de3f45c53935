import { figure, percents, type Words, words } from '../words.ts';
import type { MatchedRisk } from './matched-risk.ts';

/** What a risk says of an event, for a manager to read. */
export function afterSentence(
  name: Words,
  { exposed, rate, othersRate, riskRatio, low, high }: MatchedRisk,
  withinDays: number,
): Words {
  if (rate === null || othersRate === null)
    return words(
      `${name.en}: nobody to compare with.`,
      `${name['zh-Hans']}：无可比较的客户。`,
      `${name['zh-Hant']}：無可比較的客戶。`,
    );
  const text = (language: keyof Words): [string, string] => [
    percents(rate, language),
    percents(othersRate, language),
  ];
  const [[en, enOthers], [hans, hansOthers], [hant, hantOthers]] = [
    text('en'),
    text('zh-Hans'),
    text('zh-Hant'),
  ];
  const base = words(
    `${name.en}: ${en} left within ${withinDays} days after it, of others in the same months ${enOthers}`,
    `${name['zh-Hans']}：之后 ${withinDays} 天内有 ${hans} 流失，同月其他客户为 ${hansOthers}`,
    `${name['zh-Hant']}：之後 ${withinDays} 天內有 ${hant} 流失，同月其他客戶為 ${hantOthers}`,
  );
  if (riskRatio === null || low === null || high === null)
    return words(
      `${base.en}; ${exposed} events are too few to say more.`,
      `${base['zh-Hans']}；仅 ${exposed} 次，不足以下结论。`,
      `${base['zh-Hant']}；僅 ${exposed} 次，不足以下結論。`,
    );
  const [times, from, to] = [riskRatio, low, high].map(figure);
  const isSure = low > 1 || high < 1;
  return words(
    `${base.en}: ${times} times the risk (${from} to ${to})${isSure ? '' : ', which may be chance'}.`,
    `${base['zh-Hans']}：风险为 ${times} 倍（${from} 至 ${to}）${isSure ? '' : '，可能出于偶然'}。`,
    `${base['zh-Hant']}：風險為 ${times} 倍（${from} 至 ${to}）${isSure ? '' : '，可能出於偶然'}。`,
  );
}

/** What solving complaints does, for a manager to read. */
export function solvedSentence(risk: MatchedRisk, solvedWithinDays: number): Words {
  const { exposed, others, rate, othersRate, low, high } = risk;
  if (exposed + others === 0)
    return words(
      'No complaint could be followed long enough.',
      '没有可追踪足够久的投诉。',
      '沒有可追蹤足夠久的投訴。',
    );
  if (rate === null || othersRate === null)
    return exposed === 0
      ? words(
          `None of the ${others} complaints is known to have been solved within ${solvedWithinDays} days: send the event complaint-solved.`,
          `${others} 起投诉中没有已知在 ${solvedWithinDays} 天内解决的：请发送 complaint-solved 事件。`,
          `${others} 起投訴中沒有已知在 ${solvedWithinDays} 天內解決的：請發送 complaint-solved 事件。`,
        )
      : words(
          `${exposed} solved and ${others} unsolved complaints share no month, so they cannot be compared.`,
          `${exposed} 起已解决与 ${others} 起未解决的投诉不在同一月份，无法比较。`,
          `${exposed} 起已解決與 ${others} 起未解決的投訴不在同一月份，無法比較。`,
        );
  const isSure = low !== null && high !== null && (low > 1 || high < 1);
  const text = (language: keyof Words): [string, string] => [
    percents(rate, language),
    percents(othersRate, language),
  ];
  const [en, hans, hant] = [text('en'), text('zh-Hans'), text('zh-Hant')];
  return words(
    `Of those whose complaint was solved within ${solvedWithinDays} days ${en[0]} left, of the others ${en[1]}${isSure ? '' : '; that may be chance'}.`,
    `投诉在 ${solvedWithinDays} 天内解决的客户有 ${hans[0]} 流失，其余为 ${hans[1]}${isSure ? '' : '；可能出于偶然'}。`,
    `投訴在 ${solvedWithinDays} 天內解決的客戶有 ${hant[0]} 流失，其餘為 ${hant[1]}${isSure ? '' : '；可能出於偶然'}。`,
  );
}
