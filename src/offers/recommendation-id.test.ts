import { expect, it } from 'vitest';
import { placementNames } from './placements.ts';
import { readRecommendationId, recommendationIdOf } from './recommendation-id.ts';

it('says which model and placement an answer was of', () => {
  const unique = 'b3b74cb8-478d-4125-aad4-99dcf93aba55';
  expect(recommendationIdOf({ modelVersion: 12, placement: 'cart' }, unique)).toBe(`12.cart.${unique}`);
  for (const placement of placementNames) {
    const origin = { modelVersion: 2 ** 31, placement };
    expect(readRecommendationId(recommendationIdOf(origin, unique))).toEqual(origin);
  }
});

it.each([
  '',
  'b3b74cb8-478d-4125-aad4-99dcf93aba55',
  '1.moon.x',
  '.cart.x',
  '1.cart.',
  '1.cart.a b',
  'x1.cart.x',
])('says nothing where we have not made the id %j', (id) => expect(readRecommendationId(id)).toBeUndefined());
