import type { ReasonFamily } from '../reasons/reason-code.ts';
import { reasonCodes } from '../reasons/reason-codes.ts';
import { alarmAt } from '../signals/alarms.ts';
import type { EarlyWarnings } from '../signals/early-warnings.ts';
import type { SignalName } from '../signals/signal-names.ts';
import { warningWords } from '../signals/warning-words.ts';
import { inAll, type Words } from '../words.ts';
import type { ActionName } from './action-catalogue.ts';
import type { ContactFacts } from './contact-facts.ts';

/** What speaks for an action: a signal of the early warnings, or one of these. */
export const otherCauses = [
  'open-complaint',
  'payment-failed',
  'stated-service',
  'stated-product',
  'stated-price',
  'stated-relationship',
  'prediction',
  'lost',
] as const;

export type CauseName = SignalName | (typeof otherCauses)[number];

/** Why somebody may leave, and what may be done about it. */
export interface Cause {
  readonly name: CauseName;
  readonly words: Words;
  /** The one that gains most is chosen. */
  readonly actions: readonly ActionName[];
}

/** A model's prediction of who leaves, by row. */
export interface LeavingPrediction {
  readonly customers: Int32Array;
  readonly probabilities: Float64Array;
  /** What speaks most for leaving, the most first. */
  readonly reasonsOf: (row: number) => readonly { readonly name: string; readonly words: Words }[];
}

const bySignal: Readonly<Record<SignalName, ActionName>> = {
  'order-gap': 'due-reminder',
  'order-frequency': 'new-to-you',
  'basket-value': 'new-to-you',
  'basket-variety': 'new-to-you',
  discount: 'price-offer',
  engagement: 'new-to-you',
  satisfaction: 'care-call',
  complaints: 'service-call-back',
  'service-calls': 'service-call-back',
  'failed-payments': 'update-payment',
  returns: 'care-call',
};

/** None for outside causes: who moves away is not to be talked into staying. */
const byFamily: Readonly<Record<ReasonFamily, readonly [CauseName, ActionName] | null>> = {
  service: ['stated-service', 'service-call-back'],
  product: ['stated-product', 'new-to-you'],
  price: ['stated-price', 'price-offer'],
  relationship: ['stated-relationship', 'care-call'],
  external: null,
};

/** What the features that speak most for leaving are about. */
const byFeature: readonly (readonly [RegExp, ActionName])[] = [
  [/^event\.(complaint|service-call)/, 'service-call-back'],
  [/^event\.payment-failed/, 'update-payment'],
  [/^event\.satisfaction|^return/, 'care-call'],
  [/^(discountShare|promotedShare|contractAmount|contractChange)$/, 'price-offer'],
];

/** Causes that are put right before anything is sold. */
export const serviceCauses: readonly CauseName[] = [
  'open-complaint',
  'complaints',
  'service-calls',
  'stated-service',
];

const dateText = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

const since = (day: number, en: string, hans: string, hant: string): Words =>
  inAll((language) => {
    const date = dateText(day);
    if (language === 'en') return `${en} (${date}).`;
    return language === 'zh-Hans' ? `${hans}（${date}）。` : `${hant}（${date}）。`;
  });

/** The alarms of a customer. */
export function signalCauses(
  { alarms, today }: Pick<EarlyWarnings, 'alarms' | 'today'>,
  customer: number,
): Cause[] {
  const found: Cause[] = [];
  for (let n = alarms.offsets[customer]; n < alarms.offsets[customer + 1]; n++) {
    const alarm = alarmAt(alarms, n);
    found.push({ name: alarm.name, words: warningWords(alarm, today), actions: [bySignal[alarm.name]] });
  }
  return found;
}

/**
 * What the newest events say: a complaint without a solution after it, a payment that failed, a reason for leaving that was told.
 *
 * @param positions by reason of the events: in `reasonCodes`, or −1
 * @param day the last one, since 1970-01-01
 * @param triggerDays what is older does not count
 */
export function eventCauses(
  { events, lastOrder }: ContactFacts,
  positions: Int32Array,
  customer: number,
  day: number,
  triggerDays: number,
): Cause[] {
  let [complaint, payment, stated, statedOn] = [-1, -1, -1, -1];
  for (let e = events.offsets[customer]; e < events.offsets[customer + 1]; e++) {
    const [on, kind, reason] = [events.day[e], events.kinds[events.kind[e]], events.reason[e]];
    if (kind === 'complaint-solved') complaint = -1;
    if (on <= day - triggerDays || on > day) continue;
    if (kind === 'complaint') complaint = on;
    if (kind === 'payment-failed') payment = on;
    if (kind === 'cancellation' && reason >= 0) [stated, statedOn] = [positions[reason], on];
  }
  const found: Cause[] = [];
  if (complaint >= 0)
    found.push({
      name: 'open-complaint',
      words: since(complaint, 'A complaint is not solved yet', '投诉尚未解决', '投訴尚未解決'),
      actions: ['service-call-back'],
    });
  // An order since then has been paid for somehow.
  if (payment > lastOrder[customer])
    found.push({
      name: 'payment-failed',
      words: since(payment, 'A payment failed', '付款失败', '付款失敗'),
      actions: ['update-payment'],
    });
  const told = reasonCodes[stated];
  const answer = told && byFamily[told.family];
  if (answer)
    found.push({
      name: answer[0],
      words: since(
        statedOn,
        `Said: ${told.words.en}`,
        `客户表示：${told.words['zh-Hans']}`,
        `客戶表示：${told.words['zh-Hant']}`,
      ),
      actions: [answer[1]],
    });
  return found;
}

/** What a prediction says of the customer of a row: what to do is told by what speaks most for leaving, if that says it. */
export function predictedCause({ probabilities, reasonsOf }: LeavingPrediction, row: number): Cause {
  const drivers = reasonsOf(row);
  const actions = drivers.flatMap(({ name }) => byFeature.find(([pattern]) => pattern.test(name))?.[1] ?? []);
  const share = Math.round(probabilities[row] * 100);
  const list = (language: keyof Words): string =>
    drivers.map(({ words }) => words[language]).join(language === 'en' ? '; ' : '；');
  return {
    name: 'prediction',
    words: inAll((language) => {
      const told = drivers.length > 0 ? list(language) : null;
      if (language === 'en') return `Leaves with a chance of ${share} %${told ? `: ${told}` : ''}.`;
      const leaves = language === 'zh-Hans' ? `预计流失概率 ${share}%` : `預計流失機率 ${share}%`;
      return `${leaves}${told ? `：${told}` : ''}。`;
    }),
    actions: actions.length > 0 ? actions.slice(0, 1) : ['new-to-you', 'care-call'],
  };
}

/** @param offer what the win-back plan offers, in words */
export const lostCause = (leftOn: number, offer: Words): Cause => ({
  name: 'lost',
  words: since(
    leftOn,
    `Has left; the offer that pays best: ${offer.en}`,
    `已流失；最合算的优惠：${offer['zh-Hans']}`,
    `已流失；最划算的優惠：${offer['zh-Hant']}`,
  ),
  actions: ['win-back'],
});
