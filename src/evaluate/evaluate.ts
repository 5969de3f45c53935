import { PairwellError } from '../errors.ts';
import { cartBaselines, nextBasketBaselines } from './baselines/baselines.ts';
import type { CartMethod, NextBasketMethod } from './method.ts';
import { type CartSettings, cartCases, rankCarts } from './protocols/cart.ts';
import { compareMethods, type MethodReport, type Tried } from './protocols/compare-methods.ts';
import { type HoldoutSettings, holdoutCases } from './protocols/holdout.ts';
import { type NextBasketSettings, nextBasketCases } from './protocols/next-basket.ts';
import type { Outcome } from './protocols/outcome.ts';
import { type CustomerCases, rankCustomers } from './protocols/rank-customers.ts';
import type { Sales } from './sales.ts';

/** How often groups are drawn for intervals, and the seed of all that is drawn. */
export interface Drawing {
  readonly resamples: number;
  readonly seed: number;
}

/** Which ways to rank are held against each other, by their names; all by default. */
export interface Chosen {
  readonly methods?: readonly string[] | undefined;
}

export type EvaluationRequest =
  | (Drawing & Chosen & { readonly protocol: 'next-basket' } & NextBasketSettings)
  | (Drawing & Chosen & { readonly protocol: 'cart' } & CartSettings)
  | (Drawing & Chosen & { readonly protocol: 'holdout' } & HoldoutSettings);

export type Protocol = EvaluationRequest['protocol'];
export const protocols = ['next-basket', 'cart', 'holdout'] as const satisfies readonly Protocol[];

/** Ways to rank that are held against the baselines. */
export interface OwnMethods {
  readonly nextBasket: readonly NextBasketMethod[];
  readonly cart: readonly CartMethod[];
}

export interface EvaluationHooks {
  /** The clock, in milliseconds from any start. */
  readonly now: () => number;
  /** @param share of the cases that are done with, 0 to 1 */
  readonly onProgress?: (method: string, share: number) => void;
}

export interface Evaluation {
  /** What was asked about. */
  readonly test: Readonly<Record<string, number | string>>;
  /** Each method with how long it learnt and how long it ranked, in milliseconds. */
  readonly methods: readonly (MethodReport & { ms: { prepare: number; rank: number } })[];
}

/** The lengths of lists that figures are told for. */
const nextBasketLengths = [10, 20];
const cartLengths = [5, 10, 20];

interface Trial {
  readonly name: string;
  readonly isBaseline: boolean;
  /** Learns, and returns how the cases are ranked. */
  prepare(): Promise<(onCase: () => void) => Outcome>;
}

/**
 * Holds ways to rank against each other, on the same cases. The same request on the same sales gives the same figures, times apart.
 *
 * @throws PairwellError `bad-input` where the sales do not allow the protocol
 */
export async function evaluate(
  sales: Sales,
  request: EvaluationRequest,
  own: OwnMethods,
  hooks: EvaluationHooks,
): Promise<Evaluation> {
  if (request.protocol === 'cart') {
    const { cases, figures } = cartCases(sales, request);
    const baselines = cartBaselines(cases.past.customer.some((customer) => customer >= 0));
    const trials = [...baselines, ...own.cart].map(
      (method, n): Trial => ({
        name: method.name,
        isBaseline: n < baselines.length,
        prepare: async () => {
          const ranker = await method.prepare(cases.past);
          return (onCase) => rankCarts(ranker, cases, cartLengths, onCase);
        },
      }),
    );
    return { test: figures, methods: await tryAll(trials, cartGroups(cases.customer), request, hooks) };
  }
  const { cases, figures } =
    request.protocol === 'holdout' ? holdoutCases(sales, request) : nextBasketCases(sales, request);
  const trials = [...nextBasketBaselines, ...own.nextBasket].map((method, n) =>
    customerTrial(method, n < nextBasketBaselines.length, cases),
  );
  const groupOf = cases.customers.map((_, at) => at);
  const methods = await tryAll(trials, { groupOf, groupCount: groupOf.length }, request, hooks);
  return { test: figures, methods };
}

const customerTrial = (method: NextBasketMethod, isBaseline: boolean, cases: CustomerCases): Trial => ({
  name: method.name,
  isBaseline,
  prepare: async () => {
    const ranker = await method.prepare(cases.past);
    return (onCase) => rankCustomers(ranker, cases, nextBasketLengths, onCase);
  },
});

interface Groups {
  readonly groupOf: Int32Array;
  readonly groupCount: number;
}

/** The baskets of one customer are one group, those of nobody known one each. */
function cartGroups(customer: Int32Array): Groups {
  const numbers = new Map<number, number>();
  let groupCount = 0;
  const groupOf = customer.map((one) => {
    const known = one < 0 ? undefined : numbers.get(one);
    if (known !== undefined) return known;
    if (one >= 0) numbers.set(one, groupCount);
    return groupCount++;
  });
  return { groupOf, groupCount };
}

async function tryAll(
  trials: readonly Trial[],
  { groupOf, groupCount }: Groups,
  request: Drawing & Chosen & { readonly protocol: Protocol },
  { now, onProgress = () => undefined }: EvaluationHooks,
): Promise<Evaluation['methods']> {
  const chosen = chosenOf(trials, request);
  const tried: Tried[] = [];
  const times: { prepare: number; rank: number }[] = [];
  for (const [n, { name, isBaseline, prepare }] of chosen.entries()) {
    let done = 0;
    const onCase = (): void => onProgress(name, (n + done++ / groupOf.length) / chosen.length);
    const started = now();
    const rank = await prepare();
    const prepared = now();
    tried.push({ name, isBaseline, outcome: rank(onCase) });
    times.push({ prepare: Math.round(prepared - started), rank: Math.round(now() - prepared) });
  }
  return compareMethods(tried, groupOf, groupCount, request).map((report, n) => ({
    ...report,
    ms: times[n],
  }));
}

function chosenOf(
  trials: readonly Trial[],
  { methods, protocol }: Chosen & { readonly protocol: Protocol },
): readonly Trial[] {
  if (!methods) return trials;
  const unknown = methods.find((name) => trials.every((trial) => trial.name !== name));
  if (unknown !== undefined) {
    const known = trials.map(({ name }) => name).join(', ');
    throw new PairwellError(
      'bad-input',
      `There is no method "${unknown}" for ${protocol}: there are ${known}.`,
    );
  }
  return trials.filter(({ name }) => methods.includes(name));
}
