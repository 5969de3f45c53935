import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Candidate } from './candidate.ts';
import type { Choice } from './choice.ts';
import type { ChoiceContext } from './choice-context.ts';
import { mostOfKind, OfferChooser } from './offer-chooser.ts';
import { isCurrent, type Policy, targets } from './policy.ts';
import { isMeant, PolicyBook } from './policy-book.ts';
import { type AnyCase, anyCase, type Given, given, items } from './testing/any-case.ts';
import { itemsOf, substitutePairs } from './testing/choosing.ts';

const areSubstitutes = (drawn: AnyCase, a: number, b: number): boolean =>
  drawn.pairs.some((pair) => a !== b && pair.includes(a) && pair.includes(b));

const categoryOf = (
  { product: { category } }: Candidate,
  { settings: { categoryLevel } }: ChoiceContext,
): string => category.slice(0, categoryLevel ?? category.length).join('>');

const holding = ({ policies, context }: Given, action: Policy['action']): Policy[] =>
  policies.filter(
    (policy) =>
      policy.action === action &&
      policy.enabled &&
      isCurrent(policy, context.now) &&
      (policy.placements === null || policy.placements.includes(context.placement)) &&
      isMeant(policy, context.segments),
  );

const isTargeted = (given: Given, action: 'hide' | 'consumable', { product }: Candidate): boolean =>
  holding(given, action).some(
    (policy) => 'products' in policy && targets(policy, product.code, product.category),
  );

/** Whether a candidate may be offered, whatever else is, from the definition of each rule. */
function mayBeOffered(drawn: AnyCase, given: Given, one: Candidate): boolean {
  const { settings, activity, cartValue, now, leavingOverPrice } = given.context;
  const { price, cost, stock, attributes } = one.product;
  const isLimited =
    settings.minPrice !== null ||
    settings.maxPrice !== null ||
    (settings.maxCartShare !== null && (cartValue ?? 0) > 0);
  const margin = price === null || cost === null ? undefined : price - cost;
  const isMarginLimited = settings.minMargin !== null || settings.minMarginShare !== null;
  const rules = [
    stock !== 0,
    !drawn.cart.includes(one.item),
    !drawn.excluded.includes(one.item),
    one.kind === 'up-sell' || !drawn.cart.some((other) => areSubstitutes(drawn, one.item, other)),
    !isTargeted(given, 'hide', one),
    (settings.kinds[one.kind] ?? 0) > 0,
    !drawn.owned.includes(one.item) || one.item % 2 === 0 || isTargeted(given, 'consumable', one),
    price === null
      ? !isLimited || settings.unknownPrices === 'offer'
      : price >= (settings.minPrice ?? 0) &&
        price <= (settings.maxPrice ?? 1e9) &&
        (settings.maxCartShare === null || !cartValue || price <= settings.maxCartShare * cartValue),
    margin === undefined
      ? !isMarginLimited || settings.unknownCosts === 'offer'
      : margin >= (settings.minMargin ?? -1e9) &&
        (settings.minMarginShare === null || margin >= settings.minMarginShare * price!),
    one.kind !== 'up-sell' ||
      leavingOverPrice === 0 ||
      !settings.spareLeavingOverPrice ||
      attributes.promotion === 'May',
    !activity ||
      (activity.impressions(one.product.code, 0) < (settings.repeatLimit ?? 99) &&
        (activity.dismissedAt(one.product.code) === undefined || settings.dismissedDays === 0)),
    activity?.lastComplaint === undefined || settings.quietDays === 0,
    now < 86_400_000,
  ];
  return rules.every(Boolean);
}

const roomOf = ({ settings, activity, limit }: ChoiceContext): number =>
  !activity || settings.customerLimit === null
    ? limit
    : Math.max(0, Math.min(limit, settings.customerLimit - activity.placementImpressions('home', 0)));

function chosen(drawn: AnyCase, { candidates, policies, context }: Given): Choice {
  return new OfferChooser(substitutePairs(items, ...drawn.pairs)).choose(
    candidates,
    new PolicyBook(policies),
    context,
  );
}

