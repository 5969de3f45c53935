import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  customType,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  real,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { ActionName } from '../src/churn/actions/action-catalogue.ts';
import type { Arm } from '../src/churn/actions/control-arm.ts';
import type { EffectBelief } from '../src/churn/actions/effect-belief.ts';
import type { ActionRow } from '../src/churn/actions/retention-actions.ts';
import type { PolicyAction } from '../src/offers/policies/policy.ts';
import type { ModelEvaluation } from '../src/ranking/ranking-evaluation.ts';

const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' });
const money = (name: string) => numeric(name, { precision: 14, scale: 4, mode: 'number' });
/** For one unit: with so many decimals that a million units make the total again, to the cent, that it was worked out from. */
const unitMoney = (name: string) => numeric(name, { precision: 20, scale: 10, mode: 'number' });
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
const id = () => integer('id').primaryKey().generatedByDefaultAsIdentity();

/** What is true of the shop as a whole, in one row; none as long as nothing is known. */
export const shop = pgTable(
  'shop',
  {
    id: integer('id').primaryKey().default(1),
    /** What all money is in, as order files write it in capitals, such as EUR; null when no file has said. */
    currency: text('currency'),
    /** What explanations are told in when nobody asks for another language, as a tag of BCP 47; null: English. */
    defaultLanguage: text('default_language'),
    /** Random; goes into the digests of what is kept of forgotten customers. Null as long as nobody was forgotten. */
    forgottenKey: text('forgotten_key'),
  },
  (t) => [check('shop_one_row', sql`${t.id} = 1`)],
);

/** What the shop sells. `code` is the shop's own product id. */
export const products = pgTable(
  'products',
  {
    id: id(),
    code: text('code').notNull().unique(),
    name: text('name'),
    /** From the widest category to the narrowest. */
    category: text('category').array().notNull().default(sql`'{}'`),
    price: unitMoney('price'),
    /** When the price was seen on an order line; null when the shop stated it, and then orders never change it. */
    priceSeenAt: instant('price_seen_at'),
    cost: unitMoney('cost'),
    /** Units on hand; null when the shop does not track stock. */
    stock: doublePrecision('stock'),
    active: boolean('active').notNull().default(true),
    /** Postage, fees, vouchers …: stays on orders, takes no part in rules and offers. */
    nonProduct: boolean('non_product').notNull().default(false),
    attributes: jsonb('attributes').$type<Record<string, unknown>>().notNull().default({}),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (t) => [index('products_updated_at').on(t.updatedAt)],
);

export const customers = pgTable('customers', {
  id: id(),
  /** The shop's own id; null of one who was forgotten: orders stay together, and nobody knows whose they are. */
  code: text('code').unique(),
  attributes: jsonb('attributes').$type<Record<string, unknown>>().notNull().default({}),
  firstSeen: instant('first_seen'),
  /** Where the customer came from. */
  channel: text('channel'),
  updatedAt: instant('updated_at').notNull().defaultNow(),
});

/** Customers who were forgotten, and have not come back with a new consent: what comes of them is not stored under their ids. */
export const forgottenCustomers = pgTable('forgotten_customers', {
  /** Of the customer's id: see `db/queries/forgotten.ts`. */
  digest: text('digest').primaryKey(),
  forgottenAt: instant('forgotten_at').notNull().defaultNow(),
});

/** An order, or a return document; without a customer it is anonymous. Of a forgotten customer `code` is a digest. */
export const orders = pgTable(
  'orders',
  {
    id: id(),
    code: text('code').notNull().unique(),
    customerId: integer('customer_id').references(() => customers.id),
    orderedAt: instant('ordered_at').notNull(),
    channel: text('channel'),
    /** The import that brought it; null when it came through the API. */
    importId: integer('import_id').references(() => imports.id),
  },
  (t) => [index('orders_customer').on(t.customerId), index('orders_import').on(t.importId)],
);

/**
 * One line of an order. A negative quantity is a return. No foreign keys: checking them costs more than all
 * other work of a bulk import, and the one module that writes lines resolves both ids in the same transaction.
 */
export const orderLines = pgTable(
  'order_lines',
  {
    orderId: integer('order_id').notNull(),
    lineNo: integer('line_no').notNull(),
    productId: integer('product_id').notNull(),
    quantity: doublePrecision('quantity').notNull(),
    unitPrice: unitMoney('unit_price'),
    unitCost: unitMoney('unit_cost'),
    /** Taken off the whole line, in money. */
    discount: money('discount'),
    promotion: text('promotion'),
  },
  (t) => [primaryKey({ columns: [t.orderId, t.lineNo] })],
);

/**
 * Anything that happened to a customer besides an order; of a product each, so that what happened to several products at once is several
 * lines of one event. No foreign key to products: its check locks them one by one, in another order than imports do.
 */
export const events = pgTable(
  'events',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    /** The sender's own id of the event; null where there was none to tell it by. */
    code: text('code'),
    lineNo: integer('line_no').notNull().default(1),
    kind: text('kind').notNull(),
    customerId: integer('customer_id').references(() => customers.id),
    productId: integer('product_id'),
    /** The product as it was sent, where the catalogue had none of that id then. */
    productCode: text('product_code'),
    recommendationId: text('recommendation_id'),
    /** Where the offer stood: the name of the place, and the position there from 1 on. */
    placement: text('placement'),
    position: integer('position'),
    at: instant('at').notNull(),
    payload: jsonb('payload').$type<Record<string, unknown>>().notNull().default({}),
  },
  (t) => [index('events_customer').on(t.customerId, t.at), uniqueIndex('events_code').on(t.code, t.lineNo)],
);

