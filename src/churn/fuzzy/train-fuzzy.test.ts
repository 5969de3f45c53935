import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../learn/random.ts';
import { areaUnderCurve, probabilityOf } from '../../learn/scores.ts';
import type { FuzzyFeature } from './features.ts';
import type { FuzzyData } from './fuzzy-data.ts';
import { type FuzzyModel, fuzzyProbability, holdingRules, scoreFuzzy } from './fuzzy-model.ts';
import { readRules, rulesNotation } from './notation.ts';
import { ruleDegree } from './terms.ts';
import { trainFuzzy } from './train-fuzzy.ts';

const features: readonly FuzzyFeature[] = [
  { name: 'calls', kind: 'count' },
  { name: 'last', kind: 'days-since' },
  { name: 'amount', kind: 'money' },
  { name: 'plan', kind: 'category', levels: ['monthly', 'yearly', 'other'].map((name) => ({ name })) },
  { name: 'loan', kind: 'yes/no' },
];

/** Customers of whom nine in ten leave where a rule holds to ½ or more, and one in ten elsewhere. */
function planted(rule: string, rows: number, seed: number): FuzzyData {
  const random = seededRandom(seed);
  const drawn = (make: () => number): Float64Array => Float64Array.from({ length: rows }, make);
  const columns = [
    drawn(() => Math.floor(random() * 21)),
    drawn(() => random() * 200),
    drawn(() => random() * 100),
    drawn(() => Math.floor(random() * 3)),
    drawn(() => (random() < 0.4 ? 1 : 0)),
  ];
  const data = { table: { rows, columns }, features };
  // Partitions do not depend on the target: those of any model are those that the rule speaks of.
  const target = Uint8Array.from({ length: rows }, () => (random() < 0.5 ? 1 : 0));
  const { partitions } = trainFuzzy({ ...data, target }, { folds: 0, widths: [1] }, random);
  const rules = readRules({ features, partitions }, rule);
  const holds = (row: number): boolean =>
    rules.some((terms) => ruleDegree(partitions, terms, (feature) => columns[feature][row]) >= 0.5);
  return { ...data, target: target.map((_, row) => (random() < (holds(row) ? 0.9 : 0.1) ? 1 : 0)) };
}

function scoresOf(model: FuzzyModel, { table }: FuzzyData): Float64Array {
  const { rows, columns } = table;
  const values = Float64Array.from({ length: rows * columns.length }, (_, at) => {
    const feature = at % columns.length;
    return columns[feature][(at - feature) / columns.length];
  });
  const scores = new Float64Array(rows);
  scoreFuzzy(model, values, rows, scores);
  return scores;
}

const leavingOf = (model: FuzzyModel): string[] =>
  model.leaving.map(({ terms }) => rulesNotation(model, [terms])).sort();

describe('a planted rule', () => {
  const rule = 'calls PB | plan =monthly & loan =1';
  const data = planted(rule, 4000, 8);

  it("is found as it is by the paper's variant", () => {
    const model = trainFuzzy(data, { variant: 'paper', folds: 0 }, seededRandom(1));
    expect(leavingOf(model)).toEqual(rule.split(' | '));
    for (const { figures } of model.leaving) {
      expect(figures.rate).toBeCloseTo(0.9, 1);
      expect(figures.rateInterval.low).toBeLessThan(0.9);
      expect(figures.rateInterval.high).toBeGreaterThan(0.9);
      expect(figures.lift).toBeCloseTo(figures.rate! / model.baseRate, 12);
    }
  });

  it('is found by the weighted variant too, and nothing else, and foretells who leaves elsewhere', () => {
    const model = trainFuzzy(data, {}, seededRandom(1));
    expect(leavingOf(model)).toEqual(rule.split(' | '));
    expect(model.staying).toEqual([]);
    const others = planted(rule, 4000, 9);
    const scores = scoresOf(model, others);
    // It holds for 1 − 6/7 × 13/15 = .257: .231 of all leave there and .074 elsewhere, .026 and .669 stay. So the area is
    // ½ + (.231/.305 − .026/.695) / 2 = .860, with a standard error of about .007.
    expect(Math.abs(areaUnderCurve(scores, others.target)! - 0.86)).toBeLessThan(0.02);
    const mean = scores.reduce((sum, score) => sum + fuzzyProbability(model, score) / scores.length, 0);
    expect(mean).toBeCloseTo(model.baseRate, 1);
    expect(Math.abs(model.induction.outOfFold!.areaUnderCurve - 0.86)).toBeLessThan(0.02);
  });

  it('is told of the customers that it holds for, the strongest first', () => {
    const model = trainFuzzy(data, { folds: 0 }, seededRandom(1));
    const holding = holdingRules(model, Float64Array.of(20, 10, 50, 0, 0));
    expect(rulesNotation(model, [holding[0].rule.terms])).toBe('calls PB');
    expect(holding[0]).toMatchObject({ outcome: 'leaving', degree: 1 });
    expect(holding.every(({ degree }) => degree >= 0.5)).toBe(true);
  });
});