describe('OfferChooser', () => {
  it('keeps every rule and limit, whatever is pinned, and accounts for every candidate', () => {
    fc.assert(
      fc.property(anyCase(true), (drawn) => {
        const all = given(drawn);
        const { context, candidates } = all;
        const choice = chosen(drawn, all);
        const offers = choice.offers.map((offer) => offer.candidate);
        expect(offers.length).toBeLessThanOrEqual(roomOf(context));
        expect(choice.offers.map(({ position }) => position)).toEqual(offers.map((_, at) => at + 1));
        expect(offers.filter((one) => !mayBeOffered(drawn, all, one))).toEqual([]);
        expect(new Set(itemsOf(choice)).size).toBe(offers.length);
        for (const a of offers) {
          expect(offers.filter((b) => areSubstitutes(drawn, a.item, b.item))).toEqual([]);
          const ofKind = offers.filter(({ kind }) => kind === a.kind).length;
          expect(ofKind).toBeLessThanOrEqual(mostOfKind(context.settings.kinds[a.kind]!, roomOf(context)));
          if (a.product.category.length === 0) continue;
          const ofCategory = offers.filter((b) => categoryOf(b, context) === categoryOf(a, context)).length;
          expect(ofCategory).toBeLessThanOrEqual(context.settings.maxPerCategory ?? 99);
        }
        const accounted = [...offers, ...choice.removed.map((each) => each.candidate)];
        for (const each of candidates) expect(accounted.filter((other) => other === each)).toHaveLength(1);
        expect(accounted.filter((each) => !candidates.includes(each)).every((each) => each.value === 0)).toBe(
          true,
        );
        expect(choice.empty === undefined).toBe(offers.length > 0);
        if (choice.empty) {
          const counted = Object.values(choice.empty).reduce((sum, count) => sum + count, 0);
          expect(counted).toBe(choice.removed.length);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('has every pin that holds at its place, moved up, or skipped', () => {
    fc.assert(
      fc.property(anyCase(true), (drawn) => {
        const all = given(drawn);
        const { offers, skippedPins } = chosen(drawn, all);
        const pins = holding(all, 'pin');
        const pinned = offers.filter((offer) => offer.pinned);
        const skipped = skippedPins.map(({ policy }) => policy);
        const placed = pinned.map(({ policies }) => policies![0]!);
        expect([...skipped, ...placed].sort()).toEqual(pins.map(({ id }) => id));
        for (const { candidate, position, policies } of pinned) {
          const pin = pins.find(({ id }) => id === policies![0]);
          if (pin?.action !== 'pin') throw new Error('not a pin');
          expect(pin.product).toBe(candidate.product.code);
          expect(position).toBeLessThanOrEqual(pin.position);
          // It moves up only where nothing else is left to come before it.
          if (position < pin.position)
            expect(offers.slice(position - 1).every((offer) => offer.pinned)).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('without pins takes the best that may be offered one by one, as the definition does', () => {
    fc.assert(
      fc.property(anyCase(false), (drawn) => {
        const all = given(drawn);
        const { context } = all;
        const worthOf = (one: Candidate): number => {
          const factors = [...holding(all, 'boost'), ...holding(all, 'bury')].map((policy) =>
            'factor' in policy && targets(policy, one.product.code, one.product.category) ? policy.factor : 1,
          );
          const factor = factors.reduce((product, each) => product * each, 1);
          return one.value < 0 ? one.value / factor : one.value * factor;
        };
        const byMerit = (a: Candidate, b: Candidate): number =>
          worthOf(b) - worthOf(a) ||
          b.probability - a.probability ||
          a.item - b.item ||
          (a.kind < b.kind ? -1 : 1);
        const expected: Candidate[] = [];
        for (const one of all.candidates.toSorted(byMerit)) {
          const room = roomOf(context);
          const isFull =
            expected.length >= room ||
            expected.filter(({ kind }) => kind === one.kind).length >=
              mostOfKind(context.settings.kinds[one.kind] ?? 0, room) ||
            (one.product.category.length > 0 &&
              expected.filter(
                (b) => b.product.category.length > 0 && categoryOf(b, context) === categoryOf(one, context),
              ).length >= (context.settings.maxPerCategory ?? 99));
          const isBeside = expected.some(
            (b) => b.item === one.item || areSubstitutes(drawn, b.item, one.item),
          );
          if (!isFull && !isBeside && mayBeOffered(drawn, all, one)) expected.push(one);
        }
        expect(itemsOf(chosen(drawn, all))).toEqual(expected.map(({ item }) => item));
      }),
      { numRuns: 1000 },
    );
  });

  it('answers the same again, after other requests, and whatever the order of the candidates', () => {
    fc.assert(
      fc.property(anyCase(true), anyCase(true), (drawn, other) => {
        const [one, two] = [given(drawn), given(other)];
        const chooser = new OfferChooser(substitutePairs(items, ...drawn.pairs));
        const book = new PolicyBook(one.policies);
        const first = chooser.choose(one.candidates, book, one.context);
        chooser.choose(
          two.candidates,
          two.policies.length % 2 === 0 ? book : new PolicyBook(two.policies),
          two.context,
        );
        expect(chooser.choose(one.candidates, book, one.context)).toEqual(first);
        const turned = chooser.choose(one.candidates.toReversed(), book, one.context);
        const shown = ({ offers }: Choice) =>
          offers.map(({ value, pinned, candidate: { item, kind } }) => ({ value, pinned, item, kind }));
        expect(shown(turned)).toEqual(shown(first));
        expect(turned.empty).toEqual(first.empty);
      }),
      { numRuns: 500 },
    );
  });
});
