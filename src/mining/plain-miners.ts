import { apriori } from './apriori.ts';
import { eclat } from './eclat.ts';
import { fpGrowth } from './fp-growth.ts';
import type { Miner } from './miner.ts';
import type { Algorithm } from './request.ts';

/** Each algorithm in plain TypeScript on one thread: easy to read, and what the quicker searches are held against. */
export const plainMiners = { apriori, eclat, fpgrowth: fpGrowth } as const satisfies Record<Algorithm, Miner>;
