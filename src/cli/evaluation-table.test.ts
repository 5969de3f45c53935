import { expect, it } from 'vitest';
import { evaluationText } from './evaluation-table.ts';

const figure = (value: number) => ({ value, lower: value - 0.01, upper: value + 0.01, cases: 1200 });

it('tells the figures of each way to rank in columns, and then what became of the model', () => {
  const text = evaluationText({
    ranking: {
      visit: {
        cases: 1200,
        methods: [
          { name: 'popularity', isBaseline: true, metrics: { 'recall@10': figure(0.05), 'ndcg@10': figure(0.1) }, calibrationError: null }, // biome-ignore format: one line
          { name: 'pairwell', isBaseline: false, metrics: { 'recall@10': figure(0.22) }, calibrationError: 0.0123 }, // biome-ignore format: one line
        ],
        againstPrevious: null,
      },
      cart: {
        cases: 1,
        methods: [{ name: 'pairwell', isBaseline: false, metrics: { 'hr@10': figure(0.4) }, calibrationError: null }], // biome-ignore format: one line
        againstPrevious: null,
      },
    },
    gate: { isOpen: true, why: 'first', text: 'No ranking was in service to compare it with.' },
  });
  expect(text).toBe(
    [
      'What customers bought next, of 1,200 customers held out:',
      '              recall@10  ndcg@10  calibration error',
      '  popularity     0.0500   0.1000                  -',
      '  pairwell       0.2200        -             0.0123',
      'What was left out of a basket, of 1 basket held out:',
      '             hr@10',
      '  pairwell  0.4000',
      'No ranking was in service to compare it with.',
    ].join('\n'),
  );
});

it('says what became of the model alone where nothing could be asked', () => {
  const gate = { isOpen: true, why: 'too-few' as const, text: 'Not compared.' };
  expect(evaluationText({ ranking: { visit: null, cart: null }, gate })).toBe('Not compared.');
});
