import fc from 'fast-check';
import { expect, it } from 'vitest';
import { placesOfPage } from './places-of-page.ts';

it('shows on its pages each customer once who is shown at all, also where one goes between two pages', () => {
  const ranking = fc.uniqueArray(fc.nat(40), { maxLength: 30 });
  fc.assert(
    fc.property(
      ranking,
      fc.array(fc.nat(40)),
      fc.nat(40),
      fc.integer({ min: 1, max: 7 }),
      (all, hidden, late, limit) => {
        const customers = Int32Array.from(all);
        const shown: number[] = [];
        const gone = new Set(hidden);
        for (let from: number | null = 0; from !== null; ) {
          const page = placesOfPage(customers, from, limit, (customer) => !gone.has(customer));
          expect(page.total).toBe(all.filter((customer) => !gone.has(customer)).length);
          shown.push(...page.places.map((place) => customers[place]));
          if (from === 0) gone.add(late);
          from = page.next;
        }
        const first = shown.slice(0, limit);
        expect(shown).toEqual(
          all.filter((customer) => !hidden.includes(customer) && (customer !== late || first.includes(late))),
        );
      },
    ),
  );
});
