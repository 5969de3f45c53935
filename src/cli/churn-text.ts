import type { RuleLanguage } from '../churn/fuzzy/features.ts';
import type { ChurnRule } from '../churn/prediction/fuzzy-rules.ts';
import type { LearntChurn } from '../churn/prediction/learn-churn.ts';
import type { Estimate } from '../churn/prediction/roc.ts';
import { type Words, words } from '../churn/words.ts';
import type { LabelledTable } from '../import/labelled-rows.ts';
import { aligned } from './aligned.ts';

/** All that `pairwell churn evaluate` finds in a file; plain JSON. */
export interface ChurnFindings
  extends Pick<LabelledTable, 'rowsRead' | 'rejected' | 'nearlyUnique'>,
    Pick<LearntChurn, 'card' | 'choice' | 'threshold' | 'drivers' | 'leftOut' | 'cautions'> {
  readonly file: string;
  readonly target: string;
  /** Of what is printed. */
  readonly language: RuleLanguage;
  readonly seed: number;
  readonly folds: number;
  readonly rules: readonly ChurnRule[];
}

/** Drivers that are printed; the file of `--json` has all. */
const mostDrivers = 15;

const texts = {
  customers: words('customers', '位顾客', '位顧客'),
  left: words('left', '流失', '流失'),
  models: words('Out of fold, with intervals of 95 %', '交叉验证，含 95% 区间', '交叉驗證，含 95% 區間'),
  model: words('model', '模型', '模型'),
  logLoss: words('log-loss', '对数损失', '對數損失'),
  accuracy: words('Told right, %', '判断正确的比例，%', '判斷正確的比例，%'),
  atHalf: words('from ½ on', '以 ½ 为界', '以 ½ 為界'),
  atBest: words('from the best threshold on', '以最佳阈值为界', '以最佳閾值為界'),
  all: words('of all', '全体', '全體'),
  stayed: words('of who stayed', '留下者', '留下者'),
  leavers: words('of who left', '流失者', '流失者'),
  majority: words('majority guess', '多数类猜测', '多數類猜測'),
  inService: words('Chosen', '选用', '選用'),
  threshold: words('Called leaving from this probability on', '预测为流失的概率下限', '預測為流失的機率下限'),
  rules: words('Rules', '规则', '規則'),
  noRules: words('No rule was found.', '未找到规则。', '未找到規則。'),
  drivers: words('What goes with leaving', '与流失相关的因素', '與流失相關的因素'),
  feature: words('feature', '特征', '特徵'),
  meanStayed: words('mean, stayed', '留下者均值', '留下者均值'),
  meanLeft: words('mean, left', '流失者均值', '流失者均值'),
  odds: words('odds ratio for a deviation', '每一标准差的优势比', '每一標準差的勝算比'),
  adjusted: words('p (Holm)', 'p（Holm）', 'p（Holm）'),
  gains: words('Gains', '增益', '增益'),
  reached: words('likeliest', '最可能流失的', '最可能流失的'),
  gain: words('share of who left', '流失者占比', '流失者占比'),
  lift: words('lift', '提升度', '提升度'),
  cautions: words('Cautions', '注意', '注意'),
  leftOut: words('Left out', '未使用', '未使用'),
} as const satisfies Record<string, Words>;

const within = ({ value, low, high }: Estimate, digits: number, factor = 1): string =>
  `${(factor * value).toFixed(digits)} (${(factor * low).toFixed(digits)} … ${(factor * high).toFixed(digits)})`;

const three = (value: number): string => String(Number(value.toPrecision(3)));

/** The findings as tables and sentences for people. */
export function churnText(findings: ChurnFindings): string {
  const { file, card, choice, threshold, rules, cautions, leftOut, language } = findings;
  const say = (key: keyof typeof texts): string => texts[key][language];
  const count = (value: number): string => value.toLocaleString('en-US');
  const sections: string[][] = [
    [
      `${file}: ${count(card.customers)} ${say('customers')}, ${count(card.left)} ${say('left')} (${(100 * card.churnRate).toFixed(1)} %)`,
    ],
    modelLines(findings, say),
    accuracyLines(findings, say, 'atHalf'),
    accuracyLines(findings, say, 'atBest'),
    [
      `${say('inService')}: ${choice.learner}`,
      `  ${choice.reason[language]}`,
      `  ${say('threshold')}: ${threshold.toFixed(3)}`,
    ],
    [
      say('rules'),
      ...(rules.length === 0 ? [`  ${say('noRules')}`] : []),
      ...rules.flatMap((rule) => [
        `  ${rule.words[language]}`,
        `    ${rule.figures[language]}`,
        `    ${rule.notation}`,
      ]),
    ],
    driverLines(findings, say),
    gainLines(findings, say),
  ];
  if (cautions.length > 0)
    sections.push([say('cautions'), ...cautions.map((own) => `  ${own.words[language]}`)]);
  if (leftOut.length > 0)
    sections.push([say('leftOut'), ...leftOut.map(({ name, reason }) => `  ${name}: ${reason[language]}`)]);
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

type Say = (key: keyof typeof texts) => string;

const modelLines = ({ card }: ChurnFindings, say: Say): string[] => [
  say('models'),
  ...aligned([
    [say('model'), 'AUC', say('logLoss'), 'Brier'],
    ...card.models.map(({ learner, auc, logLoss, brier }) => [
      learner,
      within(auc, 4),
      within(logLoss, 4),
      within(brier, 4),
    ]),
  ]),
];

function accuracyLines({ card }: ChurnFindings, say: Say, at: 'atHalf' | 'atBest'): string[] {
  const { majority, models } = card;
  const [stays, leaves] = majority.says === 'leaves' ? ['0.0', '100.0'] : ['100.0', '0.0'];
  return [
    `${say('accuracy')}, ${say(at)}`,
    ...aligned([
      [say('model'), say('all'), say('stayed'), say('leavers')],
      [say('majority'), (100 * majority.accuracy).toFixed(1), stays, leaves],
      ...models
        .filter(({ role }) => role === 'model')
        .map(({ learner, [at]: { all, stayed, left } }) => [
          learner,
          ...[all, stayed, left].map((own) => within(own, 1, 100)),
        ]),
    ]),
  ];
}

const driverLines = ({ drivers, language }: ChurnFindings, say: Say): string[] => [
  say('drivers'),
  ...aligned([
    [say('feature'), say('meanStayed'), say('meanLeft'), say('odds'), say('adjusted')],
    ...drivers
      .slice(0, mostDrivers)
      .map(({ feature, alone, oddsRatio }) => [
        feature.label[language],
        alone ? three(alone.stayed) : '-',
        alone ? three(alone.left) : '-',
        oddsRatio ? within(oddsRatio, 2) : '-',
        alone ? alone.adjustedP.toPrecision(2) : '-',
      ]),
  ]),
];

function gainLines({ card, choice }: ChurnFindings, say: Say): string[] {
  const { gains } = card.models.find(({ learner }) => learner === choice.learner)!;
  return [
    `${say('gains')}: ${choice.learner}`,
    ...aligned([
      [say('reached'), say('gain'), say('lift')],
      ...gains.map(({ share, gain, lift }) => [
        `${Math.round(100 * share)} %`,
        `${within(gain, 1, 100)} %`,
        within(lift, 2),
      ]),
    ]),
  ];
}
