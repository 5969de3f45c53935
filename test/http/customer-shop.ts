import type { Database } from '../../db/database.ts';
import { putCustomers } from '../../db/queries/customers.ts';
import { storeOrder } from '../../db/queries/orders.ts';
import { putProducts } from '../../db/queries/products.ts';
import { customers as customerTable, events as eventTable } from '../../db/schema.ts';
import { outlookTeamAlone, studyOutlook } from '../../src/churn/outlook/study-outlook.ts';
import { logisticLearner, majority } from '../../src/churn/prediction/logistic-learner.ts';
import { goneCustomers } from '../../src/churn/rates/stays.ts';
import { studyChurn } from '../../src/churn/study-churn.ts';
import type { CustomerInsights, SegmentsBefore } from '../../src/customers/customer-insights.ts';
import { studyCustomers } from '../../src/customers/study-customers.ts';
import { type DocumentLiteral, ledgerOf, type NamedLedger } from '../../src/customers/testing/ledger.ts';
import { plainClusterer } from '../../src/learn/kmeans/clusterer.ts';
import { plainKernel } from '../../src/learn/kmeans/plain-kernel.ts';
import type { Model } from '../../src/model/model.ts';
import { modelOf, orderTableOf } from '../../src/model/testing/model-of.ts';
import { churnSettings, churnStudiedAs } from '../../src/train/churn-settings.ts';
import { customerSettings, studiedAs } from '../../src/train/customer-settings.ts';
import { openTestService, type TestService } from '../support/service.ts';

/** 2024-01-01. */
export const firstDay = 19_723;

/** 2024-04-10: 100 days later. */
export const today = firstDay + 100;

const every = (gap: number, from: number, until: number): number[] =>
  Array.from({ length: Math.floor((until - from) / gap) + 1 }, (_, n) => from + gap * n);

const onDays = (days: readonly number[], document: Omit<DocumentLiteral, 'day'>): DocumentLiteral[] =>
  days.map((day) => ({ ...document, day: firstDay + day }));

const breakfast = {
  minute: 480,
  channel: 'shop',
  lines: [
    { product: 'bread', quantity: 2, price: 3 },
    { product: 'butter', price: 2 },
  ],
};
const teas = {
  minute: 1200,
  channel: 'web',
  lines: [{ product: 'tea', quantity: 4, price: 5, discount: 2 }],
};
const kettles = (quantity: number) => ({
  minute: 1200,
  channel: 'web',
  lines: [{ product: 'kettle', quantity, price: 50 }],
});

/** A code that a spreadsheet would take for a formula. */
export const strange = '=1+1';

/**
 * Seven who ordered, in the order of their codes' numbers. Ann comes every ten days and Bob did until day 40; Cid has tea; Gil buys a
 * loaf a week and complains; Eve gives kettles back.
 */
export const documents: Readonly<Record<string, readonly DocumentLiteral[]>> = {
  ann: onDays(every(10, 0, 90), breakfast),
  bob: onDays(every(10, 0, 40), breakfast),
  cid: onDays(every(30, 5, 95), teas),
  dora: onDays([90], {
    minute: 1200,
    channel: 'web',
    lines: [
      { product: 'tea', price: 5 },
      { product: 'postage', price: 4 },
    ],
  }),
  eve: [...onDays([20], kettles(2)), ...onDays([25], kettles(-2)), ...onDays([80], kettles(1))],
  gil: onDays(every(7, 2, 93), { minute: 490, channel: 'shop', lines: [{ product: 'bread', price: 3 }] }),
  [strange]: onDays([50], {
    minute: 500,
    channel: 'shop',
    lines: [{ product: 'bread', quantity: 2, price: 3 }],
  }),
};

export const products = [
  { code: 'bread', name: 'Rye bread', price: 3, cost: 1, category: ['food'] },
  { code: 'butter', name: 'Butter', price: 2, cost: 1, category: ['food'] },
  { code: 'tea', name: 'Green tea', price: 5, cost: 2, category: ['drinks'] },
  { code: 'kettle', name: 'Kettle', price: 50, category: ['household'] },
  { code: 'postage', name: 'Postage', nonProduct: true },
];

export const shopEvents = [
  { customer: 'gil', day: 10, kind: 'complaint', payload: { about: 'crust' } },
  { customer: 'gil', day: 40, kind: 'complaint', payload: {} },
  { customer: 'ann', day: 85, kind: 'visit', payload: { page: 'start' } },
  { customer: 'fred', day: 30, kind: 'visit', payload: {} },
];

/** By cost driver. */
export const rates: Readonly<Record<string, number>> = {
  'packing-per-order': 1,
  'shipping-per-order': 2,
  'service-by-event': 5,
  'return-per-document': 4,
  'return-per-line': 0,
  'picking-per-line': 0,
  'picking-per-unit': 0,
  'shipping-per-kilogram': 0,
};

/** An order costs 3, a returned parcel 4, a complaint 5; kettles cost half their price. Orders are small under 5. */
const settings = studiedAs(
  customerSettings.parse({
    segments: 2,
    rfmCutoffs: { recency: [6, 11, 21, 41], frequency: [2, 3, 5, 8], monetary: [7, 20, 45, 75] },
    smallOrderUnder: 5,
    orderBounds: [5, 10],
    costs: {
      goodsCostShare: 0.5,
      returnedGoodsLost: 0.1,
      drivers: Object.entries(rates).map(([id, rate]) => ({ id, rate })),
    },
    retentionDays: 30,
  }),
);

