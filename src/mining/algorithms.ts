import { apriori } from './apriori.ts';
import { fpGrowth } from './fp-growth.ts';
import type { Miner } from './miner.ts';

/** The miners by the names under which they are asked for. */
export const miners = { apriori, fpgrowth: fpGrowth } as const satisfies Record<string, Miner>;

export type Algorithm = keyof typeof miners;
