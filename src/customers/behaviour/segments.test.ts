import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyLedger, ledgerOf } from '../testing/ledger.ts';
import { CustomerPlacer, placeCustomer } from './place.ts';
import { behaviourSegments } from './segments.ts';
import { clusterer, documentsOf, everyCustomer, monday, twoSorts } from './testing/shop.ts';

const itemName = (item: number): string => `item ${item}`;
const plainOptions = { itemName, seed: 1 };

describe('behaviourSegments', () => {
  it('finds sorts of customers, says what sets them apart, and how sure it is', async () => {
    const ledger = twoSorts(200, 7);
    const { report, segmentOf, model, sureness } = await behaviourSegments(ledger, clusterer, {
      itemName: (item) => ledger.productCodes[item]!,
      seed: 3,
      least: 2,
      most: 5,
    });
    expect(report.choice?.clusters).toBe(2);
    expect(report.segments.map(({ customers }) => customers)).toEqual([100, 100]);
    // The sorts come in turn.
    expect(everyCustomer(ledger).every((c) => segmentOf[c] === segmentOf[c % 2])).toBe(true);
    const evening = report.segments[segmentOf[0]!]!;
    const morning = report.segments[segmentOf[1]!]!;
    const trait = (name: string) => evening.traits.find((one) => one.name === name)!;
    expect(trait('evening').difference).toBeGreaterThan(1.5);
    expect(trait('morning').difference).toBeLessThan(-1.5);
    // Six orders in the evening of six, and three orders' worth of the shop's mean of a half.
    expect(trait('evening').here).toBeCloseTo((6 + 3 * 0.5) / 9, 2);
    expect(trait('evening').elsewhere).toBeCloseTo((3 * 0.5) / 9, 2);
    // Averages of the drawn figures of the segment, the others and all, who are twice as many.
    const { here, elsewhere, shop } = trait('evening');
    expect(shop).toBeCloseTo((here + elsewhere) / 2, 6);
    expect(trait('evening')).toMatchObject({ average: 'mean', isDrawn: true, isClustered: true });
    expect(trait('recency')).toMatchObject({ average: 'geometric', isDrawn: false, isClustered: false });
    expect(evening.categories.map(({ name }) => name).sort()).toEqual(['drinks', 'ware']);
    expect(morning.products[0]).toMatchObject({ name: 'bread' });
    expect(morning.products[0]!.lift).toBeGreaterThan(1.5);
    expect(evening.name.en).not.toBe(morning.name.en);
    expect(evening.sentence.en).toContain('100 customers (50%)');
    expect(report.segments.reduce((sum, { revenueShare }) => sum + revenueShare!, 0)).toBeCloseTo(1, 12);
    expect(report.segments.reduce((sum, { orders }) => sum + orders, 0)).toBe(200 * 6);
    expect(model.segments.map(({ id }) => id)).toEqual([1, 2]);
    expect(Math.min(...sureness)).toBeGreaterThan(0.1);
    // Nothing was ever sent back or sold with a discount, nor at night.
    expect(report.dropped.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['night', 'discount', 'returns']),
    );
  });

  it('places a new customer by the first orders', async () => {
    const ledger = twoSorts(60, 11);
    const { model, segmentOf } = await behaviourSegments(ledger, clusterer, { ...plainOptions, segments: 2 });
    const order = (product: string, minute: number, channel: string) => ({
      day: monday + 300,
      minute,
      channel,
      lines: [
        {
          item: ledger.productCodes.indexOf(product),
          quantity: 1,
          price: 2,
          discount: 0,
          isPromoted: channel === 'web',
        },
      ],
    });
    const placed = placeCustomer(model, [order('tea', 1100, 'web'), order('cup', 1100, 'web')], monday + 301);
    expect(placed?.position).toBe(segmentOf[0]);
    const other = placeCustomer(
      model,
      [order('bread', 500, 'shop'), order('jam', 500, 'shop')],
      monday + 301,
    );
    expect(other?.position).toBe(segmentOf[1]);
    expect(placeCustomer(model, [], monday + 301)).toBeUndefined();
  });

  it('is as right by the first order as by all of them where sorts are clear, but less sure', async () => {
    const ledger = twoSorts(60, 11);
    const { model, segmentOf, sureness } = await behaviourSegments(ledger, clusterer, {
      ...plainOptions,
      segments: 2,
    });
    const placed = everyCustomer(ledger).map((c) => {
      const [first] = documentsOf(ledger, c);
      return placeCustomer(model, [first!], first!.day + 1)!;
    });
    expect(placed.map(({ position }) => position)).toEqual([...segmentOf]);
    const mean = (values: Iterable<number>): number => {
      const all = [...values];
      return all.reduce((sum, value) => sum + value, 0) / all.length;
    };
    expect(mean(placed.map((one) => one.sureness))).toBeLessThan(mean(sureness));
  });

  it('places customers of any ledger where training put them', async () => {
    const anyNumber = fc.integer({ min: 1, max: 4 });
    await fc.assert(
      fc.asyncProperty(anyLedger(), anyNumber, async (ledger, segments) => {
        const { model, segmentOf, sureness, report, own } = await behaviourSegments(ledger, clusterer, {
          ...plainOptions,
          segments,
          minOrders: 1,
        });
        const placer = new CustomerPlacer(model);
        for (const customer of everyCustomer(ledger)) {
          const placed = placer.place(documentsOf(ledger, customer), ledger.today);
          expect(placed?.position ?? -1).toBe(segmentOf[customer]);
          expect(placed?.sureness ?? 0).toBe(sureness[customer]);
          own.features.forEach((feature, n) => {
            const at = customer * own.features.length + n;
            expect(own.values[at]).toBe(placed?.own[feature] ?? 0);
            expect(own.evidence[at]).toBe(placed?.evidence[feature] ?? 0);
          });
        }
        expect(segmentOf.filter((segment) => segment >= 0)).toHaveLength(report.customers);
        const counted = report.segments.map((_, s) => segmentOf.filter((segment) => segment === s).length);
        expect(report.segments.map(({ customers }) => customers)).toEqual(counted);
        expect(counted).toEqual(counted.toSorted((a, b) => b - a));
        for (const { sureness: mean } of report.segments) expect(mean >= 0 && mean <= 1).toBe(true);
        // Plain JSON without NaN, which would come back as null.
        expect(JSON.parse(JSON.stringify(report))).toEqual(report);
      }),
    );
  });

  it('is one segment with the reason where nothing parts the customers', async () => {
    const codes = async (ledger: ReturnType<typeof ledgerOf>, segments?: number) => {
      const { report } = await behaviourSegments(ledger, clusterer, { ...plainOptions, segments });
      return [report.segments.map(({ customers }) => customers), report.notes.map(({ code }) => code)];
    };
    const alike = Object.fromEntries(
      Array.from({ length: 60 }, (_, c) => [`c${c}`, [{ day: monday, lines: ['tea'] }]]),
    );
    expect(await codes(ledgerOf({ customers: alike }))).toEqual([[60], ['all-alike']]);
    expect(await codes(ledgerOf({ customers: alike }), 3)).toEqual([[60], ['all-alike']]);
    const one = { anna: [{ day: monday, lines: ['tea'] }] };
    expect(await codes(ledgerOf({ customers: one }))).toEqual([[1], ['too-few-customers']]);
    expect(await codes(ledgerOf({ customers: one }), 5)).toEqual([[1], ['all-alike']]);
    expect(await codes(ledgerOf({ customers: {} }))).toEqual([[], ['no-customers']]);
    const returned = { anna: [{ day: monday, lines: [{ product: 'tea', quantity: -1 }] }] };
    expect(await codes(ledgerOf({ customers: returned }))).toEqual([[], ['no-customers']]);
  });

  it('makes as many segments as there are different customers where more are asked for', async () => {
    const ledger = ledgerOf({
      customers: {
        anna: [{ day: monday, lines: ['tea'] }],
        ben: [{ day: monday, minute: 400, lines: ['tea', 'cup'] }],
        eva: [{ day: monday, minute: 400, lines: ['tea', 'cup'] }],
      },
    });
    const { report } = await behaviourSegments(ledger, clusterer, { ...plainOptions, segments: 10 });
    expect(report.segments.map(({ customers }) => customers)).toEqual([2, 1]);
    expect(report.notes).toEqual([
      {
        code: 'fewer-than-asked',
        words: {
          en: 'There are 2 different ways of buying only, so there are as many segments, not 10.',
          zh: '只有 2 种不同的购买方式，因此分为 2 群，而不是 10 群。',
        },
      },
    ]);
  });

  it('keeps ids and names of segments that go on', async () => {
    const ledger = twoSorts(80, 5);
    const first = await behaviourSegments(ledger, clusterer, { ...plainOptions, segments: 2 });
    const earlier = { ...first.model, segmentOf: first.segmentOf };
    const same = await behaviourSegments(ledger, clusterer, {
      ...plainOptions,
      seed: 99,
      segments: 2,
      earlier,
    });
    const nameOf = (found: typeof first, customer: number) =>
      found.model.segments[found.segmentOf[customer]!];
    for (const customer of everyCustomer(ledger))
      expect(nameOf(same, customer)).toEqual(nameOf(first, customer));
    expect(same.report.matches?.map(({ status, overlap }) => [status, overlap])).toEqual([
      ['kept', 1],
      ['kept', 1],
    ]);
    const strangers = { ...earlier, segmentOf: new Int16Array(80).fill(-1) };
    const anew = await behaviourSegments(ledger, clusterer, {
      ...plainOptions,
      segments: 2,
      earlier: strangers,
    });
    expect(anew.model.segments.map(({ id }) => id)).toEqual([3, 4]);
    expect(anew.report.matches?.filter(({ status }) => status === 'gone').map(({ id }) => id)).toEqual([
      1, 2,
    ]);
    expect(anew.model.nextId).toBe(5);
  });

  it('has nobody part from the shop where a prior outweighs everything', async () => {
    const { report } = await behaviourSegments(twoSorts(60, 2), clusterer, {
      ...plainOptions,
      priorWeight: 1e30,
    });
    expect(report.notes.map(({ code }) => code)).toEqual(['all-alike']);
    expect(report.features.map(({ name }) => name)).toEqual(['recency']);
  });

  it('refuses options that cannot be', async () => {
    const ledger = twoSorts(4, 1);
    const wrong = [
      { segments: 0 },
      { least: 5, most: 4 },
      { priorWeight: -1 },
      { mostKinds: 0.5 },
      { minOrders: 0 },
    ];
    for (const option of wrong)
      await expect(
        behaviourSegments(ledger, clusterer, { ...plainOptions, ...option }),
      ).rejects.toMatchObject({
        code: 'bad-input',
      });
  });
});