describe('what is learnt', () => {
  const data = planted('calls PB & plan =monthly | amount NB & loan =1 | last PB', 1500, 3);

  it('is the same again from the same data and random numbers, as plain data', () => {
    const model = trainFuzzy(data, { widths: [7] }, seededRandom(2));
    expect(trainFuzzy(data, { widths: [7] }, seededRandom(2))).toEqual(model);
    expect(structuredClone(model)).toEqual(model);
  });

  it.each([
    ['paper', 2, 2],
    ['weighted', 1, 3],
    ['weighted', 3, 1],
  ] as const)('keeps to the limits: %s, %i rules of %i terms', (variant, rules, terms) => {
    const model = trainFuzzy(data, { variant, rules, terms, folds: 0 }, seededRandom(2));
    for (const own of [model.leaving, model.staying]) {
      expect(own.length).toBeLessThanOrEqual(rules);
      expect(own.every((rule) => rule.terms.length >= 1 && rule.terms.length <= terms)).toBe(true);
    }
    expect(model.leaving.length + model.staying.length).toBeGreaterThan(0);
  });

  it('scores a customer by the rules as they are told', () => {
    const degree = (model: FuzzyModel, row: number) => (rule: FuzzyModel['leaving'][number]) =>
      ruleDegree(model.partitions, rule.terms, (feature) => data.table.columns[feature][row]);
    const weighted = trainFuzzy(data, { folds: 0 }, seededRandom(2));
    const paper = trainFuzzy(data, { folds: 0, variant: 'paper' }, seededRandom(2));
    const scores = [scoresOf(weighted, data), scoresOf(paper, data)];
    for (const row of [0, 1, 2, 3, 500]) {
      let odds = Math.exp(weighted.intercept);
      for (const rule of weighted.leaving) odds *= rule.factor! ** degree(weighted, row)(rule);
      for (const rule of weighted.staying) odds /= rule.factor! ** degree(weighted, row)(rule);
      expect(probabilityOf(scores[0][row])).toBeCloseTo(odds / (1 + odds), 12);
      const y1 = Math.max(...paper.leaving.map(degree(paper, row)));
      const y0 = Math.max(...paper.staying.map(degree(paper, row)));
      expect(scores[1][row]).toBeCloseTo(y0 + y1 > 0 ? y1 / (y0 + y1) : paper.baseRate, 12);
    }
    expect(weighted.leaving.every(({ factor }) => factor! > 1)).toBe(true);
  });

  it('is searched with a sample of many rows, and said', () => {
    const model = trainFuzzy(data, { searchRows: 500, folds: 0 }, seededRandom(2));
    expect(model.induction).toMatchObject({ customers: 1500, searched: { fit: 300, choice: 200 } });
  });
});

