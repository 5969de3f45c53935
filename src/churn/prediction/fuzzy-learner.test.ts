import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../learn/random.ts';
import { readRules } from '../fuzzy/notation.ts';
import { partitionOf } from '../fuzzy/partition.ts';
import { rulesSentence } from '../fuzzy/rule-words.ts';
import { ruleDegree } from '../fuzzy/terms.ts';
import type { ChurnFuzzy } from './churn-fuzzy.ts';
import type { ChurnRows } from './churn-rows.ts';
import { rowsWhere } from './folds.ts';
import { fuzzyColumns, fuzzyTable } from './fuzzy-columns.ts';
import { fuzzyLearner } from './fuzzy-learner.ts';
import { fuzzyRules } from './fuzzy-rules.ts';
import { learnChurn } from './learn-churn.ts';
import { logisticLearner } from './logistic-learner.ts';
import { plainRows } from './plain-table.ts';
import { predictChurn } from './predict-churn.ts';
import { reasonsAt } from './reasons.ts';
import { contractFeatures, eventFeatures, eventValueFeatures, orderFeatures } from './shop-features.ts';
import { churnTeamAlone } from './team.ts';
import { plantedRows } from './testing/planted.ts';

const allOf = ({ table }: ChurnRows): Int32Array => rowsWhere(table.rows, () => true);

describe('the columns of fuzzy rules', () => {
  const towns = ['Ulm', 'Bern', null, 'Ulm', 'Bern', 'Ulm'];
  const rows = plainRows(
    [
      { name: 'age', values: [31, 44, null, 25, 60, 18] },
      { name: 'town', values: towns },
    ],
    towns.map((_, n) => n % 2 === 0),
  );

  it('are categories again where columns are the labels of one', () => {
    const [age, town, ...others] = fuzzyColumns(rows.features, rows.table, allOf(rows));
    expect(others).toEqual([]);
    expect(age).toMatchObject({ feature: { name: 'age', kind: 'number' }, from: [0], otherLevel: null });
    expect(town.feature).toMatchObject({ name: 'town', kind: 'category', labels: { en: 'town' } });
    expect(town.feature.levels!.map(({ name }) => name)).toEqual(['Ulm', 'Bern', '≠']);
    const asked = {
      rows: 3,
      columns: [
        Float64Array.of(1, 2, 3),
        Float64Array.of(0, 0, Number.NaN),
        Float64Array.of(1, 0, Number.NaN),
      ],
    };
    expect(fuzzyTable([town], asked).columns[0]).toEqual(Float64Array.of(1, 2, Number.NaN));
    expect(fuzzyTable([town], rows.table).columns[0]).toEqual(Float64Array.of(0, 1, Number.NaN, 0, 1, 0));
  });

  it('stay yes and no where a customer has two of them', () => {
    const both = {
      ...rows.table,
      columns: rows.table.columns.map((column) => column.map((own) => own && 1)),
    };
    both.columns[2][0] = 1;
    both.columns[1][0] = 1;
    const found = fuzzyColumns(rows.features, both, allOf(rows));
    expect(found.map(({ feature }) => feature.kind)).toEqual(['number', 'yes/no', 'yes/no']);
  });

  it('have the words of what a shop knows', () => {
    const features = [
      ...orderFeatures,
      ...contractFeatures,
      ...eventFeatures('complaint'),
      ...eventValueFeatures('satisfaction'),
    ];
    const values = Float64Array.of(1, 2, 3, 5, 9, Number.NaN);
    const table = { rows: 6, columns: features.map(() => values) };
    const own = fuzzyColumns(
      features,
      table,
      rowsWhere(6, () => true),
    ).map(({ feature }) => feature);
    const told = { features: own, partitions: own.map((one) => partitionOf(one, values, Int32Array.from(values.keys()))) }; // biome-ignore format: one line
    const say = (rule: string, language: 'en' | 'zh-Hans' | 'zh-Hant' = 'en') =>
      rulesSentence(told, readRules(told, rule), 'leaving', language);
    expect(say('recency PS & orders90 NB')).toBe(
      'If the last order is long ago and there are very few orders in the last 90 days, then the customer is leaving.',
    );
    expect(say('recency PS & orders90 NB', 'zh-Hans')).toBe(
      '如果上次下单距今较久且近 90 天订单数很少，那么顾客将流失。',
    );
    expect(say('event.complaint.since NB & revenue365 NS', 'zh-Hant')).toBe(
      '如果上次投訴距今很近且近 365 天消費較低，那麼顧客將流失。',
    );
    expect(say('meanGap PB | lostOdds PS | event.satisfaction.mean NB | contractDays NS')).toBe(
      'If the mean gap between orders is very long, or the odds of being lost already are high, or the mean of satisfaction scores is very low, or the time under contract without a gap is short, then the customer is leaving.',
    );
  });
});

