import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PairwellError } from '../../errors.ts';
import { checkReason, readReason, readReasons } from './read-reason.ts';
import { causeWords, familyWords, normalised, reasonFamilies, switchingCauses } from './reason-code.ts';
import { reasonCodes, reasonOf } from './reason-codes.ts';

const codeOf = (text: string): string | undefined => readReason(text).reason?.code;

describe('reasonCodes', () => {
  it('has each name once, as names are compared', () => {
    const names = reasonCodes.flatMap(({ code, synonyms }) => [code, ...synonyms]);
    expect(names.filter((name) => normalised(name) !== name)).toEqual([]);
    expect(names.filter((name, n) => names.indexOf(name) !== n)).toEqual([]);
  });

  it('has every family and each of the eight causes, in three languages', () => {
    expect(new Set(reasonCodes.map(({ family }) => family))).toEqual(new Set(reasonFamilies));
    expect(switchingCauses).toHaveLength(8);
    for (const cause of switchingCauses)
      expect(reasonCodes.some((reason) => reason.cause === cause)).toBe(true);
    const told = [
      ...reasonCodes.map(({ words }) => words),
      ...Object.values(familyWords),
      ...Object.values(causeWords),
    ];
    for (const words of told) {
      expect(words.en).toMatch(/^[A-Z]/);
      // Chinese alone: a word left in English, or a simplified one under zh-Hant, would be a slip.
      expect(words['zh-Hans']).toMatch(/^[\p{Script=Han}、：]+$/u);
      expect(words['zh-Hant']).toMatch(/^[\p{Script=Han}、：]+$/u);
      expect(words['zh-Hant']).not.toMatch(/[务产价质费难单诉复变弃户选]/u);
    }
  });

  it('tells apart what the customer decided', () => {
    const fate = reasonCodes.filter(({ isVoluntary }) => !isVoluntary).map(({ code }) => code);
    expect(fate).toEqual([
      'moved',
      'business-closed',
      'died',
      'payment-failed',
      'ended-by-shop',
      'law-or-policy',
    ]);
    expect(reasonOf('died')?.family).toBe('external');
    expect(reasonOf('DIED')).toBeUndefined();
  });
});

describe('readReason', () => {
  it.each([
    ['too-expensive', 'too-expensive'],
    [' Too  Expensive! ', 'too-expensive'],
    ['PRICE_TOO_HIGH', 'too-expensive'],
    ['Price too high', 'too-expensive'],
    ["can't afford", 'budget-cut'],
    ['ｄｅｃｅａｓｅｄ', 'died'],
    ['太貴', 'too-expensive'],
    ['Competitor made better offer', 'competitor-better'],
    ['Attitude of support person', 'rude-staff'],
  ])('reads %j as %s', (text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  it.each([
    ['too-expensiv', 'too-expensive'],
    ['pirce', 'too-expensive'],
    ['late delivry', 'late-delivery'],
    ['payment trouble', 'payment-failed'],
  ])('takes %j for nothing, and knows what is near', (text, near) => {
    const read = readReason(text);
    expect(read.reason).toBeUndefined();
    expect('nearest' in read && read.nearest[0]).toBe(near);
  });

  it('reads every name however it is spelt, and finds the way back from a slip', () => {
    const named = fc.constantFrom(
      ...reasonCodes.flatMap(({ code, synonyms }) => [code, ...synonyms].map((name) => ({ code, name }))),
    );
    fc.assert(
      fc.property(
        named,
        fc.constantFrom(' ', '_', ' - ', '--'),
        fc.boolean(),
        ({ code, name }, gap, loud) => {
          const spelt = name.split('-').join(gap);
          expect(codeOf(loud ? spelt.toUpperCase() : spelt)).toBe(code);
        },
      ),
    );
    for (const { code } of reasonCodes) {
      const slip = readReason(`${code.slice(0, -1)}#q`);
      if (!slip.reason) expect(slip.nearest).toContain(code);
    }
  });

  it('has no guess at all where nothing is near', () => {
    for (const text of ['', '!!!', 'zzzzzzzz', 'x'.repeat(5000)])
      expect(readReason(text)).toEqual({ reason: undefined, nearest: [] });
  });
});

describe('checkReason', () => {
  it('refuses a reason that there is not, with what may be meant', () => {
    expect(checkReason('Price')).toBe('too-expensive');
    const refused = (text: string): PairwellError => {
      try {
        checkReason(text);
      } catch (error) {
        if (error instanceof PairwellError) return error;
      }
      throw new Error(`${text} was read`);
    };
    expect(refused('tooo expensive')).toMatchObject({
      code: 'bad-input',
      details: { nearest: ['too-expensive'] },
    });
    expect(refused('tooo expensive').message).toBe(
      'No reason is called "tooo expensive". Did you mean too-expensive?',
    );
    expect(refused('qqqqqqqqqqqq').message).toContain('There are poor-service, late-delivery');
    expect(refused('y'.repeat(9000)).message.length).toBeLessThan(1200);
  });
});

describe('readReasons', () => {
  it('reads a column and keeps what it could not', () => {
    const { positions, unread } = readReasons(['price', 'who knows', 'DIED']);
    expect([...positions].map((at) => reasonCodes[at]?.code)).toEqual(['too-expensive', undefined, 'died']);
    expect(unread).toEqual(['who knows']);
  });
});
