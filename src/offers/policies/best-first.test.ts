import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BestFirst } from './best-first.ts';

it('takes numbers out in their order, as many as are asked for, request after request', () => {
  const request = fc.record({
    values: fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 200 }),
    taken: fc.nat(220),
  });
  fc.assert(
    fc.property(fc.array(request, { maxLength: 4 }), (requests) => {
      let values: number[] = [];
      const best = new BestFirst((a, b) => values[a]! > values[b]! || (values[a] === values[b] && a < b));
      for (const each of requests) {
        values = each.values;
        best.clear(values.length);
        for (const i of values.keys()) best.add(i);
        best.order();
        const taken = Array.from({ length: each.taken }, () => best.take());
        const sorted = [...values.keys()].sort((a, b) => values[b]! - values[a]! || a - b);
        expect(taken).toEqual(Array.from({ length: each.taken }, (_, n) => sorted[n] ?? -1));
      }
    }),
  );
});
