import { type SQL, sql } from 'drizzle-orm';
import { notifyChange } from '../changes.ts';
import type { Session } from '../database.ts';
import { recordset, textList } from '../json-parameters.ts';

/*
 * Of a forgotten customer's id, and of the ids of orders and contracts, digests stay: SHA-256 of the shop's random key and the id. Who
 * holds the database can ask whether an id is among them, as this program has to; nobody can read an id out of them.
 */

type Digested = 'customer' | 'order' | 'contract';

/** Null as long as nobody was forgotten. */
const digestOf = (kind: Digested, code: SQL): SQL =>
  sql`encode(sha256(convert_to((select forgotten_key from shop) || ${`${kind}:`}::text || ${code}, 'UTF8')), 'hex')`;

/** The digest of an order's id, which stands in its place. */
export const orderDigest = (code: SQL): SQL => digestOf('order', code);

/** Whether the customer of an id was forgotten. */
export const isForgotten = (code: SQL): SQL =>
  sql`exists (select from forgotten_customers f where f.digest = ${digestOf('customer', code)})`;

/** From now on to the end of the transaction nobody is forgotten. An insert of customers does the same. */
export async function holdCustomers(session: Session): Promise<void> {
  await session.rows(sql`lock table customers in row exclusive mode`);
}

/** Those ids whose customers were forgotten. */
export async function forgottenAmong(session: Session, codes: readonly string[]): Promise<string[]> {
  if (codes.length === 0) return [];
  const rows = await session.rows<{ code: string }>(
    sql`select v.code from unnest(${textList(codes)}) as v(code) where ${isForgotten(sql`v.code`)}`,
  );
  return rows.map(({ code }) => code);
}

/** The digests of orders' ids, by id; none as long as nobody was forgotten. */
export async function orderDigests(session: Session, codes: readonly string[]): Promise<Map<string, string>> {
  if (codes.length === 0) return new Map();
  const rows = await session.rows<{ code: string; digest: string }>(
    sql`select v.code, ${orderDigest(sql`v.code`)} as digest from unnest(${textList(codes)}) as v(code)
        where (select forgotten_key from shop) is not null`,
  );
  return new Map(rows.map(({ code, digest }) => [code, digest]));
}

/** Changes whenever somebody is forgotten. */
export async function forgottenMark(session: Session): Promise<string> {
  const [{ mark }] = await session.rows<{ mark: string }>(
    sql`select concat(count(*), ' ', max(forgotten_at)) as mark from forgotten_customers`,
  );
  return mark;
}

/** Whether customers have been forgotten within a time, and what tells their ids. */
export interface ForgottenLately {
  readonly key: string;
  readonly digests: ReadonlySet<string>;
}

/** Customers who were forgotten since the training that runs began, if not a little earlier; undefined where nobody was. */
export async function forgottenLately(session: Session): Promise<ForgottenLately | undefined> {
  const rows = await session.rows<{ key: string; digest: string }>(
    sql`select s.forgotten_key as key, f.digest from forgotten_customers f, shop s
        where f.forgotten_at > coalesce(
          (select min(started_at) from jobs where kind = 'train' and status = 'running'), now() - interval '2 days'
        ) - interval '10 minutes'`,
  );
  if (rows.length === 0) return undefined;
  return { key: `${rows[0].key}customer:`, digests: new Set(rows.map(({ digest }) => digest)) };
}

/** What was found of a customer. */
export interface Forgotten {
  /** Orders and contracts that stay, of a customer without a name. */
  readonly orders: number;
  readonly contracts: number;
  /** Lines of events that were deleted. */
  readonly events: number;
  /** Rows kept aside by imports that lost their fields. */
  readonly rejectedRows: number;
}

/** What stays of a customer without a name, so that what is counted of all stays right. */
export interface KeptOfForgotten {
  /** The attribute that names the customer's segment. */
  readonly segmentBy: string;
  /** Kinds of events that rates, costs and alarms count: of these the day, the score and the reason stay. */
  readonly eventKinds: readonly string[];
  /** The code of a reason; undefined for other words, which might tell who it was. */
  readonly reasonCode: (reason: string) => string | undefined;
}

/**
 * Takes a customer's name from all that is stored, but for models. Orders, contracts and that there was a complaint or the like stay,
 * of a new customer without a name, whose number tells nothing; all else is deleted. Tells the other processes.
 *
 * @returns undefined where nothing is known of the customer, who was not forgotten before either
 */
