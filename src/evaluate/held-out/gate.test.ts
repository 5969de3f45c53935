import { expect, it } from 'vitest';
import type { RankingEvaluation } from '../../ranking/ranking-evaluation.ts';
import { fewestCompared, gateVerdict } from './gate.ts';

const kind = (metric: string, cases: number, difference: number, width = 0.02) => ({
  cases,
  methods: [],
  againstPrevious: {
    metric,
    cases,
    ours: 0.2 + difference,
    previous: 0.2,
    difference,
    lower: difference - width,
    upper: difference + width,
  },
});
const evaluation = (visit: number, cart: number, cases = 500): RankingEvaluation => ({
  visit: kind('recall@10', cases, visit),
  cart: kind('hr@10', cases, cart),
});

it('is open for the first ranking', () => {
  expect(gateVerdict({ visit: null, cart: null }, undefined, false)).toMatchObject({
    isOpen: true,
    why: 'first',
  });
});

it('is open where the difference may be chance, and closed where it is more', () => {
  expect(gateVerdict(evaluation(-0.019, 0), 4, false)).toMatchObject({ isOpen: true, why: 'not-worse' });
  const closed = gateVerdict(evaluation(-0.021, 0.1), 4, false);
  expect(closed).toMatchObject({ isOpen: false, why: 'worse' });
  expect(closed.text).toBe(
    'Not put into service, as it is worse than model 4, which is in service: it finds 17.9 % of what customers bought next, not 20.0 %, ' +
      'among ten offers (500 orders new to both; difference -4.1 % to -0.1 %). Model 4 stays; put this one into service with ' +
      'POST /v1/models/{version}/promote, or train with --force (ranking.gate false over HTTP).',
  );
  expect(gateVerdict(evaluation(0.1, -0.021), 4, false).isOpen).toBe(false);
});

it('is open to force, which is said', () => {
  const forced = gateVerdict(evaluation(-0.1, 0), 4, true);
  expect(forced).toMatchObject({ isOpen: true, why: 'forced' });
  expect(forced.text).toMatch(
    /^Put into service as was wanted, though it is worse than model 4, which was in service: it finds 10\.0 %/,
  );
});

it('is open where too few orders are new to both, and says how many', () => {
  const few = gateVerdict(evaluation(-0.1, -0.1, fewestCompared - 1), 4, false);
  expect(few).toMatchObject({ isOpen: true, why: 'too-few' });
  expect(few.text).toMatch(/since it was trained 199 could be asked about, and 200 are needed/);
  expect(gateVerdict({ visit: null, cart: null }, 4, false)).toMatchObject({ isOpen: true, why: 'too-few' });
  // One of the two kinds is enough.
  const mixed = { visit: kind('recall@10', 199, -0.1), cart: kind('hr@10', 200, 0) };
  expect(gateVerdict(mixed, 4, false)).toMatchObject({ isOpen: true, why: 'not-worse' });
});