describe('fuzzy rules among other models', { timeout: 60_000 }, () => {
  /** Each planted customer at two days; `strong` is not known yet on the first. */
  function atTwoDays(): ChurnRows {
    const once = plantedRows(500);
    const [strong, ...others] = once.table.columns;
    return {
      features: once.features,
      table: {
        rows: 1000,
        columns: [
          Float64Array.of(...strong.map((own, n) => (n % 4 === 0 ? Number.NaN : own)), ...strong),
          ...others.map((column) => Float64Array.of(...column, ...column)),
        ],
      },
      target: Uint8Array.of(...once.target.map(() => 0), ...once.target),
      customer: Int32Array.of(...once.customer, ...once.customer),
      cutOff: Int32Array.from({ length: 1000 }, (_, row) => (row < 500 ? 100 : 200)),
    };
  }

  it('count each customer once, in the newest row', () => {
    const rows = atTwoDays();
    const { model } = fuzzyLearner().fit(rows, allOf(rows), seededRandom(1));
    const { columns, model: fuzzy } = model as ChurnFuzzy;
    const found = fuzzyRules({ models: [{ learner: 'logistic', model: null }, { learner: 'fuzzy-rules', model }] }); // biome-ignore format: one line
    expect(found.length).toBeGreaterThan(1);
    const table = fuzzyTable(columns, rows.table);
    const newest = rowsWhere(1000, (row) => row >= 500);
    const shareOf = (sort: number, among: Int32Array): number =>
      among.filter((row) => rows.target[row] === sort).length / among.length;
    for (const { outcome, notation, customers, coverage, precision, lift, factor, words, figures } of found) {
      const [terms] = readRules(fuzzy!, notation);
      const held = newest.filter(
        (row) => ruleDegree(fuzzy!.partitions, terms, (n) => table.columns[n][row]) >= 0.5,
      );
      const sort = Number(outcome === 'leaving');
      expect(customers).toBe(held.length);
      expect(coverage).toBeCloseTo(held.length / 500, 12);
      expect(precision!.value).toBeCloseTo(shareOf(sort, held), 12);
      expect(precision!.low).toBeLessThan(precision!.value);
      expect(precision!.high).toBeGreaterThan(precision!.value);
      expect(lift!.value).toBeCloseTo(shareOf(sort, held) / shareOf(sort, newest), 12);
      expect(factor).toBeGreaterThan(1);
      expect(words.en).toContain(outcome);
      expect(figures['zh-Hans']).toContain('流失');
    }
    const leaving = found.filter(({ outcome }) => outcome === 'leaving');
    expect(found.slice(0, leaving.length)).toEqual(leaving);
  });

  it('tell of each customer what is so, in three languages', async () => {
    const rows = plantedRows(600);
    const learners = [fuzzyLearner()];
    const learnt = structuredClone(await learnChurn(rows, churnTeamAlone(learners)));
    expect(learnt.learner).toBe('fuzzy-rules');
    const { probabilities, reasons } = predictChurn(learnt, learners, rows.features, rows.table);
    const { columns, model, meanDegrees } = learnt.models[0].model as ChurnFuzzy;
    const table = fuzzyTable(columns, rows.table);
    expect(fuzzyRules(learnt).length).toBe(meanDegrees.length);
    const above = allOf(rows).filter((row) => probabilities[row] > 0.7);
    expect(above.length).toBeGreaterThan(20);
    for (const row of above) {
      const own = reasonsAt(learnt.features, learnt.means, reasons, row);
      expect(own.length).toBeGreaterThan(0);
      expect(own.length).toBeLessThanOrEqual(3);
      for (const { name, words, value, contribution } of own) {
        const degrees = readRules(model!, name).map((terms) =>
          ruleDegree(model!.partitions, terms, (n) => table.columns[n][row]),
        );
        expect(Math.max(...degrees)).toBeGreaterThanOrEqual(0.5);
        expect(contribution).toBeGreaterThan(0);
        expect(value).toBeNull();
        expect(words.en).toMatch(/^(strong|shield|noise) is /);
        expect(words['zh-Hant']).toMatch(/^(strong|shield|noise)/);
      }
    }
  });

  it('add up to the score beside the mean customer', () => {
    const rows = plantedRows(600);
    const scorer = fuzzyLearner().fit(rows, allOf(rows), seededRandom(2));
    const { columns, model, meanDegrees } = scorer.model as ChurnFuzzy;
    const { intercept, leaving, staying, partitions } = model!;
    const table = fuzzyTable(columns, rows.table);
    const rules = [...leaving, ...staying];
    const pull = (n: number): number => (n < leaving.length ? 1 : -1) * Math.log(rules[n].factor!);
    const base = meanDegrees.reduce((sum, degree, n) => sum + degree * pull(n), intercept);
    const scores = scorer.score(rows.table, allOf(rows));
    for (const row of [0, 7, 99, 431]) {
      const told = new Map(
        scorer.rules!.reasonsOf(rows.table, row).map((own) => [own.reason, own.contribution]),
      );
      const parts = rules.map(
        ({ terms }, n) =>
          pull(n) * (ruleDegree(partitions, terms, (at) => table.columns[at][row]) - meanDegrees[n]),
      );
      expect(parts.reduce((sum, own) => sum + own, base)).toBeCloseTo(scores[row], 10);
      for (const [n, contribution] of told) expect(contribution).toBeCloseTo(parts[n], 10);
    }
  });

  it('make way for others where there is nothing to induce', async () => {
    // Of 24 who left, seven or so are left in a third of the folds.
    const rows = plantedRows(600);
    const left = allOf(rows).filter((row) => rows.target[row] === 1);
    const target = rows.target.map((_, row) => Number(left.subarray(0, 24).includes(row)));
    const learners = [logisticLearner, fuzzyLearner()];
    const learnt = await learnChurn({ ...rows, target }, churnTeamAlone(learners), { folds: 3 });
    expect(learnt.card.models.map(({ learner }) => learner)).toEqual(['logistic', 'fuzzy-rules']);
    expect(fuzzyRules({ models: learnt.models.filter(({ learner }) => learner === 'logistic') })).toEqual([]);
  });
});
