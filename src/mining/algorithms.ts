import { apriori } from './apriori.ts';
import { eclat } from './eclat.ts';
import { fpGrowth } from './fp-growth.ts';
import type { Miner } from './miner.ts';

/** The miners by the names under which they are asked for. */
export const miners = { apriori, eclat, fpgrowth: fpGrowth } as const satisfies Record<string, Miner>;

export type Algorithm = keyof typeof miners;
