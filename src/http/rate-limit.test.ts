import { describe, expect, it } from 'vitest';
import { RateLimit } from './rate-limit.ts';

describe('RateLimit', () => {
  it('lets each client make so many requests in a minute, then says how long to wait', () => {
    const limit = new RateLimit(2);
    expect([0, 1, 2].map((seconds) => limit.secondsToWait('a', seconds * 1000))).toEqual([0, 0, 58]);
    expect(limit.secondsToWait('a', 59_999)).toBe(1);
    expect(limit.secondsToWait('b', 3000)).toBe(0);
  });

  it('starts anew with each window', () => {
    const limit = new RateLimit(1);
    expect(limit.secondsToWait('a', 0)).toBe(0);
    expect(limit.secondsToWait('a', 1)).toBe(60);
    expect(limit.secondsToWait('a', 60_000)).toBe(0);
    expect(limit.secondsToWait('a', 60_001)).toBe(60);
  });

  it('has no limit at 0', () => {
    const limit = new RateLimit(0);
    expect(Array.from({ length: 1000 }, () => limit.secondsToWait('a', 0))).toEqual(Array(1000).fill(0));
  });
});
