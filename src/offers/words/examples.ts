import type { Named, Reason, ReasonKey } from '../reason.ts';

const bread: Named = { code: '84', name: 'Rye bread' };
const butter: Named = { code: '85', name: 'Butter' };

/** A reason of each key, to show what templates make of it. */
export const exampleReasons = {
  'goes-with-one': { key: 'goes-with-one', because: [bread], confidence: 0.27 },
  'goes-with-several': { key: 'goes-with-several', because: [bread, butter], confidence: 0.415 },
  'bought-next': { key: 'bought-next', because: [bread], confidence: 0.083 },
  'of-kind': { key: 'of-kind', because: [bread], confidence: 0.27 },
  'bought-by-same': { key: 'bought-by-same', because: [bread], confidence: 0.34 },
  selling: { key: 'selling', because: [], orders: 43 },
  popular: { key: 'popular', because: [], orders: 1250 },
  'popular-in-segment': { key: 'popular-in-segment', because: [], orders: 120, segment: 'France' },
  habit: { key: 'habit', because: [], times: 5, everyDays: 27.5, sinceDays: 27 },
  'habit-once': { key: 'habit-once', because: [], times: 1, sinceDays: 40 },
  upgrade: { key: 'upgrade', because: [bread], confidence: 0.12, customers: 18 },
  'upgrade-alike': { key: 'upgrade-alike', because: [bread] },
  bundle: { key: 'bundle', because: [bread, butter], confidence: 0.2, orders: 35 },
  alike: { key: 'alike', because: [bread] },
  chosen: { key: 'chosen', because: [] },
} as const satisfies { readonly [Key in ReasonKey]: Reason & { readonly key: Key } };
