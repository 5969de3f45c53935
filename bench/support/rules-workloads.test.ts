import { describe, expect, it } from 'vitest';
import { defaultWorkloads, parseRulesWorkloads } from './rules-workloads.ts';

describe('parseRulesWorkloads', () => {
  it('takes data, support and length', () => {
    expect(parseRulesWorkloads(`${defaultWorkloads},retail@8`)).toMatchObject([
      { name: 'Groceries@2x4', data: 'Groceries', minSupport: 2, maxLength: 4 },
      { name: 'generated@3x2', data: 'generated', minSupport: 3, maxLength: 2 },
      { name: 'retail@8', data: 'retail', minSupport: 8, maxLength: undefined },
    ]);
  });

  it.each(['', 'retail', 'retail@0', 'retail@8x1', 'retail@8x', 'elsewhere@3', 'retail@8,'])(
    'refuses %o',
    (text) => {
      expect(() => parseRulesWorkloads(text)).toThrow('is no workload');
    },
  );
});