/**
 * What a customer pays for by the month. Another price or plan is another contract, which starts on the day on which the one before
 * ends. `code` is the shop's own id, or a digest of it where the customer was forgotten.
 */
export const contracts = pgTable(
  'contracts',
  {
    id: id(),
    code: text('code').notNull().unique(),
    customerId: integer('customer_id')
      .notNull()
      .references(() => customers.id),
    startsOn: date('starts_on', { mode: 'string' }).notNull(),
    /** The first day after it; null while it runs. */
    endsOn: date('ends_on', { mode: 'string' }),
    /** A month; null where it is not known. */
    amount: money('amount'),
    plan: text('plan'),
    /** A code of `src/churn/reasons`; null where it is not known. */
    endReason: text('end_reason'),
    /** Whether the customer ended it; null where that is not known. */
    isVoluntary: boolean('is_voluntary'),
  },
  (t) => [
    index('contracts_customer').on(t.customerId),
    check('contracts_in_order', sql`${t.endsOn} >= ${t.startsOn}`),
  ],
);

/** A day whose list of retention actions was drawn: once, so that it stays what it was. */
export const retentionDays = pgTable('retention_days', {
  day: date('day', { mode: 'string' }).primaryKey(),
  modelVersion: integer('model_version').notNull(),
  /** As they were read: see `src/serving/action-settings.ts`. */
  settings: jsonb('settings').$type<Record<string, unknown>>().notNull(),
  /** How many customers nobody contacts, by why. */
  held: jsonb('held').$type<Record<string, number>>().notNull(),
  /** What was believed of the actions' effects, by action. */
  beliefs: jsonb('beliefs').$type<Record<string, EffectBelief>>().notNull(),
  drawnAt: instant('drawn_at').notNull().defaultNow(),
});

/** A customer on the list of a day, to be contacted or held out from it: see `src/churn/actions`. Money is expected. */
export const retentionActions = pgTable(
  'retention_actions',
  {
    day: date('day', { mode: 'string' })
      .notNull()
      .references(() => retentionDays.day, { onDelete: 'cascade' }),
    customerId: integer('customer_id')
      .notNull()
      .references(() => customers.id, { onDelete: 'cascade' }),
    /** In the list, from 1 on. */
    place: integer('place').notNull(),
    action: text('action').$type<ActionName>().notNull(),
    /** The id of the contact channel. */
    channel: text('channel').notNull(),
    arm: text('arm').$type<Arm>().notNull(),
    gain: doublePrecision('gain').notNull(),
    gainLow: doublePrecision('gain_low'),
    gainHigh: doublePrecision('gain_high'),
    spend: doublePrecision('spend').notNull(),
    /** That the customer leaves; of one who has, that he does not come back by himself. */
    chance: doublePrecision('chance').notNull(),
    value: doublePrecision('value'),
    /** The id of the win-back offer; null for other actions. */
    offer: text('offer'),
    why: jsonb('why').$type<ActionRow['why']>().notNull(),
    modelVersion: integer('model_version').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.day, t.customerId] }),
    uniqueIndex('retention_actions_place').on(t.day, t.place),
    index('retention_actions_customer').on(t.customerId, t.day),
    check('retention_actions_arm', sql`${t.arm} in ('contacted', 'control')`),
  ],
);

/** What the shop wants of its offers besides what they earn: see `src/offers/policies/policy.ts`. */
export const policies = pgTable('policies', {
  id: id(),
  name: text('name').notNull(),
  action: text('action').$type<PolicyAction>().notNull(),
  enabled: boolean('enabled').notNull().default(true),
  /** What it does, and to which products. */
  definition: jsonb('definition').$type<Record<string, unknown>>().notNull(),
  /** Null for all. */
  placements: text('placements').array(),
  /** Ids of segments; null for everybody. */
  segments: text('segments').array(),
  startsAt: instant('starts_at'),
  endsAt: instant('ends_at'),
  createdAt: instant('created_at').notNull().defaultNow(),
  updatedAt: instant('updated_at').notNull().defaultNow(),
});

