import { expect, it } from 'vitest';
import { channelFeature } from './behaviour/features.ts';
import { segmentWords } from './segment-words.ts';

it('tells of one as of one', () => {
  expect(segmentWords.fewToScore(1, 5).en).toMatch(/^There is only 1 customer for/);
  expect(segmentWords.fewToScore(2, 5).en).toMatch(/^There are only 2 customers for/);
  expect(segmentWords.fewToPart(1, 10).en).toMatch(/^1 customer is too few/);
  expect(segmentWords.fewerThanAsked(1, 3).en).toBe(
    'There is 1 way of buying only, so there is 1 segment, not 3.',
  );
});

it('calls a channel one where its name does not tell', () => {
  const labelOf = (name: string) => channelFeature(0, name).label.en;
  expect(['7', 'A', 'B-12', 'web', '门店'].map(labelOf)).toEqual([
    'orders by channel 7',
    'orders by channel A',
    'orders by channel B-12',
    'orders by web',
    'orders by 门店',
  ]);
});
