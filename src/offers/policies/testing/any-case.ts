import fc from 'fast-check';
import { offerKinds } from '../../offer-kinds.ts';
import type { Candidate } from '../candidate.ts';
import type { ChoiceContext } from '../choice-context.ts';
import type { Policy } from '../policy.ts';
import { candidate, contextOf, stored } from './choosing.ts';

export const items = 16;
const item = fc.nat(items - 1);
const some = fc.array(item, { maxLength: 3, size: 'max' });
/** One in three: most candidates must come through, or there is nothing to choose from. */
const maybe = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: value });

const products = fc.record({
  stock: fc.constantFrom(null, null, null, 3, 0),
  price: fc.constantFrom(null, 1, 5, 20),
  cost: fc.constantFrom(null, 1, 4),
  category: fc.array(fc.constantFrom('a', 'b'), { maxLength: 2 }),
  attributes: fc.constantFrom({}, {}, { promotion: 'May' }),
});
type AnyProducts = { readonly [Key in 'stock' | 'price' | 'cost']: number | null } & {
  readonly category: string[];
  readonly attributes: { readonly promotion?: string };
};

const scored = fc.record({
  item,
  kind: fc.constantFrom(...offerKinds),
  value: fc.integer({ min: -3, max: 9 }),
  probability: fc.constantFrom(0.1, 0.2),
});

const target = fc.record({
  products: some.map((numbers) => numbers.map((n) => `p${n}`)),
  categories: fc.array(fc.array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 2 }), { maxLength: 1 }),
});
const scope = {
  enabled: fc.constantFrom(true, true, true, false),
  placements: maybe(fc.constantFrom(['home' as const], ['email' as const])),
  segments: maybe(fc.constantFrom(['tier-peak'], ['rfm-new'])),
  startsAt: maybe(fc.integer({ min: 0, max: 3 })),
  endsAt: maybe(fc.integer({ min: 4, max: 6 })),
};
const pin = fc.record({
  action: fc.constant('pin' as const),
  product: item.map((n) => `p${n}`),
  position: fc.constantFrom(1, 2, 3, 5),
  ...scope,
});
const weight = fc
  .tuple(fc.constantFrom('boost' as const, 'bury' as const), fc.record(scope), target)
  .map(([action, when, about]) => ({ action, factor: action === 'boost' ? 2 : 0.5, ...when, ...about }));
const mark = fc
  .tuple(fc.constantFrom('hide' as const, 'consumable' as const), fc.record(scope), target)
  .map(([action, when, about]) => ({ action, ...when, ...about }));

const anyPolicies = (withPins: boolean) =>
  fc.array(withPins ? fc.oneof(pin, pin, weight, mark) : fc.oneof(weight, mark), {
    maxLength: 6,
    size: 'max',
  });

const settings = fc.record({
  kinds: fc.record(
    Object.fromEntries(offerKinds.map((kind) => [kind, fc.constantFrom(1, 1, 1, 1, 0.5, 0.25, 0)])),
    {
      requiredKeys: [],
    },
  ),
  minPrice: maybe(fc.constant(2)),
  maxPrice: maybe(fc.constant(6)),
  maxCartShare: maybe(fc.constantFrom(0.5, 2)),
  unknownPrices: fc.constantFrom('offer' as const, 'remove' as const),
  minMargin: maybe(fc.constantFrom(0, 1)),
  minMarginShare: maybe(fc.constant(0.5)),
  unknownCosts: fc.constantFrom('offer' as const, 'remove' as const),
  maxPerCategory: maybe(fc.integer({ min: 1, max: 2 })),
  categoryLevel: maybe(fc.integer({ min: 1, max: 2 })),
  repeatLimit: maybe(fc.integer({ min: 1, max: 3 })),
  dismissedDays: fc.constantFrom(0, 1),
  customerLimit: maybe(fc.integer({ min: 4, max: 8 })),
  quietDays: fc.constantFrom(0, 0, 0, 0, 0, 1),
  spareLeavingOverPrice: fc.boolean(),
});

const activity = maybe(
  fc.record({
    shown: fc.array(fc.constantFrom(0, 0, 0, 1, 2), { minLength: items, maxLength: items }),
    inPlacement: fc.nat(4),
    dismissed: some,
    lastComplaint: fc.constantFrom(undefined, undefined, undefined, 0),
  }),
);

/** A request of everything that may matter to it, of a small catalogue. */
export const anyCase = (withPins: boolean) =>
  fc.record({
    catalogue: fc.array(products, { minLength: items, maxLength: items }) as fc.Arbitrary<AnyProducts[]>,
    scored: fc.array(scored, { maxLength: 16, size: 'max' }),
    policies: anyPolicies(withPins),
    pairs: fc.array(
      fc.tuple(item, item).filter(([a, b]) => a !== b),
      { maxLength: 3 },
    ),
    settings,
    activity,
    cart: some,
    excluded: some,
    owned: some,
    cartValue: maybe(fc.constantFrom(0, 4, 10)),
    limit: fc.constantFrom(0, 1, 3, 5, 6, 8),
    now: fc.integer({ min: -1, max: 6 }),
    segments: fc.subarray(['tier-peak', 'rfm-new']),
    leavingOverPrice: fc.constantFrom(0, 0, 1, 6),
  });
export type AnyCase = typeof anyCase extends (withPins: boolean) => fc.Arbitrary<infer T> ? T : never;

/** A case as the chooser takes it. */
export interface Given {
  readonly candidates: Candidate[];
  readonly policies: Policy[];
  readonly context: ChoiceContext;
}

export function given(drawn: AnyCase): Given {
  const { catalogue, activity, segments, owned } = drawn;
  const goods = catalogue.map((product, n) => candidate(n, { product }).product);
  const made = (n: number, rest: Partial<Candidate>): Candidate => ({
    ...candidate(n),
    ...rest,
    product: goods[n]!,
  });
  const context = contextOf({
    ...drawn,
    segments: new Set(segments),
    owns: (n) => owned.includes(n),
    repeatShare: (n) => (n % 2 === 0 ? 1 : 0),
    activity: activity
      ? {
          impressions: (product) => activity.shown[Number(product.slice(1))]!,
          placementImpressions: () => activity.inPlacement,
          dismissedAt: (product) => (activity.dismissed.includes(Number(product.slice(1))) ? 0 : undefined),
          lastComplaint: activity.lastComplaint,
        }
      : undefined,
    // Item 15 is one that nobody can make an offer of.
    candidateFor: (code) => (code === 'p15' ? undefined : made(Number(code.slice(1)), { value: 0 })),
  });
  return {
    candidates: drawn.scored.map(({ item, ...rest }) => made(item, rest)),
    policies: stored(...drawn.policies),
    context,
  };
}