export async function forgetStored(
  session: Session,
  code: string,
  kept: KeptOfForgotten,
): Promise<Forgotten | undefined> {
  await session.rows(
    sql`insert into shop (forgotten_key) values (replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''))
        on conflict (id) do update set forgotten_key = coalesce(shop.forgotten_key, excluded.forgotten_key)`,
  );
  // These look through whole tables, and writers need not wait meanwhile.
  const rejectedRows = await emptyRejectedRows(session, code);
  const mentions = await removeMentions(session, code);
  // Waits for whoever is about to store something of the customer.
  await session.rows(sql`lock table customers in share row exclusive mode`);
  const [row] = await session.rows<{ id: number | null; before: boolean }>(
    sql`select (select id from customers where code = ${code}) as id, ${isForgotten(sql`${code}::text`)} as before`,
  );
  if (row.id === null && rejectedRows + mentions === 0 && !row.before) return undefined;
  const found = row.id === null ? nothingStored : await takeName(session, row.id, kept);
  await session.rows(
    sql`insert into forgotten_customers (digest) values (${digestOf('customer', sql`${code}::text`)})
        on conflict (digest) do update set forgotten_at = excluded.forgotten_at`,
  );
  await notifyChange(session, { kind: 'forgotten', codes: [code] });
  return { ...found, rejectedRows };
}

const nothingStored: Omit<Forgotten, 'rejectedRows'> = { orders: 0, contracts: 0, events: 0 };

/** Lets a customer who was forgotten come back, as a new one. @returns false where nobody of that id was forgotten */
export async function readmitCustomer(session: Session, code: string): Promise<boolean> {
  const gone = await session.rows(
    sql`delete from forgotten_customers where digest = ${digestOf('customer', sql`${code}::text`)} returning digest`,
  );
  return gone.length > 0;
}

async function takeName(
  session: Session,
  id: number,
  kept: KeptOfForgotten,
): Promise<Omit<Forgotten, 'rejectedRows'>> {
  const { segmentBy } = kept;
  const [{ nameless }] = await session.rows<{ nameless: number }>(
    sql`insert into customers (channel, attributes)
        select channel, case when jsonb_exists(attributes, ${segmentBy})
          then jsonb_build_object(${segmentBy}::text, attributes -> ${segmentBy}) else '{}' end
        from customers where id = ${id} returning id as nameless`,
  );
  const orders = await session.rows(
    sql`update orders set customer_id = ${nameless}, code = ${orderDigest(sql`code`)}
        where customer_id = ${id} returning 1 as one`,
  );
  const contracts = await session.rows(
    sql`update contracts set customer_id = ${nameless}, code = ${digestOf('contract', sql`code`)}
        where customer_id = ${id} returning 1 as one`,
  );
  await keepEvents(session, id, nameless, kept);
  const events = await session.rows(sql`delete from events where customer_id = ${id} returning 1 as one`);
  await session.rows(sql`delete from customers where id = ${id}`);
  await session.rows(
    sql`delete from customers c where id = ${nameless}
          and not exists (select from orders where customer_id = c.id)
          and not exists (select from contracts where customer_id = c.id)
          and not exists (select from events where customer_id = c.id)`,
  );
  return { orders: orders.length, contracts: contracts.length, events: events.length };
}

async function keepEvents(
  session: Session,
  id: number,
  nameless: number,
  { eventKinds, reasonCode }: KeptOfForgotten,
): Promise<void> {
  const told = await session.rows<{ reason: string }>(
    sql`select distinct trim(payload ->> 'reason') as reason from events
        where customer_id = ${id} and line_no = 1 and kind = any(${textList(eventKinds)})
          and jsonb_typeof(payload -> 'reason') = 'string'`,
  );
  const codes = told.flatMap(({ reason }) => {
    const code = reasonCode(reason);
    return code === undefined ? [] : { reason, code };
  });
  await session.rows(
    sql`update events e set customer_id = ${nameless}, code = null, product_id = null, product_code = null,
          recommendation_id = null, placement = null, position = null,
          at = date_trunc('day', at at time zone 'UTC') at time zone 'UTC',
          payload = jsonb_strip_nulls(jsonb_build_object(
            'score', case when jsonb_typeof(payload -> 'score') = 'number' then payload -> 'score' end,
            'value', case when jsonb_typeof(payload -> 'value') = 'number' then payload -> 'value' end,
            'reason', (select v.code from ${recordset(codes, 'reason text, code text')}
              where v.reason = trim(e.payload ->> 'reason'))
          ))
        where customer_id = ${id} and line_no = 1 and kind = any(${textList(eventKinds)})`,
  );
}

/** Whichever field it is in: a row may be kept aside for its columns being out of place. What imports write as 17850.0 is 17850. */
async function emptyRejectedRows(session: Session, code: string): Promise<number> {
  const rows = await session.rows(
    sql`update rejected_rows set row = '[]' where exists (
          select from jsonb_array_elements_text(row) as cell
          where btrim(cell, E' \\t\\r\\n') in (${code}, ${`${code}.0`})
        ) returning 1 as one`,
  );
  return rows.length;
}

/** Takes the customer's id out of what is told of others, such as whom one of them brought. */
async function removeMentions(session: Session, code: string): Promise<number> {
  const isMention = sql`key ~* 'customer|refer' and value = to_jsonb(${code}::text)`;
  const rows = await session.rows(
    sql`update events e set payload = (
          select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(e.payload) where not (${isMention})
        ) where jsonb_typeof(e.payload) = 'object'
            and exists (select from jsonb_each(e.payload) where ${isMention}) returning 1 as one`,
  );
  return rows.length;
}