/** What the shop has changed of the places where offers stand; none as long as it is content with them. */
export const placements = pgTable('placements', {
  name: text('name').primaryKey(),
  /** The settings that are not as they come. */
  settings: jsonb('settings').$type<Record<string, unknown>>().notNull().default({}),
  updatedAt: instant('updated_at').notNull().defaultNow(),
});

/** The shop's own words for why something is offered; none as long as it is content with those that come. */
export const explanations = pgTable('explanations', {
  /** A tag of BCP 47. */
  language: text('language').primaryKey(),
  /** Templates by key: see `src/offers/words/`. */
  templates: jsonb('templates').$type<Record<string, string>>().notNull(),
  updatedAt: instant('updated_at').notNull().defaultNow(),
});

export type ImportStatus = 'running' | 'incomplete' | 'complete' | 'failed';

/** One file read into the database, with how far it got: a second run of the same file goes on from there. */
export const imports = pgTable('imports', {
  id: id(),
  fileName: text('file_name').notNull(),
  /** SHA-256 of the decompressed bytes together with the reading options. */
  digest: text('digest').notNull().unique(),
  format: text('format').notNull(),
  options: jsonb('options').$type<Record<string, unknown>>().notNull(),
  status: text('status').$type<ImportStatus>().notNull(),
  /** Rows whose outcome is committed. */
  rowsCommitted: bigint('rows_committed', { mode: 'number' }).notNull().default(0),
  /** Tallies by outcome; adds up to `rowsCommitted`. */
  tally: jsonb('tally').$type<Record<string, number>>().notNull().default({}),
  startedAt: instant('started_at').notNull().defaultNow(),
  finishedAt: instant('finished_at'),
  error: text('error'),
});

/** A row that was kept aside, as it stood in the file; of a forgotten customer without its fields. */
export const rejectedRows = pgTable(
  'rejected_rows',
  {
    importId: integer('import_id')
      .notNull()
      .references(() => imports.id),
    rowNo: bigint('row_no', { mode: 'number' }).notNull(),
    reason: text('reason').notNull(),
    row: jsonb('row').$type<string[]>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.importId, t.rowNo] })],
);

/** A trained model; never changed once written, but that forgotten customers' ids are taken out. At most one is active. */
export const models = pgTable(
  'models',
  {
    version: integer('version').primaryKey().generatedByDefaultAsIdentity(),
    active: boolean('active').notNull().default(false),
    createdAt: instant('created_at').notNull().defaultNow(),
    settings: jsonb('settings').$type<Record<string, unknown>>().notNull(),
    figures: jsonb('figures').$type<Record<string, number>>().notNull(),
    /** How its ranking answered orders that it was not taught; null of models from before that was looked at. */
    evaluation: jsonb('evaluation').$type<ModelEvaluation>(),
    byteLength: bigint('byte_length', { mode: 'number' }).notNull(),
    /** How often ids were taken out of its bytes: whoever reads them part by part sees that they have changed meanwhile. */
    rewrites: integer('rewrites').notNull().default(0),
  },
  (t) => [uniqueIndex('models_one_active').on(t.active).where(sql`${t.active}`)],
);

/** The bytes of a model in parts, since one value of PostgreSQL holds at most 1 GB. */
export const modelParts = pgTable(
  'model_parts',
  {
    version: integer('version')
      .notNull()
      .references(() => models.version, { onDelete: 'cascade' }),
    part: integer('part').notNull(),
    bytes: bytes('bytes').notNull(),
  },
  (t) => [primaryKey({ columns: [t.version, t.part] })],
);

export type JobStatus = 'running' | 'succeeded' | 'failed' | 'cancelled';

/** Long work. A running job whose heartbeat stopped has lost its process. */
export const jobs = pgTable(
  'jobs',
  {
    id: text('id').primaryKey(),
    kind: text('kind').notNull(),
    status: text('status').$type<JobStatus>().notNull(),
    stage: text('stage').notNull(),
    /** Share of the whole job that is done, 0 to 1. */
    progress: real('progress').notNull().default(0),
    result: jsonb('result').$type<Record<string, unknown>>(),
    error: jsonb('error').$type<{ code: string; message: string }>(),
    startedAt: instant('started_at').notNull().defaultNow(),
    heartbeatAt: instant('heartbeat_at').notNull().defaultNow(),
    finishedAt: instant('finished_at'),
  },
  (t) => [uniqueIndex('jobs_one_running').on(t.kind).where(sql`${t.status} = 'running'`)],
);
