import { describe, expect, it } from 'vitest';
import { below, seededRandom } from '../learn/random.ts';
import { probabilityOf } from '../learn/scores.ts';
import { acceptance } from './acceptance.ts';
import { fewestAccepts, learnAcceptance, type ShownOffers } from './learn-acceptance.ts';

/** Placements of a simulated shop: log-odds of acceptance are level + slope × log-odds said − depth × log(position). */
const truth = {
  cart: { level: 0.5, slope: 1.2 },
  home: { level: -1, slope: 0.8 },
  product: { level: 0, slope: 1 },
} as const;
type Placement = keyof typeof truth;
const names = Object.keys(truth) as Placement[];
const depth = 0.7;
const logOdds = (p: number): number => Math.log(p / (1 - p));

function shopOf(
  count: number,
  seed: number,
  { scored = 1, placements = names }: { scored?: number; placements?: readonly Placement[] } = {},
): ShownOffers {
  const random = seededRandom(seed);
  const rows = Array.from({ length: count }, () => {
    const placement = placements[below(placements.length, random)]!;
    const position = 1 + below(6, random);
    const probability = 0.01 + 0.4 * random() ** 2;
    const { level, slope } = truth[placement];
    const chance = probabilityOf(level + slope * logOdds(probability) - depth * Math.log(position));
    const isKnown = random() < scored;
    return {
      placement,
      position,
      probability: isKnown ? probability : Number.NaN,
      isAccepted: random() < chance ? 1 : 0,
    };
  });
  return {
    placement: Int32Array.from(rows, ({ placement }) => names.indexOf(placement)),
    placementNames: names,
    position: Int32Array.from(rows, ({ position }) => position),
    probability: Float64Array.from(rows, ({ probability }) => probability),
    isAccepted: Uint8Array.from(rows, ({ isAccepted }) => isAccepted),
  };
}

describe('learnAcceptance', () => {
  it('finds how offers are accepted in each placement, in the first position', () => {
    const answers = learnAcceptance(shopOf(240_000, 1))!;
    // Over forty seeds the log-odds are right in the mean, with standard deviations of .05 at most, of .013 for the position.

    for (const name of names) {
      const { level, slope } = truth[name];
      for (const p of [0.03, 0.1, 0.3]) {
        const expected = probabilityOf(level + slope * logOdds(p));
        expect(Math.abs(logOdds(acceptance(answers, name, p)) - logOdds(expected))).toBeLessThan(0.2);
      }
      const { auc, ece, impressions, accepts } = answers.byPlacement[name]!;
      expect(auc).toBeGreaterThan(0.65);
      expect(ece).toBeLessThan(0.02);
      expect(impressions).toBeGreaterThan(79_000);
      expect(accepts).toBeGreaterThan(1500);
    }
    expect(Math.abs(answers.positionSlope + depth)).toBeLessThan(0.055);
    expect(answers.isScored).toBe(true);
  });

  it('takes a placement that it knows nothing of for one like the others', () => {
    const answers = learnAcceptance(shopOf(20_000, 2, { placements: ['cart', 'home'] }))!;
    expect(Object.keys(answers.byPlacement)).toEqual(['cart', 'home']);
    const [cart, other, home] = ['cart', 'e-mail', 'home'].map((name) => acceptance(answers, name, 0.1));
    expect(home).toBeLessThan(other!);
    expect(other).toBeLessThan(cart!);
    expect(acceptance(answers, 'toString', 0.1)).toBe(other);
  });

  it('learns nothing of fewer than 200 accepted offers, and then says what the ranking says', () => {
    const many = shopOf(20_000, 3);
    const place = [...many.isAccepted.keys()].filter((n) => many.isAccepted[n] === 1)[fewestAccepts - 1]!;
    const first = (count: number): ShownOffers => ({
      ...many,
      placement: many.placement.slice(0, count),
      position: many.position.slice(0, count),
      probability: many.probability.slice(0, count),
      isAccepted: many.isAccepted.slice(0, count),
    });
    expect(learnAcceptance(first(place))).toBeNull();
    expect(learnAcceptance(first(place + 1))).not.toBeNull();
    expect(acceptance(null, 'cart', 0.123)).toBe(0.123);
  });

  it('keeps nearer to the ranking where there are few answers of a placement', () => {
    const many = shopOf(20_000, 4, { placements: ['product'] });
    const few = shopOf(30, 5, { placements: ['home'] });
    const joined: ShownOffers = {
      placementNames: names,
      placement: Int32Array.of(...many.placement, ...few.placement),
      position: Int32Array.of(...many.position, ...few.position),
      probability: Float64Array.of(...many.probability, ...few.probability),
      isAccepted: Uint8Array.of(...many.isAccepted, ...new Uint8Array(30)),
    };
    const answers = learnAcceptance(joined)!;
    const [home, product] = ['home', 'product'].map((name) => acceptance(answers, name, 0.1));
    // None of thirty was accepted: that is less than elsewhere, and not never.
    expect(home).toBeLessThan(product!);
    expect(home).toBeGreaterThan(product! / 5);
    expect(answers.byPlacement.home).toMatchObject({ auc: null, ece: null, impressions: 30, accepts: 0 });
  });

  it('tells placements from each other alone where nobody says what offers were shown with', () => {
    const answers = learnAcceptance(shopOf(40_000, 6, { scored: 0 }))!;
    expect(answers.isScored).toBe(false);
    expect(answers.overall).toEqual({ intercept: 0, slope: 1 });
    expect(acceptance(answers, 'e-mail', 0.2)).toBeCloseTo(0.2, 12);
    expect(acceptance(answers, 'home', 0.2)).toBeLessThan(acceptance(answers, 'product', 0.2));
  });

  it('learns as much where half of the offers do not say it', () => {
    const answers = learnAcceptance(shopOf(60_000, 7, { scored: 0.5 }))!;
    const { level, slope } = truth.cart;
    const expected = level + slope * logOdds(0.1);
    expect(Math.abs(logOdds(acceptance(answers, 'cart', 0.1)) - expected)).toBeLessThan(0.25);
  });

  it('stays between 0 and 1 for what is certain', () => {
    const answers = learnAcceptance(shopOf(20_000, 8))!;
    for (const p of [0, 1]) {
      const chance = acceptance(answers, 'cart', p);
      expect(chance).toBeGreaterThan(0);
      expect(chance).toBeLessThan(1);
    }
  });
});
