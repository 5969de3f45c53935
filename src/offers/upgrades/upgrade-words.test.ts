import { expect, it } from 'vitest';
import { productOf } from '../testing/product.ts';
import { noSteps } from './step-counts.ts';
import type { QuantityChange, Upgrade } from './upgrade.ts';
import { upgradeText } from './upgrade-words.ts';

const from = productOf('p', { name: 'Pencils', price: 2 });

function text(ratio: number, grows: readonly QuantityChange[], steps = noSteps): string {
  const upgrade: Upgrade = {
    product: productOf('q'),
    item: 1,
    ratio,
    alikeness: 1,
    grows,
    shrinks: [],
    steps,
    probability: 0,
    upShare: 0.5,
    relation: undefined,
    favouredBy: undefined,
    customerSegment: undefined,
  };
  return upgradeText(from, upgrade);
}

it.each([
  [1.5, [], 'For 50% more than Pencils.'],
  [1.052, [{ what: 'size', from: 2, to: 4 }], 'For 5.2% more than Pencils: a larger size.'],
  [2, [{ what: '#piece', from: 1, to: 3 }], 'For 100% more than Pencils: 3 pieces instead of 1 piece.'],
  [1.2, [{ what: '#gb', from: 8, to: 16 }], 'For 20% more than Pencils: 16 gb instead of 8 gb.'],
  [1.2, [{ what: 'ram', from: 8, to: 16 }], 'For 20% more than Pencils: ram 16 instead of 8.'],
])('upgradeText says what is more, for how much more: %s %j', (ratio, grows, expected) => {
  expect(text(ratio, grows)).toBe(expected);
});

it('upgradeText says who stepped up', () => {
  const steps = { ...noSteps, returned: 1, steppedUp: 1 };
  expect(text(1.5, [], steps)).toBe(
    'For 50% more than Pencils. 1 of 1 customer who bought that and came back bought this later.',
  );
});
