import type { Clusterer } from '../learn/kmeans/clusterer.ts';
import type { EarlierSegments } from './behaviour/matching.ts';
import { behaviourSegments } from './behaviour/segments.ts';
import type { CustomerAsides, CustomerInsights, SegmentsBefore } from './customer-insights.ts';
import { bestAndNext, type DifferencesReport, differencesOf } from './differences.ts';
import { behavioursOf, partsOfRevenue } from './differences-behaviours.ts';
import { repeatedNames } from './differences-repeats.ts';
import { type HoldingsOptions, holdingsReport } from './holdings.ts';
import type { CustomerAttribute, Ledger } from './ledger.ts';
import { type HoldOutReport, holdOutForecast } from './lifetime/hold-out.ts';
import { ledgerPurchaseDays } from './lifetime/ledger-days.ts';
import { type LifetimeOptions, lifetimeValues } from './lifetime/lifetime-values.ts';
import { type PurchaseDays, repeatHistory } from './lifetime/purchase-days.ts';
import { adjustedRates, type RateWishes } from './profit/adjusted-rates.ts';
import { type DrainOptions, drainsOf } from './profit/drains.ts';
import { orderingCustomers } from './profit/drivers.ts';
import { type DriverSettings, driversOf } from './profit/drivers-of.ts';
import { marginAhead } from './profit/margin-ahead.ts';
import { type CustomerProfits, profitOf } from './profit/profit.ts';
import { profitReport } from './profit/profit-report.ts';
import { type TierOptions, tiersOf } from './profit/tiers.ts';
import { type RfmOptions, rfm } from './rfm.ts';
import { rhythms } from './rhythm.ts';
import { type SegmentedOrders, segmentShares } from './segment-shares.ts';
import { valueTables } from './value-report.ts';

/** How customers are studied; what is absent is as each part has it by default. */
export interface CustomerSettings {
  readonly rfm: RfmOptions;
  readonly behaviour: { readonly segments?: number | undefined; readonly seed: number };
  readonly orderSizes: Omit<DriverSettings, 'feeName'>;
  readonly costs: RateWishes;
  readonly tiers: TierOptions;
  readonly drains: DrainOptions;
  readonly lifetime: Omit<LifetimeOptions, 'margin'>;
  /** Of the days observed, the newest share, which lifetime value is fitted without and held against: 0 < share < 1. */
  readonly holdOutShare: number;
  /** Shares of the customers: the best, and those they are compared with. */
  readonly best: { readonly top: number; readonly next: number };
  readonly holdings: HoldingsOptions;
}

/** Plain data, so that it can go to a thread. */
export interface CustomerStudyInput {
  readonly ledger: Ledger;
  readonly asides: CustomerAsides;
  /** What products are called, by number; the items first. */
  readonly productNames: readonly string[];
  readonly orders: SegmentedOrders;
  readonly settings: CustomerSettings;
  /** The segments of the model before. */
  readonly earlier?: EarlierSegments | undefined;
  readonly before: SegmentsBefore | null;
}

/** Studies customers somewhere else than on the caller's thread. Rejects as {@link studyCustomers} does. */
export interface CustomerStudent {
  studyCustomers(
    input: CustomerStudyInput,
    hooks?: { signal?: AbortSignal | undefined },
  ): Promise<CustomerInsights>;
}

/** Fewer days tell nothing about who comes back. */
const fewestObservedDays = 14;

/**
 * Works out what a model knows of its customers. Data that do not suffice for a part make that part say so.
 *
 * @throws PairwellError `bad-input` for an impossible setting; whatever the clusterer throws
 */
export async function studyCustomers(
  input: CustomerStudyInput,
  clusterer: Clusterer,
): Promise<CustomerInsights> {
  const { ledger, asides, settings, before, productNames } = input;
  const nameOf = (product: number): string => productNames[product];
  const drivers = driversOf(ledger, { ...settings.orderSizes, feeName: nameOf });
  const rates = adjustedRates(drivers, settings.costs);
  const profits = profitOf(drivers, rates);
  const customers = orderingCustomers(drivers);
  const tiers = tiersOf(customers, profits, settings.tiers);
  const days = ledgerPurchaseDays(ledger);
  const behaviour = await behaviourSegments(ledger, clusterer, {
    ...settings.behaviour,
    itemName: nameOf,
    earlier: input.earlier,
  });
  const segments = behaviour.model.segments.length;
  return {
    today: ledger.today,
    asides,
    rfm: rfm(ledger, settings.rfm),
    rhythm: rhythms(ledger),
    value: valueTables(customers, profits),
    profit: {
      drivers,
      rates,
      report: profitReport(customers, drivers, rates, profits),
      tiers,
      drains: drainsOf(customers, tiers.tier, drivers, rates, profits, settings.drains),
    },
    behaviour,
    segmentShares: segmentShares(input.orders, behaviour.segmentOf, segments, ledger.today),
    lifetime: {
      ...lifetimeValues(repeatHistory(days, ledger.today), {
        ...settings.lifetime,
        margin: marginAhead(customers, drivers, profits),
      }),
      holdOut: heldOut(days, ledger.today, settings.holdOutShare),
    },
    differences: differences(ledger, customers, profits, settings.best),
    holdings: holdingsReport(ledger, settings.holdings),
    before,
  };
}

function heldOut(days: PurchaseDays, lastDay: number, share: number): HoldOutReport | null {
  if (days.day.length === 0) return null;
  const first = days.day.reduce((least, day) => Math.min(least, day), lastDay);
  const observed = lastDay - first;
  if (observed < fewestObservedDays) return null;
  const splitDay = lastDay - Math.max(1, Math.round(share * observed));
  return holdOutForecast(days, { splitDay, lastDay });
}

/** The best by revenue and by profit against those next to them, in what the shop states of them and in what they do. */
function differences(
  ledger: Ledger,
  customers: Int32Array,
  profits: CustomerProfits,
  best: CustomerSettings['best'],
): CustomerInsights['differences'] {
  const behaviours = behavioursOf(ledger);
  const taken = new Set(behaviours.map(({ name }) => name));
  const stated = ledger.attributes.map(
    (attribute): CustomerAttribute =>
      taken.has(attribute.name) ? { ...attribute, name: `stated ${attribute.name}` } : attribute,
  );
  const repeats = repeatedNames(stated, behaviours, customers);
  const by = (values: Float64Array, what: string, parts: readonly string[]): DifferencesReport =>
    differencesOf([...behaviours, ...stated], bestAndNext(values, customers, what, best), {
      defining: [what],
      parts,
      repeats,
    });
  return {
    revenue: by(profits.revenue, 'revenue', partsOfRevenue),
    profit: by(profits.profit, 'profit', ['revenue', ...partsOfRevenue]),
  };
}
