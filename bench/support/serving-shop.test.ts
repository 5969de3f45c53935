import { describe, expect, it } from 'vitest';
import { policyInput } from '../../src/http/policy-schemas.ts';
import { seededRandom } from '../../src/learn/random.ts';
import { servePolicies } from './serve-policies.ts';
import { companionOf, productCode, servingShop } from './serving-shop.ts';

const plan = { products: 500, customers: 1000, seed: 5 };

interface Line {
  readonly order: string;
  readonly product: string;
  readonly customer: string;
}

function linesOf(): Line[] {
  const { heading, blocks } = servingShop(plan);
  const names = heading.trimEnd().split(',');
  return [...blocks()]
    .join('')
    .trimEnd()
    .split('\n')
    .map((line) => {
      const cells = line.split(',');
      expect(cells).toHaveLength(names.length);
      return Object.fromEntries(names.map((name, n) => [name, cells[n]])) as unknown as Line;
    });
}

describe('servingShop', () => {
  const lines = linesOf();
  const baskets = new Map<string, Set<string>>();
  for (const { order, product } of lines) baskets.set(order, (baskets.get(order) ?? new Set()).add(product));

  it('has about ten orders a customer, each line another product, the same every time', () => {
    expect(new Set(lines.map(({ customer }) => customer)).size).toBe(plan.customers);
    expect(baskets.size / plan.customers).toBeGreaterThan(9);
    expect(baskets.size / plan.customers).toBeLessThan(11);
    expect([...baskets.values()].reduce((sum, { size }) => sum + size, 0)).toBe(lines.length);
    expect(linesOf()).toEqual(lines);
  });

  it('has companions in a basket and habits from one to the next', () => {
    // Of a quarter of what is bought the companion is added.
    let withCompanion = 0;
    for (const { order, product } of lines) {
      const companion = productCode(companionOf(Number(product.slice(1)), plan.products));
      if (companion !== product && baskets.get(order)!.has(companion)) withCompanion++;
    }
    expect(withCompanion / lines.length).toBeGreaterThan(0.15);
    const bought = new Map<string, number>();
    for (const { customer, product } of lines)
      bought.set(`${customer} ${product}`, (bought.get(`${customer} ${product}`) ?? 0) + 1);
    const again = [...bought.values()].filter((times) => times > 1).length;
    expect(again / plan.customers).toBeGreaterThan(2);
  });
});

describe('servePolicies', () => {
  it('makes policies that are accepted, some of them for a segment alone', () => {
    const policies = servePolicies(plan, 200, ['rfm-champions'], seededRandom(1));
    expect(policies).toHaveLength(200);
    for (const policy of policies) expect(policyInput.safeParse(policy).error).toBeUndefined();
    expect(policies.filter((policy) => 'segments' in policy).length).toBeGreaterThan(50);
    expect(new Set(policies.map(({ action }) => action))).toEqual(new Set(['boost', 'bury', 'hide', 'pin']));
  });
});
