import { describe, expect, it } from 'vitest';
import { checkOffers, offersAtLevel, publishedLevel, publishedOffers, secondLifeImplied } from './offers.ts';

describe('publishedOffers', () => {
  it('imply what a second life brings (Kumar, Bhagwat and Zhang 2015; ../shared/reference/analytics.md, "Win-back")', () => {
    const implied = (kind: 'contact' | 'return') =>
      publishedOffers.map((offer) => secondLifeImplied(offer, kind));
    // 120 × 7.68, 105 × 8.93, 225 × 4.02, 112.5 × 6.96.
    [921.6, 937.65, 904.5, 783].forEach((value, n) => {
      expect(implied('return')[n]).toBeCloseTo(value, 9);
    });
    // The same over .45, .41, .47 and .45.
    [2048, 2286.951, 1924.468, 1740].forEach((value, n) => {
      expect(implied('contact')[n]).toBeCloseTo(value, 3);
    });
    expect(publishedLevel).toBeCloseTo((921.6 + 937.65 + 904.5 + 783) / 4, 9);
  });

  it('give the printed return on investment back, by either reading', () => {
    for (const offer of publishedOffers) {
      const { cost, wonBack, returnOnInvestment } = offer;
      const onReturn = secondLifeImplied(offer, 'return');
      expect((wonBack * onReturn - wonBack * cost) / (wonBack * cost)).toBeCloseTo(returnOnInvestment, 9);
      const onContact = secondLifeImplied(offer, 'contact');
      expect((wonBack * onContact - cost) / cost).toBeCloseTo(returnOnInvestment, 9);
    }
  });

  it('win most back with the bundle, and earn most for the money with the upgrade', () => {
    const best = (of: (offer: (typeof publishedOffers)[number]) => number): string =>
      publishedOffers.toSorted((a, b) => of(b) - of(a))[0].id;
    expect(best(({ wonBack }) => wonBack)).toBe('both');
    expect(best(({ returnOnInvestment }) => returnOnInvestment)).toBe('upgrade');
    expect(best((offer) => secondLifeImplied(offer, 'return'))).toBe('upgrade');
  });
});

describe('offersAtLevel', () => {
  it('is the table at its own level, and in proportion at another', () => {
    const [same, tenth] = [offersAtLevel(publishedLevel), offersAtLevel(publishedLevel / 10)];
    expect(same.map(({ cost }) => Number(cost.toFixed(9)))).toEqual([120, 105, 225, 112.5]);
    tenth.forEach(({ cost, lengthRatio, wonBack }, n) => {
      expect(cost).toBeCloseTo(same[n].cost / 10, 9);
      expect(lengthRatio * publishedLevel).toBeCloseTo(secondLifeImplied(publishedOffers[n], 'return'), 9);
      expect(wonBack).toBe(publishedOffers[n].wonBack);
    });
    expect(() => checkOffers(tenth)).not.toThrow();
    expect(() => offersAtLevel(0)).toThrow('a number above 0, not 0');
  });
});

describe('checkOffers', () => {
  const [offer] = offersAtLevel(100);
  it.each([
    [{ ...offer, id: 'Big one' }, 'needs an id'],
    [{ ...offer, cost: -1 }, 'costs -1'],
    [{ ...offer, cost: Number.NaN }, 'costs NaN'],
    [{ ...offer, wonBack: 1 }, 'a share of 1'],
    [{ ...offer, wonBackWeight: 0 }, 'has wonBackWeight 0'],
    [{ ...offer, costKind: 'never' as 'return' }, 'on contact or on return'],
  ])('refuses what cannot be (%#)', (wrong, why) => {
    expect(() => checkOffers([wrong])).toThrow(why);
  });

  it('refuses two of one name', () => {
    expect(() => checkOffers([offer, offer])).toThrow('is there twice');
  });
});
