import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BasketHistories, basketHistories, itemsOfBasket } from '../../baskets/basket-histories.ts';
import { noSteps, StepCounter, type StepCounts, upShareOf } from './step-counts.ts';

const [cheap, dear, other] = [0, 1, 2];

/** By customer, by day: the items. */
function historiesOf(customers: readonly (readonly (readonly number[])[])[], itemCount = 3): BasketHistories {
  const rows = customers.flatMap((days, c) =>
    days.flatMap((items, day) => items.map((item) => [c, day, item] as const)),
  );
  const column = (at: 0 | 1 | 2) => Int32Array.from(rows, (row) => row[at]);
  return basketHistories(
    { customer: column(0), day: column(1), item: column(2) },
    customers.length,
    itemCount,
  );
}

describe('StepCounter', () => {
  const histories = historiesOf([
    [[cheap], [dear], [dear, other]], // up; two visits later, both with the dear one alone
    [[dear], [cheap], [other]], // down; one visit later, without
    [[cheap, dear], [cheap]], // neither; one visit later, with the cheap one
    [[cheap], [cheap, dear]], // up, but both in one visit
    [[cheap]], // did not come back
    [[other], [dear]], // never had the cheap one
  ]);
  const counter = new StepCounter(histories);

  it('counts who stepped up and down by their first purchases, and the visits after', () => {
    expect(counter.between(cheap, dear)).toEqual({
      buyers: 5,
      returned: 4,
      steppedUp: 2,
      steppedDown: 1,
      visits: 5,
      taken: 2,
    });
  });

  it('draws the share of visits to that of all visits with the upgrade', () => {
    // 6 of 13 visits hold the dear one.
    expect(counter.probability(dear, counter.between(cheap, dear))).toBeCloseTo(
      (2 + 100 * (6 / 13)) / (5 + 100),
      12,
    );
    expect(counter.probability(dear, noSteps)).toBeCloseTo(6 / 13, 12);
  });

  it('takes an upgrade that nobody bought yet for sold as often as the mean', () => {
    // 16 items in 13 visits of three products.
    const steps = counter.between(cheap, -1);
    expect(steps).toEqual({ buyers: 5, returned: 4, steppedUp: 0, steppedDown: 0, visits: 5, taken: 0 });
    expect(counter.probability(-1, steps)).toBeCloseTo((100 * (16 / 3 / 13)) / 105, 12);
  });

  it('knows nothing without purchases', () => {
    const none = new StepCounter(historiesOf([]));
    expect(none.between(-1, -1)).toEqual(noSteps);
    expect(none.probability(-1, noSteps)).toBe(0);
  });

  it('is what counting customer by customer says', () => {
    const basket = fc.uniqueArray(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 4 });
    const shop = fc.array(fc.array(basket, { maxLength: 5 }), { maxLength: 6 });
    fc.assert(
      fc.property(shop, fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 }), (customers, a, b) => {
        fc.pre(a !== b);
        const histories = historiesOf(customers, 4);
        expect(new StepCounter(histories).between(a, b)).toEqual(counted(histories, a, b));
      }),
    );
  });
});

function counted(histories: BasketHistories, a: number, b: number): StepCounts {
  const counts = { ...noSteps };
  for (let c = 0; c + 1 < histories.offsets.length; c++) {
    const visits: Int32Array[] = [];
    for (let v = histories.offsets[c]; v < histories.offsets[c + 1]; v++)
      visits.push(itemsOfBasket(histories, v));
    const firstA = visits.findIndex((items) => items.includes(a));
    const firstB = visits.findIndex((items) => items.includes(b));
    if (firstA < 0) continue;
    const later = visits.slice(firstA + 1);
    counts.buyers++;
    counts.returned += Number(later.length > 0);
    counts.steppedUp += Number(firstB > firstA);
    counts.steppedDown += Number(firstB >= 0 && firstB < firstA);
    counts.visits += later.length;
    counts.taken += later.filter((items) => items.includes(b) && !items.includes(a)).length;
  }
  return counts;
}

describe('upShareOf', () => {
  it('is drawn to a half', () => {
    expect(upShareOf(noSteps)).toBe(0.5);
    expect(upShareOf({ ...noSteps, steppedUp: 10 })).toBe(0.75);
    expect(upShareOf({ ...noSteps, steppedUp: 90, steppedDown: 900 })).toBe(0.095);
  });
});
