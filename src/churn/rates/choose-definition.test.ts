import { describe, expect, it } from 'vitest';
import { ledgerOf } from '../../customers/testing/ledger.ts';
import { chooseDefinition } from './choose-definition.ts';
import { halving, sourcesOf } from './testing/shops.ts';

const onDays = (...days: number[]) => days.map((day) => ({ day, lines: ['x'] }));

describe('the definition of leaving', () => {
  // Ten customers with gaps of n and 10 n before their third order day, for n = 1 … 10, and then one of 200 days that is not counted.
  const shop = ledgerOf({
    customers: Object.fromEntries(
      Array.from({ length: 10 }, (_, n) => [`c${n}`, onDays(0, n + 1, 11 * (n + 1), 11 * (n + 1) + 200)]),
    ),
    today: 400,
  });
  const withContracts = ledgerOf({ customers: {}, contracts: { anna: [{ start: 1 }] }, today: 30 });

  it('goes by contracts where there are any', () => {
    const { definition, reason, words } = chooseDefinition(sourcesOf(withContracts));
    expect(definition).toEqual({ kind: 'contracts', graceDays: 7 });
    expect(reason.en).toBe('Customers have contracts, whose end tells that they leave.');
    expect(words.en).toBe(
      'A customer has left when the last contract has ended and no other has started within 7 days.',
    );
  });

  it('goes by the rhythm else, newcomers by what nine in ten gaps of newcomers last', () => {
    const { definition, words, reason, gaps } = chooseDefinition(sourcesOf(shop));
    // Of 1 … 10 and 10, 20, … 100: at .9 × 19 = 17.1 of the sorted ones lies 80 + .1 × 10 = 81. The median of all 30 lies between the
    // 15th, 50, and the 16th, 60.
    expect(gaps).toEqual({ gaps: 30, median: 55, earlyGaps: 20, earlyQuantile: 81, percent: 90 });
    expect(definition).toEqual({ kind: 'rhythm', factor: 1, shopSilence: 81, leastSilence: 55 });
    expect(words).toEqual({
      en: 'A customer has left when silent for longer than their own rhythm of ordering allows, but not before 55 days; who has ordered on fewer than 3 days, when silent for more than 81 days.',
      'zh-Hans':
        '沉默时间超过客户自身下单节奏所允许的时长（至少 55 天）时，视为流失；下单不足 3 天的客户，超过 81 天没有下单即视为流失。',
      'zh-Hant':
        '沉默時間超過客戶自身下單節奏所允許的時長（至少 55 天）時，視為流失；下單不足 3 天的客戶，超過 81 天沒有下單即視為流失。',
    });
    expect(reason.en).toBe(
      "Nobody has a contract, so only silence tells that customers leave; how long a silence tells it depends on how often each orders. Of the 20 gaps between customers' first 3 days with an order, 90% are of 81 days or fewer.",
    );
    expect(reason['zh-Hant']).toContain('90% 不超過 81 天');
  });

  it('assumes a silence where there are too few gaps, and says so', () => {
    const few = ledgerOf({ customers: { anna: onDays(0, 30), ben: onDays(5) }, today: 400 });
    const { definition, reason } = chooseDefinition(sourcesOf(few));
    expect(definition).toEqual({ kind: 'rhythm', factor: 1, shopSilence: 90, leastSilence: 30 });
    expect(reason.en).toContain('The 90 days are assumed: it takes 20 gaps');
    expect(reason.en).toContain('there are 1.');
  });

  it('is the one that is wished, with what is not wished from the data', () => {
    const sources = sourcesOf(shop, halving);
    const asked = 'It is the definition that was asked for.';
    expect(chooseDefinition(sources, { kind: 'silence' })).toMatchObject({
      definition: { kind: 'silence', days: 90 },
      reason: { en: asked },
    });
    expect(chooseDefinition(sources, { kind: 'alive' })).toMatchObject({
      definition: { kind: 'alive', threshold: 0.5, shopSilence: 81 },
      reason: { en: expect.stringContaining('Of the 20 gaps') },
    });
    const stated = { kind: 'rhythm', factor: 1.5, shopSilence: 120, leastSilence: 0 } as const;
    expect(chooseDefinition(sources, stated)).toMatchObject({
      definition: stated,
      reason: { en: asked },
      words: { en: expect.stringContaining('1.5 times what their own rhythm of ordering allows') },
    });
    expect(chooseDefinition(sourcesOf(withContracts), { kind: 'contracts', graceDays: 0 }).words.en).toBe(
      'A customer has left when the last contract has ended and no other starts on that day.',
    );
  });

  it('warns of a model that tells of nobody who is alive', () => {
    const mute = { alive: () => 1, tellsAlive: () => false };
    expect(chooseDefinition(sourcesOf(shop, mute), { kind: 'alive' }).reason.en).toContain(
      'cannot tell who is alive, so silence alone decides',
    );
    expect(chooseDefinition(sourcesOf(shop, halving), { kind: 'alive' }).reason.en).not.toContain(
      'cannot tell',
    );
  });

  it('is refused where the data do not carry it, or it cannot be', () => {
    const refused = (wish: Parameters<typeof chooseDefinition>[1]) =>
      expect(() => chooseDefinition(sourcesOf(shop), wish));
    refused({ kind: 'contracts' }).toThrow('Nobody has a contract');
    refused({ kind: 'alive' }).toThrow('Who is alive takes a model');
    refused({ kind: 'silence', days: 0 }).toThrow('days must lie');
  });
});
