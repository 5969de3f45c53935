import { describe, expect, it } from 'vitest';
import { type ContractLiteral, ledgerOf } from '../../customers/testing/ledger.ts';
import { seededRandom } from '../../learn/random.ts';
import { logisticLearner, majority } from '../prediction/logistic-learner.ts';
import { reasonsAt } from '../prediction/reasons.ts';
import { contractFeatures, orderFeatures } from '../prediction/shop-features.ts';
import { AlarmsBuilder } from '../signals/alarms.ts';
import type { SignalName } from '../signals/signal-names.ts';
import type { ChurnForecast, ChurnOutlook } from './churn-outlook.ts';
import { leavingOverPrice, priceFeatures } from './leaving-over-price.ts';
import { overPriceWords, type PriceSign, priceSignsOf } from './price-signs.ts';
import { outlookTeamAlone, studyOutlook } from './study-outlook.ts';

interface Person {
  readonly said?: string;
  readonly alarms?: readonly SignalName[];
  /** Not foretold of where absent. */
  readonly chance?: number;
  /** The features that speak for leaving. */
  readonly because?: readonly string[];
}

const features = [...orderFeatures, ...contractFeatures];

function forecastOf(people: readonly Person[]): ChurnForecast {
  const foretold = [...people.keys()].filter((n) => people[n]!.chance !== undefined);
  const because = foretold.map((n) => people[n]!.because ?? []);
  const offsets = new Int32Array(foretold.length + 1);
  for (const [place, own] of because.entries()) offsets[place + 1] = offsets[place]! + own.length;
  const column = because.flat().map((name) => features.findIndex((feature) => feature.name === name));
  expect(column).not.toContain(-1);
  return {
    customer: Int32Array.from(foretold),
    probability: Float64Array.from(foretold, (n) => people[n]!.chance!),
    learnt: { threshold: 0.4, features },
    reasons: {
      ...{ offsets, column: Int32Array.from(column) },
      value: new Float64Array(column.length),
      contribution: new Float64Array(column.length).fill(1),
    },
  } as unknown as ChurnForecast;
}

/** What speaks for price of each; nothing of who is not about to leave over it. */
function signsOf(people: readonly Person[], hasForecast: boolean): PriceSign[][] {
  const builder = new AlarmsBuilder(people.length);
  for (const { alarms = [] } of people) {
    for (const name of alarms)
      builder.add({ name, since: 0, expected: 1, seen: 1, windowDays: 0, chance: 0.01, yearly: 0.01 });
    builder.endCustomer();
  }
  const codes = [...new Set(people.flatMap(({ said = [] }) => said))];
  const stated = { codes, newest: Int32Array.from(people, ({ said = '' }) => codes.indexOf(said)) };
  const outlook: ChurnOutlook = hasForecast
    ? { forecast: forecastOf(people), lack: null }
    : { forecast: null, lack: 'Too few.' };
  const warnings = { alarms: builder.build() } as Parameters<typeof leavingOverPrice>[0]['warnings'];
  return [...leavingOverPrice({ warnings, outlook, reasons: { stated } })].map(priceSignsOf);
}

describe('leavingOverPrice', () => {
  it('goes by the chance from the threshold on, and by what speaks for price', () => {
    expect(
      signsOf(
        [
          { chance: 0.4, said: 'price-raised' },
          { chance: 0.39, said: 'price-raised', because: ['discountShare'] },
          { said: 'price-raised', alarms: ['discount', 'order-gap'] },
          { chance: 0.9, said: 'moved', alarms: ['order-gap'], because: ['recency', 'revenue'] },
          { chance: 0.9, alarms: ['order-gap', 'discount'] },
          { chance: 0.9, because: ['recency', 'tenure', 'contractAmount'] },
          { chance: 0.9, said: 'too-expensive', alarms: ['discount'], because: ['promotedShare'] },
          { chance: 0.9, because: ['sinceContractChange', 'contractChanges365'] },
        ],
        true,
      ),
    ).toEqual([
      ['stated-reason'],
      [],
      [],
      [],
      ['discount-alarm'],
      ['forecast-reason'],
      ['stated-reason', 'discount-alarm', 'forecast-reason'],
      [],
    ]);
  });

  it('goes by alarms where nothing is foretold of anybody', () => {
    expect(
      signsOf(
        [
          { said: 'price-raised' },
          { said: 'price-raised', alarms: ['order-gap'] },
          { said: 'moved', alarms: ['order-gap'] },
          { alarms: ['discount'] },
        ],
        false,
      ),
    ).toEqual([[], ['stated-reason'], [], ['discount-alarm']]);
  });

  it('knows features by the names that they have', () => {
    const names = features.map(({ name }) => name);
    expect(priceFeatures.filter((name) => !names.includes(name))).toEqual([]);
  });

  it('finds who leaves over a dear contract, where that is what is learnt', async () => {
    // Who pays 60 ends the contract sooner or later, with nothing else to tell; who pays 20 hardly ever does.
    const random = seededRandom(5);
    const contracts: Record<string, ContractLiteral[]> = {};
    for (let n = 0; n < 300; n++) {
      const start = Math.floor(100 * random());
      const isDear = n % 3 === 0;
      const end = start + 60 + Math.floor((isDear ? 700 : 9000) * random());
      contracts[`c${n}`] = [{ start, amount: isDear ? 60 : 20, ...(end < 540 && { end }) }];
    }
    const ledger = ledgerOf({ customers: {}, contracts, today: 540 });
    const outlook = await studyOutlook(
      ledger.today,
      { definition: 'contracts', activeDays: 365, horizonDays: 90, mostRows: 10_000 },
      outlookTeamAlone({ ledger }, [majority, logisticLearner]),
    );
    expect(outlook.lack).toBeNull();
    const { customer, probability, learnt, reasons } = outlook.forecast!;
    const nobody = { codes: [], newest: new Int32Array(300).fill(-1) };
    const alarms = { offsets: new Int32Array(301), signal: new Uint8Array(0) };
    const found = leavingOverPrice({
      warnings: { alarms } as unknown as Parameters<typeof leavingOverPrice>[0]['warnings'],
      outlook,
      reasons: { stated: nobody },
    });
    const expected = [...customer.keys()]
      .filter((place) => probability[place]! >= learnt.threshold)
      .filter((place) =>
        reasonsAt(learnt.features, learnt.means, reasons, place).some(({ name }) => /^contractAm/.test(name)),
      )
      .map((place) => customer[place]!);
    expect([...found.keys()].filter((c) => found[c] !== 0)).toEqual(expected);
    expect(expected.length).toBeGreaterThan(10);
    expect(expected.every((c) => c % 3 === 0)).toBe(true);
  });
});

describe('overPriceWords', () => {
  it('tell every sign in three languages', () => {
    expect(overPriceWords(5).en).toBe(
      'About to leave over price: the newest reason given in the last year is one of price; the price paid or the discount is among what speaks most for leaving.',
    );
    expect(overPriceWords(2)).toEqual({
      en: 'About to leave over price: buys at a discount more than before.',
      'zh-Hans': '可能因价格流失：比以往更依赖折扣。',
      'zh-Hant': '可能因價格流失：比以往更依賴折扣。',
    });
  });
});
