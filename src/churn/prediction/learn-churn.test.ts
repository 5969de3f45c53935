import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../learn/random.ts';
import { areaUnderCurve, probabilityOf } from '../../learn/scores.ts';
import { pack } from '../../model/packed.ts';
import { learnChurn } from './learn-churn.ts';
import { logisticLearner, majority, singleFeature } from './logistic-learner.ts';
import { predictChurn } from './predict-churn.ts';
import { reasonsAt } from './reasons.ts';
import { type ChurnTeam, churnTeamAlone } from './team.ts';
import { plantedRows } from './testing/planted.ts';
import { treeLearner } from './tree-learner.ts';

const learners = [majority, singleFeature('noise alone', 'noise'), logisticLearner, treeLearner()];

/** The planted customers at two days, the later of which is held out. */
function atTwoDays(customers: number) {
  const rows = plantedRows(customers);
  const cutOff = Int32Array.from({ length: customers }, (_, row) => (row % 3 === 0 ? 200 : 100));
  const cutOffs = [
    { day: 100, role: 'training' as const },
    { day: 200, role: 'held-out' as const },
  ];
  return { rows: { ...rows, cutOff }, cutOffs };
}

describe('learning who leaves', { timeout: 120_000 }, () => {
  it('finds what was planted, and what protects', async () => {
    const rows = plantedRows(1500);
    const learnt = await learnChurn(rows, churnTeamAlone(learners));
    const { card, choice, drivers, cautions } = learnt;
    // The planted chances are logistic, so that trees can be no better by more than chance.
    expect(choice.learner).toBe('logistic');
    expect(card.basis).toBe('out-of-fold');
    const of = (name: string) => card.models.find(({ learner }) => learner === name)!;
    expect(of('logistic').auc.low).toBeGreaterThan(of('noise alone').auc.high);
    expect(of('noise alone').auc.low).toBeLessThan(0.5);
    expect(of('logistic').logLoss.high).toBeLessThan(of('majority').logLoss.low);
    const driver = (name: string) => drivers.find(({ feature }) => feature.name === name)!;
    expect(drivers[0].feature.name).toBe('strong');
    expect(driver('strong').oddsRatio!.low).toBeGreaterThan(2.4);
    expect(driver('strong').oddsRatio!.high).toBeLessThan(4.6);
    expect(driver('shield=yes').oddsRatio!.high).toBeLessThan(1);
    expect(driver('shield=yes').contributions.map(({ direction }) => direction)).toEqual([-1, -1]);
    expect(driver('noise').oddsRatio!.low).toBeLessThan(1);
    expect(driver('noise').oddsRatio!.high).toBeGreaterThan(1);
    expect(driver('noise').alone!.adjustedP).toBeGreaterThan(0.05);
    expect(driver('strong').alone!.adjustedP).toBeLessThan(1e-20);
    expect(cautions).toEqual([]);
    // Plain data that a model can keep.
    expect(() => pack('churn', learnt)).not.toThrow();

    const found = predictChurn(structuredClone(learnt), learners, rows.features, rows.table);
    const column = (name: string) => rows.table.columns[rows.features.findIndex((own) => own.name === name)];
    const off = found.probabilities.map((p, row) =>
      Math.abs(p - probabilityOf(1.2 * column('strong')[row] - (column('shield=yes')[row] === 1 ? 1.5 : 0))),
    );
    expect(off.reduce((sum, own) => sum + own / off.length, 0)).toBeLessThan(0.03);
    const high = found.probabilities.indexOf(Math.max(...found.probabilities));
    const reasonsOf = (row: number) => reasonsAt(learnt.features, learnt.means, found.reasons, row);
    expect(
      reasonsOf(high)
        .map(({ name }) => name)
        .slice(0, 2),
    ).toEqual(['strong', 'shield']);
    expect(reasonsOf(high)[1]).toMatchObject({
      value: null,
      words: { en: 'shield: no', 'zh-Hant': 'shield：no' },
    });
    expect(found.reasons.contribution.every((own) => own > 0)).toBe(true);
    // The figures of the card are of these.
    expect(learnt.tested.models.map(({ learner }) => learner)).toEqual(['logistic', 'trees']);
    const [tested] = learnt.tested.models;
    expect(areaUnderCurve(tested.probabilities, learnt.tested.target)).toBeCloseTo(
      of('logistic').auc.value,
      12,
    );
  });

  it('comes to the same on a team that works side by side, and in any order of the columns', async () => {
    const rows = plantedRows(300);
    const alone = churnTeamAlone([majority, logisticLearner]);
    const late: ChurnTeam = {
      ...alone,
      width: 4,
      fit: async (...task) => {
        await new Promise((resolve) => setTimeout(resolve, task[2].without.length));
        return alone.fit(...task);
      },
    };
    const [one, other] = [await learnChurn(rows, alone), await learnChurn(rows, late)];
    expect(other).toEqual(one);
    const turned = [...rows.features.keys()].reverse();
    const features = turned.map((n) => rows.features[n]);
    const table = { ...rows.table, columns: turned.map((n) => rows.table.columns[n]) };
    const ask = (own: typeof rows.features, columns: typeof rows.table) =>
      predictChurn(one, [majority, logisticLearner], own, columns, 0).probabilities;
    expect(ask(features, table)).toEqual(ask(rows.features, rows.table));
    expect(() => predictChurn(one, [majority], features, table)).toThrow('no learner "logistic"');
    expect(() =>
      predictChurn(one, [logisticLearner], features.slice(1), { ...table, columns: table.columns.slice(1) }),
    ).toThrow('is not there');
  });

  it('tests on a later time where enough is held out, and says so where it is not', async () => {
    const { rows, cutOffs } = atTwoDays(400);
    const team = churnTeamAlone([majority, logisticLearner]);
    const { card } = await learnChurn(rows, team, { cutOffs });
    expect(card).toMatchObject({ basis: 'out-of-time', rows: 134 });
    const few = { ...rows, cutOff: rows.cutOff.map((day, row) => (row > 30 ? 100 : day)) };
    const fallback = await learnChurn(few, team, { cutOffs });
    expect(fallback.card.basis).toBe('out-of-fold');
    expect(fallback.cautions.map(({ code }) => code)).toEqual(['not-out-of-time']);
  });

  it('warns of a feature that gives the answer away', async () => {
    const rows = plantedRows(300);
    const random = seededRandom(5);
    const told = Float64Array.from(rows.target, (one) => one + 0.9 * random());
    const features = [...rows.features, { ...rows.features[0], name: 'account closed' }];
    const given = { ...rows, features, table: { rows: 300, columns: [...rows.table.columns, told] } };
    const { cautions } = await learnChurn(given, churnTeamAlone([majority, logisticLearner]));
    expect(cautions).toMatchObject([{ code: 'may-give-away', feature: 'account closed' }]);
  });

  it('refuses what cannot be', async () => {
    const rows = plantedRows(100);
    await expect(learnChurn(rows, churnTeamAlone([majority]))).rejects.toThrow('add a model');
    const team = churnTeamAlone([logisticLearner]);
    await expect(learnChurn(rows, team, { folds: 2 })).rejects.toThrow('folds: a whole number from 3 to 20');
    await expect(learnChurn({ ...rows, target: new Uint8Array(100) }, team)).rejects.toMatchObject({
      code: 'bad-input',
    });
  });
});
