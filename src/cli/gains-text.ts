import type { CampaignReport } from '../gains/campaign/campaign-report.ts';
import type { ContactPlan } from '../gains/contact-plan.ts';
import type { ContactMoney, ContactOutcome } from '../gains/contact-profit.ts';
import type { GainsReport, PairedDifference, ScoreGains } from '../gains/gains-report.ts';
import type { UpliftReport } from '../gains/uplift/uplift-report.ts';
import type { RejectedRows } from '../import/row-tally.ts';
import type { ScoredRejection } from '../import/scored-rows.ts';
import type { Interval } from '../stats/binomial-interval.ts';
import { aligned } from './aligned.ts';

/** All that `pairwell gains` finds in a file; plain JSON. */
export interface GainsFindings {
  readonly file: string;
  readonly rowsRead: number;
  readonly rowsUsed: number;
  readonly rejected: readonly RejectedRows<ScoredRejection>[];
  readonly gains: GainsReport;
  readonly contact: readonly (ContactPlan & ContactMoney & { readonly score: string })[] | null;
  /** Each arm against the one held out. */
  readonly uplift: readonly (UpliftReport & { readonly arm: string; readonly controlArm: string })[] | null;
  readonly campaign: CampaignReport | null;
}

const count = (value: number): string => Math.round(value).toLocaleString('en-US');
const cents = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const percent = (share: number | null, digits = 1): string =>
  share === null ? '-' : `${(100 * share).toFixed(digits)} %`;
const fixed = (value: number | null, digits: number): string =>
  value === null ? '-' : value.toFixed(digits);

const between = (interval: Interval | null, shown: (value: number) => string): string =>
  interval === null ? '-' : `${shown(interval.low)} to ${shown(interval.high)}`;
const within = (interval: Interval | null, digits = 4): string =>
  interval === null ? '' : ` (${between(interval, (value) => fixed(value, digits))})`;

