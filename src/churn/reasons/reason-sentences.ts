import { figure, inAll, percents, type Words, words } from '../words.ts';
import type { ReasonReport } from './reason-counts.ts';

/** Trends less sure than this are not told in words. */
const tellingP = 0.05;

/** What a report says, for a manager to read. */
export function reasonSentences(report: Omit<ReasonReport, 'sentences'>): Words[] {
  const { left, known, unknown, codes, families, revenueLost, involuntary, unread } = report;
  if (left === 0) return [words('Nobody left in this period.', '本期无客户流失。', '本期無客戶流失。')];
  const told: Words[] = [];
  if (known === 0) {
    told.push(
      words(
        `${left} left, and no reason is known for any of them: send the reason with cancellations, or with the end of contracts.`,
        `流失 ${left} 位，原因均不明：请在取消事件或合同结束时附上原因。`,
        `流失 ${left} 位，原因均不明：請在取消事件或合約結束時附上原因。`,
      ),
    );
  } else {
    const share = (part: number) => (language: keyof Words) => percents(part, language);
    const knownShare = share(known / left);
    told.push(
      words(
        `${left} left; the reason is known for ${known} of them (${knownShare('en')}), and unknown for ${unknown}.`,
        `流失 ${left} 位；其中 ${known} 位原因已知（${knownShare('zh-Hans')}），${unknown} 位不明。`,
        `流失 ${left} 位；其中 ${known} 位原因已知（${knownShare('zh-Hant')}），${unknown} 位不明。`,
      ),
    );
    const top = codes[0];
    const topShare = share(top.shareOfKnown ?? 0);
    told.push(
      words(
        `The commonest known reason is “${top.words.en}”: ${top.left} of them, ${topShare('en')} of the known.`,
        `已知原因中最常见的是“${top.words['zh-Hans']}”：${top.left} 位，占已知的 ${topShare('zh-Hans')}。`,
        `已知原因中最常見的是「${top.words['zh-Hant']}」：${top.left} 位，占已知的 ${topShare('zh-Hant')}。`,
      ),
    );
    const costliest = codes.toSorted((a, b) => b.revenueLost - a.revenueLost)[0];
    if (revenueLost > 0 && costliest.revenueLost > 0) {
      const part = share(costliest.revenueLost / revenueLost);
      const money = figure(costliest.revenueLost);
      told.push(
        words(
          `“${costliest.words.en}” cost most: ${money} a year, ${part('en')} of the revenue that left.`,
          `“${costliest.words['zh-Hans']}”损失最大：每年 ${money}，占流失收入的 ${part('zh-Hans')}。`,
          `「${costliest.words['zh-Hant']}」損失最大：每年 ${money}，占流失收入的 ${part('zh-Hant')}。`,
        ),
      );
    }
  }
  for (const { words: name, trend } of families) {
    if (!trend || !(trend.adjustedP < tellingP)) continue;
    const rises = trend.z > 0;
    told.push(
      words(
        `“${name.en}” ${rises ? 'grows' : 'shrinks'} from month to month as a share of those who leave.`,
        `“${name['zh-Hans']}”在流失客户中的占比逐月${rises ? '上升' : '下降'}。`,
        `「${name['zh-Hant']}」在流失客戶中的占比逐月${rises ? '上升' : '下降'}。`,
      ),
    );
  }
  if (involuntary > 0)
    told.push(
      words(
        `${involuntary} of them did not decide it themselves.`,
        `其中 ${involuntary} 位并非主动离开。`,
        `其中 ${involuntary} 位並非主動離開。`,
      ),
    );
  if (unread.length > 0) {
    const texts = unread.slice(0, 5);
    told.push(
      inAll((language) => {
        if (language === 'en')
          return `Reasons that there are not: ${texts.join(', ')}${unread.length > 5 ? ', …' : ''}.`;
        const list = `${texts.join('、')}${unread.length > 5 ? '……' : ''}`;
        return language === 'zh-Hans' ? `无法识别的原因：${list}。` : `無法識別的原因：${list}。`;
      }),
    );
  }
  return told;
}
