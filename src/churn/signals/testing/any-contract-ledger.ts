import fc from 'fast-check';
import { ledgerOf, type NamedLedger } from '../../../customers/testing/ledger.ts';

/** The day after all that is drawn. */
export const drawnEnd = 20_100;

/** Customers who order, who have contracts, and who do both or neither, with events over some three years. */
export function anyContractLedger(): fc.Arbitrary<NamedLedger> {
  const code = fc.constantFrom('anna', 'ben', 'eva', 'kim', 'lee', 'max', 'sam', 'tim');
  const day = fc.integer({ min: 19_000, max: drawnEnd - 1 });
  const of = <T>(own: fc.Arbitrary<T>, maxLength: number) =>
    fc.dictionary(code, fc.array(own, { maxLength }), { noNullPrototype: true });
  const kind = fc.constantFrom('visit', 'complaint', 'service-call', 'payment-failed', 'satisfaction');
  const contract = fc
    .record({ start: day, days: fc.option(fc.integer({ min: 0, max: 700 })) })
    .map(({ start, days }) => (days === null ? { start } : { start, end: start + days }));
  return fc
    .record({
      customers: of(fc.record({ day, lines: fc.constant([{ product: 'tea', price: 5 }]) }), 4),
      events: of(fc.record({ day, kind, value: fc.integer({ min: 1, max: 5 }) }), 30),
      contracts: of(contract, 3),
    })
    .map((drawn) => ledgerOf({ ...drawn, today: drawnEnd }));
}
