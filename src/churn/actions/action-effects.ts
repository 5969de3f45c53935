import { PairwellError } from '../../errors.ts';
import { type CampaignReport, campaignReport } from '../../gains/campaign/campaign-report.ts';
import { holm } from '../../stats/adjust.ts';
import { figure, inAll, percents, type Words, words } from '../words.ts';
import { type ActionName, actionNames } from './action-catalogue.ts';
import { arms } from './control-arm.ts';
import type { MeasuredEffect } from './effect-belief.ts';

/** Customers of past lists, one row each, with what they did in the days after. */
export interface ActionOutcomes {
  readonly action: readonly ActionName[];
  /** The position in `arms`. */
  readonly arm: Uint8Array;
  /** 1 for those who ordered, or whose contract still ran at the end. */
  readonly stayed: Uint8Array;
  /** In these days, in money. */
  readonly revenue: Float64Array;
  /** What the contact and what went with it were expected to cost. */
  readonly spend: Float64Array;
  /** The share that was to be held out on the customer's day. */
  readonly controlShare: Float64Array;
}

export const verdicts = ['more-stay', 'fewer-stay', 'not-enough', 'not-to-trust'] as const;

export type Verdict = (typeof verdicts)[number];

export interface ActionEffect {
  /** Null for all actions together. */
  readonly action: ActionName | null;
  readonly contacted: number;
  readonly control: number;
  /** Null where one of the arms has nobody. */
  readonly report: CampaignReport | null;
  /** Of the difference in staying, adjusted for the number of actions (Holm); null without a report. */
  readonly pAdjusted: number | null;
  readonly verdict: Verdict;
  readonly words: Words;
}

export interface EffectOptions {
  /** Of the intervals; default 0.95. What is said with less confidence is not said. */
  readonly level?: number | undefined;
  /** The share of revenue that is earned; without it there is no profit. */
  readonly margin?: number | undefined;
}

/**
 * What the actions did, against those who were held out from them: of each, and of all together. Everybody counts in the arm he was dealt
 * to, whether the contact was made or not.
 *
 * @throws PairwellError `bad-input` for columns of different lengths, or options that cannot be
 */
export function actionEffects(outcomes: ActionOutcomes, options: EffectOptions = {}): ActionEffect[] {
  const { action, arm, stayed, revenue, spend, controlShare } = outcomes;
  const columns = [arm, stayed, revenue, spend, controlShare];
  if (columns.some(({ length }) => length !== action.length))
    throw new PairwellError('bad-input', 'Actions, arms and what came of them must be as many.');
  const parts = [null, ...actionNames.filter((name) => action.includes(name))].map((name) => {
    const rows = Int32Array.from(action.keys()).filter((row) => name === null || action[row] === name);
    return { name, rows, report: reportOf(outcomes, rows, options) };
  });
  const single = parts.slice(1).map(({ report }) => report?.effects[0].p ?? 1);
  const adjusted = [parts[0].report?.effects[0].p ?? 1, ...holm(Float64Array.from(single))];
  return parts.map(({ name, rows, report }, n) => {
    const verdict = verdictOf(report, adjusted[n], options.level ?? 0.95);
    const control = rows.reduce((sum, row) => sum + arm[row], 0);
    return {
      action: name,
      contacted: rows.length - control,
      control,
      report,
      pAdjusted: report && adjusted[n],
      verdict,
      words: effectWords(verdict, report),
    };
  });
}

const mean = (column: Float64Array, rows: Int32Array): number =>
  rows.reduce((sum, row) => sum + column[row], 0) / rows.length;

function reportOf(
  { arm, stayed, revenue, spend, controlShare }: ActionOutcomes,
  rows: Int32Array,
  { level, margin }: EffectOptions,
): CampaignReport | null {
  const held = rows.filter((row) => arm[row] === 1);
  if (held.length === 0 || held.length === rows.length) return null;
  const share = mean(controlShare, rows);
  const report = campaignReport(
    {
      armOf: Uint8Array.from(rows, (row) => arm[row]),
      names: arms,
      control: arms.indexOf('control'),
      outcome: Uint8Array.from(rows, (row) => stayed[row]),
      revenue: Float64Array.from(rows, (row) => revenue[row]),
    },
    {
      level,
      margin,
      planned: [1 - share, share],
      contactCost: mean(
        spend,
        rows.filter((row) => arm[row] === 0),
      ),
    },
  );
  if (margin !== undefined) return report;
  return { ...report, effects: report.effects.map((effect) => ({ ...effect, profitOfRevenue: null })) };
}

function verdictOf(report: CampaignReport | null, p: number, level: number): Verdict {
  if (!report) return 'not-enough';
  if (report.sampleRatio?.isMismatch) return 'not-to-trust';
  if (p >= 1 - level) return 'not-enough';
  return report.effects[0].response.difference > 0 ? 'more-stay' : 'fewer-stay';
}

function effectWords(verdict: Verdict, report: CampaignReport | null): Words {
  if (!report)
    return words(
      'Not enough to say: one of the arms has nobody yet.',
      '尚不足以判断：其中一组还没有客户。',
      '尚不足以判斷：其中一組還沒有客戶。',
    );
  const [{ rate, customers }, control] = report.arms;
  const { difference, low, high } = report.effects[0].response;
  return inAll((language) => {
    const [own, other] = [percents(rate, language), percents(control.rate, language)];
    const [by, from, to] = [difference, low, high].map((share) => figure(share * 100));
    if (language === 'en') {
      const said = {
        'more-stay': 'It keeps customers',
        'fewer-stay': 'It drives customers away: stop',
        'not-enough': 'Not enough to say',
        'not-to-trust': 'Not to be trusted: the arms are not as large as they were dealt',
      }[verdict];
      return `${said}. Of ${customers} contacted ${own} stayed, of ${control.customers} held out ${other}: ${by} points (${from} to ${to}).`;
    }
    const isPlain = language === 'zh-Hans';
    const said = {
      'more-stay': isPlain ? '能留住客户' : '能留住客戶',
      'fewer-stay': isPlain ? '反而赶走客户，应停止' : '反而趕走客戶，應停止',
      'not-enough': isPlain ? '尚不足以判断' : '尚不足以判斷',
      'not-to-trust': isPlain ? '结果不可信：两组人数与分配不符' : '結果不可信：兩組人數與分配不符',
    }[verdict];
    return isPlain
      ? `${said}。联系 ${customers} 人，留存 ${own}；对照 ${control.customers} 人，留存 ${other}；相差 ${by} 个百分点（${from} 至 ${to}）。`
      : `${said}。聯絡 ${customers} 人，留存 ${own}；對照 ${control.customers} 人，留存 ${other}；相差 ${by} 個百分點（${from} 至 ${to}）。`;
  });
}

/** What outcomes say of each action's effect, for `effectBelief`. An arm that is not as large as dealt says nothing. */
export function measuredEffects(
  outcomes: ActionOutcomes,
): Readonly<Partial<Record<ActionName, MeasuredEffect>>> {
  const known = actionEffects(outcomes).flatMap(({ action, report, verdict }) => {
    if (action === null || !report || verdict === 'not-to-trust') return [];
    const [contacted, control] = report.arms;
    const measured: MeasuredEffect = {
      contacted: contacted.customers,
      contactedGone: contacted.customers - contacted.responses,
      control: control.customers,
      controlGone: control.customers - control.responses,
    };
    return [[action, measured] as const];
  });
  return Object.fromEntries(known);
}
