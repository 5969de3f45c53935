import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CustomerInsights } from '../customers/customer-insights.ts';
import { adjustedRates, type RateWishes } from '../customers/profit/adjusted-rates.ts';
import { drainsOf } from '../customers/profit/drains.ts';
import { orderingCustomers } from '../customers/profit/drivers.ts';
import { driversOf } from '../customers/profit/drivers-of.ts';
import { profitOf } from '../customers/profit/profit.ts';
import { profitReport } from '../customers/profit/profit-report.ts';
import { tiersOf } from '../customers/profit/tiers.ts';
import { anyLedger, ledgerOf, type NamedLedger } from '../customers/testing/ledger.ts';
import { StringTable } from '../model/string-table.ts';
import { CustomerBook } from './customer-book.ts';
import { answerProfitQuestion } from './profit-question.ts';

/** A book that knows profit alone, at these costs. */
function bookAt(ledger: NamedLedger, costs: RateWishes): CustomerBook {
  const drivers = driversOf(ledger);
  const rates = adjustedRates(drivers, costs);
  const profits = profitOf(drivers, rates);
  const customers = orderingCustomers(drivers);
  const tiers = tiersOf(customers, profits);
  const profit = {
    drivers,
    rates,
    tiers,
    report: profitReport(customers, drivers, rates, profits),
    drains: drainsOf(customers, tiers.tier, drivers, rates, profits),
  };
  const tables = { customerCodes: StringTable.from(ledger.customerCodes), itemCodes: StringTable.from([]) };
  return new CustomerBook(1, tables, { profit } as CustomerInsights);
}

const share = fc.option(fc.constantFrom(0, 0.25, 1), { nil: undefined });
const wishes: fc.Arbitrary<RateWishes> = fc.record({
  goodsCostShare: share,
  returnedGoodsLost: share,
  drivers: fc.uniqueArray(
    fc.record({
      id: fc.constantFrom('packing-per-order', 'picking-per-line', 'return-per-line'),
      rate: fc.nat(5),
    }),
    { selector: ({ id }) => id },
  ),
});

it('answers as a model does that was made with the costs asked about, and those stated before', () => {
  fc.assert(
    fc.property(anyLedger(), wishes, wishes, (ledger, stated, asked) => {
      const before = bookAt(ledger, stated);
      const ids = new Set(asked.drivers!.map(({ id }) => id));
      const together: RateWishes = {
        goodsCostShare: asked.goodsCostShare ?? stated.goodsCostShare,
        returnedGoodsLost: asked.returnedGoodsLost ?? stated.returnedGoodsLost,
        drivers: [...stated.drivers!.filter(({ id }) => !ids.has(id)), ...asked.drivers!],
      };
      const made = bookAt(ledger, together);
      const answer = answerProfitQuestion(before, { costs: asked, tiers: {} });
      expect(answer.after.report).toEqual(made.insights.profit.report);
      expect(answer.after.tiers).toEqual(made.insights.profit.tiers);
      expect(answer.before.report).toBe(before.insights.profit.report);
    }),
  );
});

it('finds every customer in one tier before and one after', () => {
  fc.assert(
    fc.property(anyLedger(), wishes, (ledger, asked) => {
      const book = bookAt(ledger, {});
      const { moved } = answerProfitQuestion(book, { costs: asked });
      expect(moved.flat().reduce((sum, count) => sum + count, 0)).toBe(book.ordering.length);
      const nothing = answerProfitQuestion(book, {});
      expect(nothing.after).toEqual(nothing.before);
      expect(nothing.moved.every((row, from) => row.every((count, to) => from === to || count === 0))).toBe(
        true,
      );
    }),
  );
});

it('adds up what costs and scenario change', () => {
  const scenario = { kind: 'fewer-returns', share: 1 } as const;
  fc.assert(
    fc.property(anyLedger(), wishes, (ledger, asked) => {
      const answer = answerProfitQuestion(bookAt(ledger, {}), { costs: asked, scenario });
      const { costs, scenario: played } = answer.change;
      expect(answer.before.report.profit + costs + played).toBeCloseTo(answer.scenario!.profitAfter, 7);
    }),
  );
});

it('refuses to ask costs and cut-offs of a segment', () => {
  const ledger = ledgerOf({ customers: { anna: [{ day: 1, lines: ['mug'] }] } });
  const book = bookAt(ledger, {});
  const name = { en: 'Profit peaks', zh: '利润高峰' };
  const segment = { kind: 'tier', id: 'tier-peak', name, position: 0 } as const;
  expect(() => answerProfitQuestion(book, { costs: { goodsCostShare: 0.5 }, segment })).toThrow(
    expect.objectContaining({ code: 'bad-input', message: expect.stringMatching(/state the scenario/) }),
  );
});

it('plays a scenario at the costs asked about', () => {
  const scenario = { kind: 'fewer-returns', share: 0.5 } as const;
  fc.assert(
    fc.property(anyLedger(), wishes, (ledger, asked) => {
      const made = bookAt(ledger, asked);
      const there = answerProfitQuestion(made, { scenario }).scenario!;
      const here = answerProfitQuestion(bookAt(ledger, {}), { costs: asked, scenario }).scenario!;
      expect(here).toEqual(there);
    }),
  );
});