describe('columns that say nothing', () => {
  const { table, target } = planted('calls PB', 1000, 5);
  const constant = new Float64Array(1000).fill(3);
  const missing = new Float64Array(1000).fill(Number.NaN);
  const own = (name: string): FuzzyFeature => ({ name, kind: 'number' });

  it('are left out and named, as are sets that repeat others or hold for nearly nobody', () => {
    const rare = constant.map((_, row) => (row < 2 ? 1 : 0));
    const columns = [...table.columns, constant, missing, table.columns[4], rare];
    const data: FuzzyData = {
      table: { rows: 1000, columns },
      ...{ target, features: [...features, ...['constant', 'missing', 'again', 'rare'].map(own)] },
    };
    const { induction } = trainFuzzy(data, { folds: 0, widths: [2] }, seededRandom(1));
    expect(induction.featuresLeftOut).toEqual([
      { feature: 5, reason: 'constant' },
      { feature: 6, reason: 'all-missing' },
    ]);
    expect(induction.setsLeftOut).toEqual([
      { set: { feature: 7, place: 1 }, reason: 'repeated' },
      { set: { feature: 8, place: 1 }, reason: 'rare' },
    ]);
    expect(induction.setsUsed).toBe(3 * 5 + 3 + 1);
    const screened = trainFuzzy(data, { folds: 0, widths: [2], sets: 4 }, seededRandom(1)).induction;
    expect(screened.setsUsed).toBe(4);
    expect(screened.setsLeftOut.filter(({ reason }) => reason === 'screened')).toHaveLength(15);
  });

  it('are refused where there is nothing else', () => {
    const data = {
      table: { rows: 1000, columns: [constant, missing] },
      target,
      features: [own('a'), own('b')],
    };
    expect(() => trainFuzzy(data, {}, seededRandom(1))).toThrow(/No column says anything/);
  });
});

describe('where it is not stated is a set that rules may speak of', () => {
  it('and is found where it tells who leaves', () => {
    const { table, target } = planted('calls PB', 2000, 9);
    const amount = table.columns[2].map((value, row) => (target[row] === 1 ? Number.NaN : value));
    const columns = [table.columns[0], amount];
    const data: FuzzyData = { table: { rows: 2000, columns }, target, features: [features[0], features[2]] };
    const model = trainFuzzy(data, { variant: 'paper', folds: 0 }, seededRandom(1));
    expect(leavingOf(model)).toEqual(['amount ?']);
  });
});

describe('what cannot be learnt from is refused', () => {
  const data = planted('calls PB', 200, 5);
  const train = (own: Partial<FuzzyData>, options = {}): FuzzyModel =>
    trainFuzzy({ ...data, ...own }, { folds: 0, ...options }, seededRandom(1));

  it('with words that say what to do', () => {
    const target = new Uint8Array(200);
    expect(() => train({ target })).toThrow(
      '200 customers stayed and 0 left: one class only, rules take 10 of each. Look back further, or take another horizon or definition of leaving.',
    );
    expect(() => train({ target: target.fill(1, 0, 9) })).toThrow(/9 left: too few of one class/);
    expect(() => train({ groups: new Int32Array(200) })).toThrow(/0 customers stayed and 1 left/);
    expect(() => train({ groups: new Int32Array(3) })).toThrow(/3 groups for 200 rows/);
    expect(() => train({ features: features.slice(1) })).toThrow(/4 features for 5 columns/);
    expect(() => train({ features: features.with(1, features[0]) })).toThrow(
      'Two features are called "calls".',
    );
    const infinite = data.table.columns.with(2, new Float64Array(200).fill(Number.POSITIVE_INFINITY));
    expect(() => train({ table: { rows: 200, columns: infinite } })).toThrow(/"amount" is Infinity in row 0/);
    const beyond = data.table.columns.with(3, new Float64Array(200).fill(3));
    expect(() => train({ table: { rows: 200, columns: beyond } })).toThrow(
      '"plan" is 3 in row 0; it has to be a whole number from 0 to 2, or NaN where it is not stated.',
    );
    expect(() => train({}, { terms: 0 })).toThrow('terms: a whole number from 1 to 8, not 0.');
    expect(() => train({}, { fitShare: 1 })).toThrow(/fitShare/);
  });
});
