import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankCustomers } from './rank-customers.ts';

describe('rankCustomers', () => {
  it('puts who is known in the order of their probabilities, ties by number', async () => {
    const odds = fc.array(fc.constantFrom(Number.NaN, 0.1, 0.2, 0.3), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(odds, async (all) => {
        const fill = (from: number, to: number, out: Float64Array): void => out.set(all.slice(from, to));
        const { order, probabilities } = await rankCustomers({ customers: all.length, fill }, async () => 0);
        expect([...probabilities]).toEqual(all);
        const known = [...all.keys()].filter((customer) => !Number.isNaN(all[customer]!));
        expect([...order]).toEqual(known.sort((a, b) => all[b]! - all[a]! || a - b));
      }),
    );
  });

  it('lets others go first after every few customers', async () => {
    let others = 0;
    const seen: number[] = [];
    const fill = (from: number, to: number, out: Float64Array): void => {
      seen.push(others);
      out.fill(1 / (1 + from), 0, to - from);
    };
    const { order } = await rankCustomers({ customers: 600, fill }, async () => others++);
    expect(seen).toEqual([0, 1, 2]);
    expect([order.length, order[0], order[599]]).toEqual([600, 0, 599]);
  });
});