function ledger(more: Readonly<Record<string, readonly DocumentLiteral[]>>): NamedLedger {
  const all = Object.entries(documents).map(
    ([code, own]) => [code, [...own, ...(more[code] ?? [])]] as const,
  );
  return ledgerOf({
    customers: Object.fromEntries(all),
    products: Object.fromEntries(
      products.map(({ code, cost, category, nonProduct }) => [
        code,
        { ...(cost !== undefined && { cost }), ...(category && { category }), fee: nonProduct ?? false },
      ]),
    ),
    events: Object.fromEntries(
      ['gil', 'ann', 'fred'].map((code) => [
        code,
        shopEvents
          .filter(({ customer }) => customer === code)
          .map(({ day, kind }) => ({ day: firstDay + day, kind })),
      ]),
    ),
    attributes: { country: { ann: 'FR', bob: 'DE' } },
    today,
  });
}

/** The segments of a model, as one that is trained later on the same customers has them. */
export function segmentsOf({ customers, meta }: Model): SegmentsBefore {
  const { today, rfm, behaviour, profit } = customers!;
  return {
    trainedAt: meta.trainedAt,
    today,
    rfm: rfm.columns.segment,
    behaviour: behaviour.segmentOf,
    behaviourSegments: behaviour.model.segments,
    tier: profit.tiers.tier,
    gone: 1,
  };
}

/**
 * A model that knows its customers.
 *
 * @param more documents of theirs
 * @param previous the model before
 */
export async function customerModel(
  more: Readonly<Record<string, readonly DocumentLiteral[]>> = {},
  previous?: Model,
): Promise<Model> {
  const known = ledger(more);
  const orders = Object.entries(documents).flatMap(([customer, own]) =>
    [...own, ...(more[customer] ?? [])].flatMap(({ day, lines }) => {
      const items = lines.flatMap((line) =>
        typeof line === 'object' && (line.quantity ?? 1) > 0 && line.product !== 'postage'
          ? line.product
          : [],
      );
      return items.length > 0 ? [{ customer, day, items }] : [];
    }),
  );
  const literal = { orders, segments: { fred: 'unknown' } };
  const plain = modelOf(literal);
  const { orders: table, baskets } = orderTableOf(literal);
  const before = previous ? segmentsOf(previous) : null;
  const customers: CustomerInsights = await studyCustomers(
    {
      ledger: known,
      asides: {
        laterDocuments: 0,
        laterEvents: 0,
        laterContracts: 0,
        negativeCosts: 0,
        unreadKilograms: 0,
        attributesLeftOut: [],
      },
      productNames: known.productCodes.map((code) => products.find((product) => product.code === code)!.name),
      orders: {
        baskets,
        day: table.day,
        customer: table.customer,
        rules: plain.rules,
        ruleNumbers: Int32Array.from(plain.rules.consequent, (_, rule) => rule),
        recentDays: 90,
        listLength: 10,
      },
      settings,
      before,
      ...(previous && {
        earlier: {
          segments: previous.customers!.behaviour.model.segments,
          nextId: previous.customers!.behaviour.model.nextId,
          segmentOf: previous.customers!.behaviour.segmentOf,
        },
      }),
    },
    plainClusterer(plainKernel),
  );
  const left = studyChurn({
    ledger: known,
    customers,
    segments: { segment: [], segments: 0 },
    settings: churnStudiedAs(churnSettings.parse({})),
  });
  const { outlook: settingsOfOutlook } = churnSettings.parse({});
  const team = outlookTeamAlone({ ledger: known, gone: goneCustomers(left.rates.stays) }, [
    majority,
    logisticLearner,
  ]);
  const outlook = await studyOutlook(known.today, settingsOfOutlook, team);
  return { ...plain, customers, churn: { ...left, outlook } };
}

const instant = (day: number, minute = 720): Date => new Date((day * 1440 + minute) * 60_000);

/** Puts the shop into a database: what is in the model, and Zoe and her orders, whom it does not know. */
export async function fillCustomerShop(database: Database): Promise<void> {
  await putProducts(database, products);
  await putCustomers(database, [
    { code: 'ann', attributes: { country: 'FR' }, channel: 'friend', firstSeen: instant(firstDay - 1) },
    { code: 'fred' },
  ]);
  const zoe: DocumentLiteral[] = onDays([95, 97], teas);
  for (const [customer, own] of Object.entries({ ...documents, zoe })) {
    for (const [n, { day, minute, channel, lines }] of own.entries()) {
      await storeOrder(database, {
        code: `${customer}/${n}`,
        customer,
        orderedAt: instant(day, minute),
        channel: channel ?? null,
        lines: lines.map((line) => {
          if (typeof line === 'string') return { product: line, quantity: 1 };
          const { product, quantity = 1, price = 1, discount } = line;
          return { product, quantity, unitPrice: price, discount: discount ?? null };
        }),
      });
    }
  }
  const ids = new Map((await database.orm.select().from(customerTable)).map(({ id, code }) => [code, id]));
  await database.orm.insert(eventTable).values(
    shopEvents.map(({ customer, day, kind, payload }) => ({
      customerId: ids.get(customer)!,
      kind,
      at: instant(firstDay + day),
      payload,
    })),
  );
}

/** A server with this shop in its database, and `model` in service as version 1. */
export async function openCustomerService(
  database: Database,
  model: Model,
  env: Readonly<Record<string, string>> = {},
): Promise<TestService> {
  await fillCustomerShop(database);
  const service = await openTestService(database, env);
  service.shop.serve(1, model);
  return service;
}
