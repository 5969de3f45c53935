import { describe, expect, it } from 'vitest';
import { offersAtLevel } from './offers.ts';
import { studyWinback } from './study-winback.ts';
import { lostWorld } from './testing/lost-world.ts';

const planted = { base: -2.5, referred: 1.5, complained: -1, price: 0.8, service: -0.8 };

describe('studyWinback', () => {
  const sources = lostWorld(1500, planted, 3);
  const settings = { today: 800, budget: 2000 };
  const study = studyWinback(sources, settings);

  it('finds who is lost, what a second life is worth, and whom to offer what', () => {
    expect(study.customer.length).toBe(1500 - study.livesSeen);
    // All spend 50 in 20 days, in both lives.
    expect(study.secondLife!.spendADay).toBeCloseTo(2.5, 0);
    const { mostProfit, mostWonBack, suppressed } = study.plan!;
    expect(mostProfit.spend).toBeLessThanOrEqual(2000);
    expect(mostProfit.profit).toBeGreaterThanOrEqual(mostWonBack.profit);
    expect(mostWonBack.extra).toBeGreaterThanOrEqual(mostProfit.extra);
    expect(mostProfit.profit).toBeGreaterThan(0);
    expect(suppressed.every((why) => why === null || why === 'no-profit')).toBe(true);
    for (const words of study.sentences) {
      expect(words.en).not.toMatch(/NaN|undefined|Infinity/);
      expect(words['zh-Hant']).not.toMatch(/NaN|undefined|[预负资测优]/u);
    }
    expect(study.sentences.map(({ en }) => en).join(' ')).toContain(
      'What offers win back is a stated belief',
    );
    expect(structuredClone(study)).toEqual(study);
  });

  it('contacts nobody who asked to be left alone', () => {
    const leftAlone = new Uint8Array(1500).fill(1);
    const { plan } = studyWinback(sources, { ...settings, suppression: { leftAlone } });
    expect(plan!.mostWonBack.contacted + plan!.mostProfit.contacted).toBe(0);
    expect(new Set(plan!.suppressed)).toEqual(new Set(['left-alone']));
  });

  it('turns to the offer that the shop finds to work', () => {
    const offers = offersAtLevel(study.secondLife!.value);
    const groups = ['price', 'service', 'unknown'];
    const answers = groups.flatMap((group) => [
      { offer: 'discount', group, offered: 5000, wonBack: 300 },
      { offer: 'upgrade', group, offered: 5000, wonBack: 300 },
      { offer: 'both', group, offered: 5000, wonBack: 300 },
      { offer: 'tailored', group, offered: 5000, wonBack: 4000 },
    ]);
    const { plan, sentences } = studyWinback(sources, { today: 800, budget: 1e6, offers, answers });
    expect(plan!.mostProfit.byOffer.slice(0, 3)).toEqual([0, 0, 0]);
    expect(plan!.mostProfit.byOffer[3]).toBeGreaterThan(0);
    expect(sentences.some(({ en }) => en.includes('Answers to win-back offers'))).toBe(false);
  });

  it('says so where nobody is lost, or nobody has come back yet', () => {
    const nobody = studyWinback(lostWorld(0, planted, 3), settings);
    expect(nobody).toMatchObject({ plan: null, secondLife: null, offers: [] });
    expect(nobody.sentences[0].en).toBe('Nobody is lost today.');
    const never = studyWinback(lostWorld(30, { ...planted, base: -50 }, 3), { ...settings, today: 500 });
    expect(never.livesSeen).toBe(0);
    expect(never.plan!.mostProfit.contacted).toBeGreaterThan(0);
    // Without second lives, one is believed to be like the first.
    expect(never.secondLife!.days).toBeCloseTo(never.firstLife!.days, 6);
    expect(() => studyWinback(sources, { ...settings, margin: 0 })).toThrow('above 0, not 0');
  });
});
