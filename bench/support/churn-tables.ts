import type { ChurnCard, ModelCard } from '../../src/churn/prediction/model-card.ts';
import type { Estimate } from '../../src/churn/prediction/roc.ts';
import type { Row } from './table.ts';

const percent = (share: number): string => (100 * share).toFixed(1);

const within = ({ value, low, high }: Estimate, digits: number): string =>
  `${value.toFixed(digits)} (${low.toFixed(digits)} … ${high.toFixed(digits)})`;

/** Accuracies, and those of saying the more common of all. */
export function accuracyRows({ models, majority }: ChurnCard): Row[] {
  const rightly = ({ learner, atHalf, atBest }: ModelCard): Row => ({
    model: learner,
    'threshold ½: all': percent(atHalf.all.value),
    stayed: percent(atHalf.stayed.value),
    left: percent(atHalf.left.value),
    'best threshold': atBest.threshold.toFixed(3),
    'all ': percent(atBest.all.value),
    'stayed ': percent(atBest.stayed.value),
    'left ': percent(atBest.left.value),
  });
  const says = majority.says === 'leaves';
  return [
    {
      model: `majority guess: ${majority.says}`,
      'threshold ½: all': percent(majority.accuracy),
      stayed: percent(Number(!says)),
      left: percent(Number(says)),
    },
    ...models.filter(({ learner }) => learner !== 'majority').map(rightly),
  ];
}

export const qualityRows = ({ models }: ChurnCard): Row[] =>
  models.map(({ learner, auc, logLoss, brier, gains, calibration }) => ({
    model: learner,
    AUC: within(auc, 4),
    'log-loss': within(logLoss, 4),
    Brier: within(brier, 4),
    'lift in the best 10 %': within(gains[0].lift, 2),
    'gain at 20 %': within(gains[1].gain, 3),
    'calibration error': calibration.expected.toFixed(3),
  }));

/** Paired, of models against each other and against baselines. */
export const differenceRows = ({ models, aucDifferences }: ChurnCard): Row[] => {
  const isModel = (name: string): boolean =>
    models.some(({ learner, role }) => learner === name && role === 'model');
  return aucDifferences
    .filter(({ first, second }) => isModel(first) || isModel(second))
    .map(({ first, second, value, low, high, p }) => {
      // The model before the baseline.
      const turned = isModel(first) ? 1 : -1;
      const [from, to] = turned === 1 ? [low, high] : [-high, -low];
      return {
        AUC: turned === 1 ? `${first} − ${second}` : `${second} − ${first}`,
        difference: (turned * value).toFixed(4),
        '95 % interval': `${from.toFixed(4)} … ${to.toFixed(4)}`,
        p: p.toPrecision(2),
      };
    });
};
