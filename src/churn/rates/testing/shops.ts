import fc from 'fast-check';
import { ledgerPurchaseDays } from '../../../customers/lifetime/ledger-days.ts';
import {
  type ContractLiteral,
  type DocumentLiteral,
  type EventLiteral,
  ledgerOf,
  type NamedLedger,
} from '../../../customers/testing/ledger.ts';
import type { ChurnSources } from '../churn-rates.ts';
import type { LeavingDefinition } from '../definition.ts';
import type { AliveModel, OrderDays } from '../silence-stays.ts';

/** Days since 1970-01-01 of a date such as `2024-02-29`. */
export const dayOf = (date: string): number => Date.parse(date) / 86_400_000;

export const sourcesOf = (
  ledger: NamedLedger,
  alive?: AliveModel,
): ChurnSources & { ledger: NamedLedger } => ({
  ledger,
  days: ledgerPurchaseDays(ledger),
  alive,
});

export const orderDays = (...byCustomer: readonly (readonly number[])[]): OrderDays => ({
  offsets: Int32Array.from([0, ...byCustomer.map((_, c) => byCustomer.slice(0, c + 1).flat().length)]),
  day: Int32Array.from(byCustomer.flat()),
});

/** The chance of being alive halves with silence, the more slowly the more often somebody came back, from 0.4 on with the third time. */
export const halving: AliveModel = {
  alive: (frequency, recency, age) => (frequency < 3 ? 1 : 0.4) * 0.5 ** ((age - recency) / (1 + frequency)),
  tellsAlive: (frequency) => frequency > 0,
};

const [firstDay, today] = [dayOf('2023-12-05'), dayOf('2024-05-20')];

/** A few customers of half a year who order, send back, sign and end contracts, complain. */
export function anyShop(): fc.Arbitrary<NamedLedger> {
  const day = fc.integer({ min: firstDay, max: today + 3 });
  const document = fc.record(
    {
      day,
      channel: fc.constantFrom('shop', 'web'),
      lines: fc.array(
        fc.record({
          product: fc.constantFrom('bread', 'jam'),
          quantity: fc.constantFrom(1, 1, 2, 3, -1),
          price: fc.oneof(fc.nat(20), fc.constant(null)),
        }),
        { minLength: 1, maxLength: 2 },
      ),
    },
    { requiredKeys: ['day', 'lines'] },
  );
  const contract = fc
    .record(
      {
        start: day,
        length: fc.nat(60),
        amount: fc.nat(30),
        reason: fc.constantFrom('moved', 'price'),
        voluntary: fc.boolean(),
      },
      { requiredKeys: ['start'] },
    )
    .map(
      ({ start, length, ...rest }): ContractLiteral => ({
        ...rest,
        start,
        ...(length === undefined ? {} : { end: start + length }),
      }),
    );
  const event = fc.record(
    {
      day,
      kind: fc.constantFrom('cancellation', 'payment-failed', 'complaint'),
      reason: fc.constantFrom('price', 'quality'),
    },
    { requiredKeys: ['day', 'kind'] },
  );
  const byCustomer = <T>(of: fc.Arbitrary<T>, most: number): fc.Arbitrary<Record<string, T[]>> =>
    fc.dictionary(fc.constantFrom('anna', 'ben', 'eva', 'kim'), fc.array(of, { maxLength: most }), {
      noNullPrototype: true,
    });
  return fc
    .record({
      customers: byCustomer<DocumentLiteral>(document, 12),
      contracts: byCustomer<ContractLiteral>(contract, 5),
      events: byCustomer<EventLiteral>(event, 4),
    })
    .map((drawn) => ledgerOf({ ...drawn, today }));
}

export function anyDefinition(): fc.Arbitrary<LeavingDefinition> {
  return fc.oneof(
    fc.record({ kind: fc.constant('contracts' as const), graceDays: fc.nat(20) }),
    fc.record({
      kind: fc.constant('rhythm' as const),
      factor: fc.constantFrom(0.5, 1, 1.5),
      shopSilence: fc.integer({ min: 1, max: 60 }),
      leastSilence: fc.constantFrom(0, 7.5, 14),
    }),
    fc.record({ kind: fc.constant('silence' as const), days: fc.constantFrom(1, 7, 10.5, 30, 90) }),
    fc.record({
      kind: fc.constant('alive' as const),
      threshold: fc.constantFrom(0.1, 0.25, 0.5),
      shopSilence: fc.integer({ min: 1, max: 60 }),
    }),
  );
}
