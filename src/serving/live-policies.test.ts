import { describe, expect, it } from 'vitest';
import { placements } from '../offers/placements.ts';
import { stored } from '../offers/policies/testing/choosing.ts';
import { LivePolicies } from './live-policies.ts';

const forSegments = (...segments: string[]) => stored({ action: 'hide', products: ['p1'], segments });

describe('LivePolicies', () => {
  it('has settings as they come, but for those that are set, until they are no more', () => {
    const live = new LivePolicies();
    expect(live.settings('email')).toEqual(placements.email);
    live.put([], { email: { limit: 2, maxPrice: 10 } });
    expect(live.settings('email')).toEqual({ ...placements.email, limit: 2, maxPrice: 10 });
    expect(live.settings('cart')).toEqual(placements.cart);
    live.put([], {});
    expect(live.settings('email')).toEqual(placements.email);
  });

  it('knows who has an attribute that policies ask about, whatever type its value is of', () => {
    const live = new LivePolicies();
    expect(live.put(forSegments('country=DE', 'age=44', 'member=true', 'rfm-new'), {})).toEqual([
      'country',
      'age',
      'member',
    ]);
    live.putCustomers([
      { code: 'ann', attributes: { country: 'DE', age: 44 } },
      { code: 'ben', attributes: { country: 'FR', member: true } },
      { code: 'eva', attributes: { country: ['DE'], constructor: 'x' } },
    ]);
    expect([...live.segmentsOf('ann')]).toEqual(['country=DE', 'age=44']);
    expect([...live.segmentsOf('ben')]).toEqual(['member=true']);
    expect([...live.segmentsOf('eva')]).toEqual([]);
    live.putCustomers([{ code: 'ann', attributes: { country: 'FR', age: 44 } }]);
    expect([...live.segmentsOf('ann')]).toEqual(['age=44']);
  });

  it('asks for customers of an attribute once, and again when it has forgotten them', () => {
    const live = new LivePolicies();
    const policies = forSegments('country=DE');
    live.put(policies, {});
    live.putCustomers([{ code: 'ann', attributes: { country: 'DE' } }]);
    expect(live.put(policies, {})).toEqual([]);
    expect([...live.segmentsOf('ann')]).toEqual(['country=DE']);
    expect(live.put([...policies, ...forSegments('country=FR')], {})).toEqual(['country']);
    live.forgetCustomers();
    expect([...live.segmentsOf('ann')]).toEqual([]);
    expect(live.put(policies, {})).toEqual(['country']);
  });

  it('knows nothing of segments that no policy asks about', () => {
    const live = new LivePolicies();
    expect(live.put(forSegments('rfm-new'), {})).toEqual([]);
    live.putCustomers([{ code: 'ann', attributes: { country: 'DE' } }]);
    expect(live.segmentsOf('ann').size).toBe(0);
  });
});
