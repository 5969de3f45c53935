import { expect, it } from 'vitest';
import { onlineRetailPurchases } from '../../../test/support/online-retail.ts';
import { learnChurn } from './learn-churn.ts';
import { logisticLearner, majority, singleFeature } from './logistic-learner.ts';
import { churnTeamAlone } from './team.ts';
import { treeLearner } from './tree-learner.ts';
import { churnWindows } from './windows.ts';

const day = (date: string): number => Date.parse(date) / 86_400_000;

it('who stays away from Online Retail is told better than by recency, or BG/NBD, alone', {
  timeout: 300_000,
}, async () => {
  const windows = churnWindows(await onlineRetailPurchases(), { heldOut: 4 });
  // Learnt from what happened before 13 June 2011; who leaves from then on is tested.
  expect(windows.cutOffs.map(({ day: own, role }) => [own, role])).toEqual([
    [day('2011-02-13'), 'training'],
    [day('2011-03-15'), 'training'],
    [day('2011-04-14'), 'between'],
    [day('2011-05-14'), 'between'],
    [day('2011-06-13'), 'held-out'],
    [day('2011-07-13'), 'held-out'],
    [day('2011-08-12'), 'held-out'],
    [day('2011-09-11'), 'held-out'],
  ]);
  const baselines = [
    singleFeature('recency', 'recency'),
    singleFeature('alive', 'lostOdds'),
    singleFeature('expected', 'expectedPurchases'),
  ];
  const learners = [majority, ...baselines, logisticLearner, treeLearner()];
  const { cutOffs } = windows;
  const { card, choice } = await learnChurn(windows.rows, churnTeamAlone(learners), { cutOffs });
  expect(card.basis).toBe('out-of-time');
  for (const baseline of baselines) {
    const found = card.aucDifferences.find(
      ({ first, second }) => first === baseline.name && second === choice.learner,
    )!;
    // The baseline less the model: all of the interval is below 0.
    expect(found.high).toBeLessThan(0);
  }
  const best = card.models.find(({ learner }) => learner === choice.learner)!;
  expect(best.auc.low).toBeGreaterThan(0.72);
  expect(best.atHalf.all.low).toBeGreaterThan(card.majority.accuracy);
});
