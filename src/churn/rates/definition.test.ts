import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ledgerOf } from '../../customers/testing/ledger.ts';
import { checkDefinition, type LeavingDefinition, staysOf } from './definition.ts';
import { goneCustomers, isCustomerOn, type Stays } from './stays.ts';
import { everyEvening } from './testing/day-by-day.ts';
import { anyDefinition, anyShop, dayOf, halving, orderDays, sourcesOf } from './testing/shops.ts';

const onDays = (...days: number[]) => days.map((day) => ({ day, lines: ['x'] }));

/** By customer: from, left and last seen of each stay. */
const listed = ({ offsets, from, left, lastSeen }: Stays) =>
  Array.from({ length: offsets.length - 1 }, (_, c) =>
    Array.from({ length: offsets[c + 1] - offsets[c] }, (_, n) => {
      const s = offsets[c] + n;
      return [from[s], left[s], lastSeen[s]];
    }),
  );

const { contracts: noContracts, events: noEvents } = ledgerOf({ customers: {} });

describe('leaving by silence', () => {
  const stays = (definition: LeavingDefinition, today: number, ...customers: number[][]) =>
    listed(
      staysOf(
        {
          ledger: { today, contracts: noContracts, events: noEvents },
          days: orderDays(...customers),
          alive: halving,
        },
        definition,
      ),
    );

  it('is on the first day whose evening is too many days after the last order', () => {
    const silence = { kind: 'silence', days: 30 } as const;
    // Of the day 100, the day 130 is 30 days later, which is allowed, and the day 131 is not.
    expect(stays(silence, 130, [100])).toEqual([[[100, -1, 100]]]);
    expect(stays(silence, 131, [100])).toEqual([[[100, 131, 100]]]);
    // Who orders on the day itself has not left; on the day after, they are back.
    expect(stays(silence, 140, [100, 131], [100, 132], [])).toEqual([
      [[100, -1, 131]],
      [
        [100, 131, 100],
        [132, -1, 132],
      ],
      [],
    ]);
  });

  it('goes by the rhythm of the orders up to then', () => {
    const rhythm = { kind: 'rhythm', factor: 1, shopSilence: 50, leastSilence: 0 } as const;
    // With two days 50 are allowed. Gaps of 10, 10: 15 are allowed after the day 20, so that the day 36 is too late. The gaps of 10, 10
    // and 40 that the day 60 makes have a median of 10 and a spread of 0, which allow 15 again; 10, 10, 40 and 5, of 10 and 2.5, allow
    // 10 + 3 × 1.4826 × 2.5 = 21.1, to the day 86.
    expect(stays(rhythm, 200, [0, 10, 20, 60, 65], [0, 51], [0, 52])).toEqual([
      [
        [0, 36, 20],
        [60, 87, 65],
      ],
      [[0, 102, 51]],
      [
        [0, 51, 0],
        [52, 103, 52],
      ],
    ]);
    expect(stays({ ...rhythm, leastSilence: 30 }, 200, [0, 10, 20])).toEqual([[[0, 51, 20]]]);
    expect(stays({ ...rhythm, factor: 2 }, 200, [0, 10, 20], [0])).toEqual([[[0, 51, 20]], [[0, 101, 0]]]);
  });

  it('goes by the chance of being alive, and by silence where that is not told', () => {
    const alive = { kind: 'alive', threshold: 0.25, shopSilence: 40 } as const;
    // With one repeat order the chance is 2^(−weeks / 2): 4 weeks of silence make it 1/4, which is not below it.
    expect(stays(alive, 200, [0, 10], [0])).toEqual([[[0, 10 + 28 + 1, 10]], [[0, 41, 0]]]);
  });

  it('by a model takes a model', () => {
    const sources = sourcesOf(ledgerOf({ customers: { anna: onDays(1) } }));
    const definition = { kind: 'alive', threshold: 0.5, shopSilence: 30 } as const;
    expect(() => staysOf(sources, definition)).toThrow('Who is alive takes a model');
  });
});

