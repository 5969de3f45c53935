import { seededRandom } from '../../../learn/random.ts';
import { normal } from '../../../learn/trees/testing/mixed-data.ts';
import type { ChurnRows } from '../churn-rows.ts';
import { plainRows } from '../plain-table.ts';

/** Customers who leave the likelier the higher `strong` is, and the less they have `shield`; `noise` says nothing. */
export function plantedRows(customers: number, seed = 1): ChurnRows {
  const random = seededRandom(seed);
  const draws = Array.from({ length: customers }, () => ({
    strong: normal(random),
    noise: normal(random),
    shield: random() < 0.5 ? 'yes' : 'no',
    chance: random(),
  }));
  const left = draws.map(
    ({ strong, shield, chance }) =>
      chance < 1 / (1 + Math.exp(-(1.2 * strong - (shield === 'yes' ? 1.5 : 0)))),
  );
  const column = (name: 'strong' | 'noise' | 'shield') => ({ name, values: draws.map((own) => own[name]) });
  return plainRows([column('strong'), column('noise'), column('shield')], left);
}
