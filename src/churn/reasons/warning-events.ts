import type { CustomerEvents } from '../../customers/ledger.ts';
import { figure, inAll, type Words, words } from '../words.ts';
import { readReasons } from './read-reason.ts';
import { familyWords, reasonFamilies } from './reason-code.ts';
import { reasonCodes } from './reason-codes.ts';

/** What may announce that a customer leaves: customer c had it on the days `offsets[c]` … `offsets[c + 1] - 1`, ascending. */
export interface WarningEvents {
  readonly id: string;
  readonly words: Words;
  readonly offsets: Int32Array;
  readonly day: Int32Array;
}

export interface WarningOptions {
  /** Scores of `satisfaction` up to this one are low. Default: the lower quartile of all scores. */
  readonly lowSatisfaction?: number | undefined;
}

const plainKinds: Readonly<Record<string, Words>> = {
  complaint: words('Complaint', '投诉', '投訴'),
  'service-call': words('Service call', '服务来电', '服務來電'),
  'payment-failed': words('Failed payment', '扣款失败', '扣款失敗'),
};

/**
 * The events that may announce a leaving: complaints, service calls, failed payments, low scores of satisfaction, and cancellations
 * with a reason, all of them and by the family of the reason. Kinds that the shop does not send are left out.
 */
export function warningEvents(
  events: CustomerEvents,
  { lowSatisfaction }: WarningOptions = {},
): WarningEvents[] {
  const { kind, kinds, value, reason } = events;
  const found: WarningEvents[] = [];
  const add = (id: string, text: Words, isOne: (event: number) => boolean): void => {
    const chosen = eventsWhere(events, isOne);
    if (chosen.day.length > 0) found.push({ id, words: text, ...chosen });
  };
  for (const [name, text] of Object.entries(plainKinds)) {
    const number = kinds.indexOf(name);
    if (number >= 0) add(name, text, (event) => kind[event] === number);
  }
  const satisfaction = kinds.indexOf('satisfaction');
  const low = satisfaction < 0 ? undefined : (lowSatisfaction ?? lowerQuartile(events, satisfaction));
  if (low !== undefined)
    add('low-satisfaction', lowWords(low), (event) => kind[event] === satisfaction && value[event] <= low);
  const cancellation = kinds.indexOf('cancellation');
  if (cancellation < 0) return found;
  const { positions } = readReasons(events.reasons);
  const hasReason = (event: number): boolean => kind[event] === cancellation && reason[event] >= 0;
  add('cancellation', words('Cancellation with a reason', '附原因的取消', '附原因的取消'), hasReason);
  for (const family of reasonFamilies) {
    const name = familyWords[family];
    const text = words(
      `Cancellation: ${name.en.toLowerCase()}`,
      `取消：${name['zh-Hans']}`,
      `取消：${name['zh-Hant']}`,
    );
    add(
      `cancellation-${family}`,
      text,
      (event) => hasReason(event) && reasonCodes[positions[reason[event]]]?.family === family,
    );
  }
  return found;
}

/** The days of the events that are meant, by customer. */
export function eventsWhere(
  { offsets, day }: CustomerEvents,
  isOne: (event: number) => boolean,
): Pick<WarningEvents, 'offsets' | 'day'> {
  const days: number[] = [];
  const starts = new Int32Array(offsets.length);
  for (let c = 0; c + 1 < offsets.length; c++) {
    for (let event = offsets[c]; event < offsets[c + 1]; event++) if (isOne(event)) days.push(day[event]);
    starts[c + 1] = days.length;
  }
  return { offsets: starts, day: Int32Array.from(days) };
}

/** Of the scores that are known; undefined without any. */
function lowerQuartile({ kind, value }: CustomerEvents, satisfaction: number): number | undefined {
  const scores = value.filter((score, event) => kind[event] === satisfaction && !Number.isNaN(score)).sort();
  return scores.length > 0 ? scores[Math.ceil(scores.length / 4) - 1] : undefined;
}

const lowWords = (low: number): Words =>
  inAll((language) => {
    if (language === 'en') return `Satisfaction of ${figure(low)} or less`;
    return language === 'zh-Hans' ? `满意度不高于 ${figure(low)}` : `滿意度不高於 ${figure(low)}`;
  });
