import { describe, expect, it } from 'vitest';
import { placements } from '../placements.ts';
import { productOf } from '../testing/product.ts';
import { type Findings, findingsOf, type PolicySurroundings } from './conflicts.ts';
import type { PolicyDefinition } from './policy.ts';
import { definition, stored } from './testing/choosing.ts';

const catalogue = [
  productOf('p1', { category: ['food', 'bakery'] }),
  productOf('p2'),
  productOf('sold out', { stock: 0 }),
];

const look = (policy: PolicyDefinition, given: Partial<PolicySurroundings> = {}): Findings =>
  findingsOf(policy, {
    others: [],
    productOf: (code) => catalogue.find((product) => product.code === code),
    limitOf: (placement) => placements[placement].limit,
    hasSegment: () => undefined,
    now: 100,
    ...given,
  });

const codesOf = ({ conflicts, warnings }: Findings) => ({
  conflicts: conflicts.map(({ code }) => code),
  warnings: warnings.map(({ code }) => code),
});

const pin = definition({ action: 'pin', product: 'p1', position: 2, placements: ['home'] });

describe('findingsOf one policy', () => {
  it('refuses to pin a product that there is not, and says what to do', () => {
    const { conflicts } = look({ ...pin, product: 'gone' } as PolicyDefinition);
    expect(conflicts).toMatchObject([{ code: 'unknown-product' }]);
    expect(conflicts[0]!.message).toContain('PUT /v1/products');
  });

  it.each([
    ['a pin of what is not on sale', { ...pin, product: 'sold out' }, ['not-on-sale']],
    [
      'a pin beyond what a placement shows',
      { ...pin, placements: ['checkout', 'home'], position: 4 },
      ['beyond-limit'],
    ],
    ['a policy that is over', { ...pin, endsAt: 100 }, ['over']],
    [
      'products nobody has heard of',
      definition({ action: 'hide', products: ['p1', 'gone'] }),
      ['unknown-product'],
    ],
    ['a policy that is off', { ...pin, product: 'gone', enabled: false }, []],
    ['nothing else', pin, []],
  ])('warns of %s', (_, policy, warnings) => {
    expect(codesOf(look(policy as PolicyDefinition))).toEqual({ conflicts: [], warnings });
  });

  it('warns of a segment that the model does not have', () => {
    const policy = { ...pin, segments: ['behaviour-1', 'behaviour-9', 'country=DE'] };
    const hasSegment = (id: string) => (id.includes('=') ? undefined : id === 'behaviour-1');
    const { warnings } = look(policy, { hasSegment });
    expect(warnings).toHaveLength(1);
    expect(warnings[0]!.message).toContain('behaviour-9');
  });
});

describe('findingsOf two policies', () => {
  const at = (given: object) => ({ ...pin, ...given }) as PolicyDefinition;
  const peak = { segments: ['tier-peak'] };
  const drain = { segments: ['tier-drain'] };
  const german = { segments: ['country=DE'] };
  const refused = (code: string) => ({ conflicts: [code], warnings: [] });
  const warned = (code: string) => ({ conflicts: [], warnings: [code] });
  const nothing = { conflicts: [], warnings: [] };

  it.each([
    ['for everybody', {}, {}, refused('position-taken')],
    ['everywhere and somewhere', { placements: null }, {}, refused('position-taken')],
    ['for one segment', peak, peak, refused('position-taken')],
    [
      'for segments of which they share one',
      peak,
      { segments: ['tier-desert', 'tier-peak'] },
      refused('position-taken'),
    ],
    ['for everybody and a segment', {}, peak, warned('position-taken')],
    ['for a segment and everybody', peak, {}, warned('position-taken')],
    ['for segments of two kinds', peak, german, warned('position-taken')],
    ['for two segments of a kind', peak, drain, nothing],
    ['for two values of an attribute', german, { segments: ['country=FR'] }, nothing],
    ['for values of two attributes', german, { segments: ['sex=F'] }, warned('position-taken')],
    ['at other places', {}, { placements: ['email'] }, nothing],
    ['one after the other', { endsAt: 200 }, { startsAt: 200 }, nothing],
    ['overlapping by a moment', { endsAt: 201 }, { startsAt: 200 }, refused('position-taken')],
    ['at other positions', {}, { position: 3 }, nothing],
    ['one of them off', {}, { enabled: false }, nothing],
  ])('compares pins to one position %s', (_, one, other, findings) => {
    const others = stored({ ...at({ product: 'p2', ...other }), action: 'pin' } as never);
    expect(codesOf(look(at(one), { others }))).toEqual(findings);
  });

  it.each([
    [{}, { position: 3 }, refused('pinned-twice')],
    [{}, { position: 3, ...peak }, warned('pinned-twice')],
    [{}, { position: 3, placements: ['cart'] }, nothing],
  ])('compares pins of one product: %o and %o', (one, other, findings) => {
    const others = stored({ ...at(other), action: 'pin' } as never);
    expect(codesOf(look(at(one), { others }))).toEqual(findings);
  });

  it.each([
    [{ products: ['p1'] }, {}, refused('hidden-pin')],
    [{ categories: [['food']] }, {}, refused('hidden-pin')],
    [{ categories: [['food', 'dairy']] }, {}, nothing],
    [{ products: ['p2'] }, {}, nothing],
    [{ products: ['p1'] }, peak, refused('hidden-pin')],
    [{ products: ['p1'], ...peak }, {}, warned('hidden-pin')],
    [{ products: ['p1'], ...peak }, peak, refused('hidden-pin')],
    [{ products: ['p1'], ...peak }, drain, nothing],
    [{ products: ['p1'], ...peak }, german, warned('hidden-pin')],
    [{ products: ['p1'], placements: ['email'] }, {}, nothing],
    [{ products: ['p1'], endsAt: 50 }, { startsAt: 50 }, nothing],
  ] as const)('compares what hides %o with a pin for %o, whichever came first', (hide, given, findings) => {
    const hiding = { ...hide, products: [...('products' in hide ? hide.products : [])] } as object;
    const hidden = definition({ action: 'hide', ...hiding });
    const pinned = at(given);
    const withoutDates = (found: Findings) => {
      const { conflicts, warnings } = codesOf(found);
      return { conflicts, warnings: warnings.filter((code) => code !== 'over') };
    };
    expect(withoutDates(look(pinned, { others: [{ ...hidden, id: 7 }] }))).toEqual(findings);
    expect(withoutDates(look(hidden, { others: [{ ...pinned, id: 7 }] }))).toEqual(findings);
  });

  it('warns of factors that are multiplied', () => {
    const others = stored({ action: 'bury', products: ['p2', 'p1'] });
    const boost = definition({ action: 'boost', products: ['p1'] });
    const found = look(boost, { others });
    expect(codesOf(found)).toEqual(warned('several-factors'));
    expect(found.warnings[0]).toMatchObject({ policy: 1, message: expect.stringContaining('p1') });
    expect(codesOf(look({ ...boost, ...peak }, { others: [{ ...others[0]!, ...drain }] }))).toEqual(nothing);
  });
});