describe('leaving by contracts', () => {
  const stays = (graceDays: number, today: number, ...contracts: [start: number, end?: number][]) =>
    listed(
      staysOf(
        sourcesOf(
          ledgerOf({
            customers: {},
            contracts: {
              anna: contracts.map(([start, end]) => ({ start, ...(end === undefined ? {} : { end }) })),
            },
            today,
          }),
        ),
        { kind: 'contracts', graceDays },
      ),
    )[0];

  it('is when none is left and none follows within the days of grace', () => {
    expect(stays(0, 100, [10, 40])).toEqual([[10, 40, 39]]);
    expect(stays(5, 100, [10, 40])).toEqual([[10, 45, 39]]);
    // A change of plan; a renewal on the last day of grace, and the day after it.
    expect(stays(0, 100, [10, 40], [40])).toEqual([[10, -1, 100]]);
    expect(stays(5, 100, [10, 40], [45])).toEqual([[10, -1, 100]]);
    expect(stays(5, 100, [10, 40], [46])).toEqual([
      [10, 45, 39],
      [46, -1, 100],
    ]);
  });

  it('is not while another one runs, nor before the day that notice is given for', () => {
    expect(stays(0, 100, [10, 80], [20, 40])).toEqual([[10, 80, 79]]);
    expect(stays(0, 100, [10, 101])).toEqual([[10, -1, 100]]);
    expect(stays(0, 100, [10, 100])).toEqual([[10, 100, 99]]);
    expect(stays(1, 100, [10, 100])).toEqual([[10, -1, 99]]);
  });

  it('takes no account of contracts that never ran', () => {
    expect(stays(0, 100, [10, 10])).toEqual([]);
    expect(stays(3, 100, [10, 40], [42, 42])).toEqual([[10, 43, 39]]);
  });
});

describe('any definition', () => {
  it('says each evening what it says with that evening’s knowledge', () => {
    fc.assert(
      fc.property(anyShop(), anyDefinition(), (ledger, definition) => {
        const sources = sourcesOf(ledger, halving);
        const stays = staysOf(sources, definition);
        const first = dayOf('2023-12-01');
        const truth = everyEvening(sources, definition, first);
        const gone = goneCustomers(stays);
        for (let c = 0; c < truth.customers; c++) {
          const isOne = [];
          const expected = [];
          for (let day = first; day <= ledger.today; day++) {
            isOne.push(isCustomerOn(stays, c, day));
            expected.push(truth.isOne(c, day));
          }
          expect(isOne).toEqual(expected);
          expect(gone[c]).toBe(expected.includes(true) ? Number(!expected.at(-1)) : -1);
        }
      }),
    );
  });

  it('does not change its mind about the past as days go by', () => {
    fc.assert(
      fc.property(anyShop(), anyDefinition(), fc.nat(120), (ledger, definition, back) => {
        const sources = sourcesOf(ledger, halving);
        const earlier = ledger.today - back;
        const { documents, contracts } = ledger;
        const orders = Array.from({ length: documents.offsets.length - 1 }, (_, c) =>
          [...sources.days.day.subarray(sources.days.offsets[c], sources.days.offsets[c + 1])].filter(
            (day) => day <= earlier,
          ),
        );
        const then = staysOf(
          {
            ledger: { today: earlier, contracts: until(contracts, earlier), events: ledger.events },
            days: orderDays(...orders),
            alive: halving,
          },
          definition,
        );
        const cut = listed(staysOf(sources, definition)).map((stays) =>
          stays
            .filter(([from]) => from <= earlier)
            .map(([from, left]) => [from, left <= earlier ? left : -1]),
        );
        expect(listed(then).map((stays) => stays.map(([from, left]) => [from, left]))).toEqual(cut);
      }),
    );
  });
});

/** Those that have started by a day, running if they have not ended by it. */
function until(contracts: typeof noContracts, day: number): typeof noContracts {
  const { offsets, start, end } = contracts;
  const known = Array.from(start, (_, n) => n).filter((n) => start[n] <= day);
  return {
    ...contracts,
    offsets: offsets.map((offset) => known.filter((n) => n < offset).length),
    start: Int32Array.from(known, (n) => start[n]),
    end: Int32Array.from(known, (n) => (end[n] > day ? -1 : end[n])),
  };
}

it.each<[LeavingDefinition, string]>([
  [{ kind: 'contracts', graceDays: 1.5 }, 'graceDays must be whole'],
  [{ kind: 'contracts', graceDays: -1 }, 'graceDays must be whole'],
  [{ kind: 'rhythm', factor: 0, shopSilence: 90, leastSilence: 0 }, 'factor must lie'],
  [{ kind: 'rhythm', factor: 1, shopSilence: 0, leastSilence: 0 }, 'shopSilence must lie'],
  [{ kind: 'rhythm', factor: 1, shopSilence: 90, leastSilence: Number.NaN }, 'leastSilence must lie'],
  [{ kind: 'silence', days: 5000 }, 'days must lie'],
  [{ kind: 'alive', threshold: 1, shopSilence: 90 }, 'threshold must lie'],
  [{ kind: 'alive', threshold: 0.5, shopSilence: Number.POSITIVE_INFINITY }, 'shopSilence must lie'],
])('refuses %j', (definition, message) => {
  expect(() => checkDefinition(definition)).toThrow(message);
});