/** The findings as tables for people. */
export function gainsText(findings: GainsFindings): string {
  const { gains, contact, uplift, campaign } = findings;
  const { customers, responders, rate } = gains;
  const sections = [
    [`${findings.file}: ${count(customers)} customers, ${count(responders)} responded (${percent(rate)})`],
    ...gains.scores.map((score) => scoreLines(score, gains.level)),
    ...gains.differences.map(({ first, second, auc, gini }) => [
      `${first} less ${second}: AUC ${differenceText(auc)}, Gini ${differenceText(gini)}`,
    ]),
    ...(contact ?? []).map(contactLines),
    ...(campaign ? [campaignLines(campaign)] : []),
    ...(uplift ?? []).flatMap(upliftSections),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function scoreLines({ name, area, rows, aucInterval, giniInterval }: ScoreGains, level: number): string[] {
  const title = area
    ? `${name}: AUC ${fixed(area.auc, 4)}${within(aucInterval)}, Gini ${fixed(area.gini, 4)}${within(giniInterval)}`
    : `${name}: all customers are alike in whether they responded, so no score can tell them apart`;
  return [
    title,
    ...aligned([
      [
        'contacted',
        'customers',
        'responders',
        'gain',
        percent(level, 0),
        'no model',
        'perfect',
        'lift',
        'rate in part',
      ],
      ...rows.map((row) => [
        percent(row.share),
        count(row.customers),
        fixed(row.responders, 1),
        percent(row.gain),
        between(row.gainInterval, percent),
        percent(row.share),
        percent(row.perfectGain),
        fixed(row.lift, 3),
        percent(row.part.rate),
      ]),
    ]),
  ];
}

const differenceText = (of: PairedDifference | null): string => {
  if (of === null) return '-';
  const { difference, low, high } = of;
  return `${fixed(difference, 4)}${low === null || high === null ? '' : within({ low, high })}`;
};

function contactLines({
  score,
  contactCost,
  value,
  expected,
  cutOff,
  realised,
  calibration,
}: NonNullable<GainsFindings['contact']>[number]): string[] {
  const row = (name: string, { share, customers, responses, moneyIn, moneyOut, profit }: ContactOutcome) => [
    name,
    percent(share),
    count(customers),
    fixed(responses, 1),
    ...[moneyIn, moneyOut, profit].map((amount) => cents.format(amount)),
  ];
  return [
    `${score}: a contact costs ${contactCost}, a response is worth ${value}; ` +
      (expected.breakEven === null
        ? 'no customer is likely enough'
        : `contacts pay from a probability of ${percent(expected.breakEven, 2)} on`) +
      ` (calibration: ${calibration})`,
    ...aligned([
      ['', 'contacted', 'customers', 'responses', 'money in', 'money out', 'profit'],
      row('best, as expected', expected.best),
      row('the same, as it came', cutOff),
      row('best in hindsight', realised.best),
      row('everybody', realised.all),
      row('nobody', realised.nobody),
    ]),
  ];
}

function campaignLines({ arms, control, effects, level, sampleRatio }: CampaignReport): string[] {
  const money = effects.some(({ revenue }) => revenue !== null);
  const profits = effects.some((effect) => effect.profitOfResponses ?? effect.profitOfRevenue);
  const lines = aligned([
    ['arm', 'customers', 'responses', 'rate', percent(level, 0), ...(money ? ['revenue each'] : [])],
    ...arms.map((arm) => [
      arm.name,
      count(arm.customers),
      count(arm.responses),
      percent(arm.rate, 2),
      between(arm.rateInterval, (rate) => percent(rate, 2)),
      ...(money ? [fixed(arm.revenue?.perCustomer ?? null, 4)] : []),
    ]),
  ]);
  const effectLines = aligned([
    [
      'arm',
      'effect',
      percent(level, 0),
      'p',
      'responses made',
      ...(money ? ['revenue each', percent(level, 0)] : []),
    ],
    ...effects.map((effect) => [
      effect.name,
      percent(effect.response.difference, 2),
      between(effect.response, (rate) => percent(rate, 2)),
      effect.pAdjusted.toPrecision(2),
      fixed(effect.incremental, 1),
      ...(money
        ? [
            fixed(effect.revenue?.difference ?? null, 4),
            between(effect.revenue, (amount) => fixed(amount, 4)),
          ]
        : []),
    ]),
  ]);
  const profitLines = effects.flatMap(({ name, profitOfResponses, profitOfRevenue }) =>
    (
      [
        ['responses', profitOfResponses],
        ['revenue', profitOfRevenue],
      ] as const
    ).flatMap(([of, found]) =>
      found
        ? [
            `  ${name}: profit from ${of} ${cents.format(found.profit)} ` +
              `(${between(found, (amount) => cents.format(amount))}), of ${cents.format(found.moneyIn)} in and ` +
              `${cents.format(found.moneyOut)} out`,
          ]
        : [],
    ),
  );
  const ratio = sampleRatio
    ? [
        `Sizes of the arms: p ${sampleRatio.p.toPrecision(3)}, ` +
          (sampleRatio.isMismatch ? 'NOT as planned: the effects are not to be trusted' : 'as planned'),
      ]
    : [];
  return [
    'The campaign',
    ...lines,
    `Against ${control}`,
    ...effectLines,
    ...(profits ? profitLines : []),
    ...ratio,
  ];
}

function upliftSections({
  arm,
  controlArm,
  scores,
  differences,
  level,
}: NonNullable<GainsFindings['uplift']>[number]): string[][] {
  return [
    ...scores.map((score) => [
      `${arm} against ${controlArm}, by ${score.name}: Qini ${fixed(score.qini, 4)}${within(score.qiniInterval)}, ` +
        `uplift AUC ${fixed(score.upliftAuc, 4)}${within(score.upliftAucInterval)}, ` +
        `Radcliffe's Q ${fixed(score.radcliffeQ, 5)}`,
      ...aligned([
        [
          'contacted',
          'treated',
          'control',
          'treated rate',
          'control rate',
          'uplift',
          percent(level, 0),
          'responses made',
        ],
        ...score.rows.map((row) => [
          percent(row.share),
          count(row.treated),
          count(row.control),
          percent(row.treatedRate, 2),
          percent(row.controlRate, 2),
          percent(row.uplift, 2),
          between(row.upliftInterval, (uplift) => percent(uplift, 2)),
          fixed(row.incremental, 1),
        ]),
      ]),
    ]),
    ...differences.map(({ first, second, qini }) => [
      `${arm}: ${first} less ${second}: Qini ${differenceText(qini)}`,
    ]),
  ];
}
