import { isDeepStrictEqual } from 'node:util';
import { sql } from 'drizzle-orm';
import { notifyChange } from '../changes.ts';
import type { Database, Session } from '../database.ts';
import { recordset, textList } from '../json-parameters.ts';
import { isForgotten } from './forgotten.ts';

export interface NewEvent {
  /** The sender's own id. */
  readonly code: string;
  readonly kind: string;
  readonly customer: string | null;
  /** Each becomes a line of the event; an event of none has one line without a product. */
  readonly products: readonly string[];
  readonly recommendationId: string | null;
  readonly placement: string | null;
  /** Of the first product; the others stand behind it. */
  readonly position: number | null;
  readonly at: Date;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** A line of an event, as it is stored. */
export interface EventLine {
  readonly id: number;
  readonly lineNo: number;
  readonly kind: string;
  readonly customer: string | null;
  readonly product: string | null;
  /** Whether the catalogue had the product, if there is one. */
  readonly isKnown: boolean;
  readonly recommendationId: string | null;
  readonly placement: string | null;
  readonly position: number | null;
  /** Milliseconds since 1970-01-01. */
  readonly at: number;
  readonly payload: Record<string, unknown>;
}

export interface EventOutcome {
  /** `before`: the same event was stored earlier; `conflict`: another one with its id was; `forgotten`: its customer was, and it is not stored. */
  readonly outcome: 'now' | 'before' | 'conflict' | 'forgotten';
  /** What is stored under its id. */
  readonly lines: readonly EventLine[];
}

/**
 * Stores events; on return they are committed. An event that comes again changes nothing: its time aside, which is the
 * server's where the sender told none, it must be the same.
 *
 * @param origin the process that takes them in by itself, and need not be told
 * @returns one outcome an event
 */
export async function storeEvents(
  database: Database,
  events: readonly NewEvent[],
  origin: string,
): Promise<EventOutcome[]> {
  return database.transaction(async (session) => {
    // In order of the ids, so that two writers never wait for each other in a circle.
    const byCode = new Map<string, NewEvent>();
    for (const event of [...events].sort(byOwnCode))
      if (!byCode.has(event.code)) byCode.set(event.code, event);
    const stored = await storedLines(session, [...byCode.keys()]);
    const news = [...byCode.values()].filter(({ code }) => !stored.has(code));
    const forgotten = await makeCustomers(session, news);
    const isOfForgotten = ({ customer }: NewEvent): boolean => customer !== null && forgotten.has(customer);
    const fresh = news.filter((event) => !isOfForgotten(event));
    const made = await insertEvents(session, fresh);
    // Another process was quicker with those that are neither.
    const missed = fresh.filter(({ code }) => !made.has(code)).map(({ code }) => code);
    for (const [code, lines] of await storedLines(session, missed)) stored.set(code, lines);
    const ids = [...made.values()].flat().map(({ id }) => id);
    if (ids.length > 0) {
      const [afterId, lastId] = [least(ids) - 1, -least(ids.map((id) => -id))];
      await notifyChange(session, { kind: 'events', afterId, lastId, origin });
    }
    return events.map((event): EventOutcome => {
      const lines = made.get(event.code) ?? stored.get(event.code);
      if (!lines) return { outcome: 'forgotten', lines: [] };
      if (!isSame(event, lines)) return { outcome: 'conflict', lines };
      return { outcome: made.has(event.code) && byCode.get(event.code) === event ? 'now' : 'before', lines };
    });
  });
}

const byOwnCode = (a: NewEvent, b: NewEvent): number => (a.code < b.code ? -1 : Number(a.code > b.code));

const least = (numbers: readonly number[]): number =>
  numbers.reduce((least, number) => Math.min(least, number), Number.POSITIVE_INFINITY);

type LinesByCode = Map<string, EventLine[]>;

type LineRow = EventLine & { code: string };

function gathered(rows: readonly LineRow[]): LinesByCode {
  const byCode: LinesByCode = new Map();
  for (const { code, ...line } of rows) {
    const lines = byCode.get(code);
    if (lines) lines.push(line);
    else byCode.set(code, [line]);
  }
  return byCode;
}

async function storedLines(session: Session, codes: readonly string[]): Promise<LinesByCode> {
  if (codes.length === 0) return new Map();
  const rows = await session.rows<LineRow & Record<string, unknown>>(sql`
    select e.id::float8 as id, e.code, e.line_no as "lineNo", e.kind, c.code as customer,
      coalesce(p.code, e.product_code) as product, e.product_code is null as "isKnown",
      e.recommendation_id as "recommendationId", e.placement, e.position,
      (extract(epoch from e.at) * 1000)::float8 as at, e.payload
    from events e
      left join customers c on c.id = e.customer_id
      left join products p on p.id = e.product_id
    where e.code = any(${textList(codes)})
    order by e.code, e.line_no`);
  return gathered(rows);
}

/** Events of which none has the id of another. @returns the lines of those that were not there */
async function insertEvents(session: Session, events: readonly NewEvent[]): Promise<LinesByCode> {
  if (events.length === 0) return new Map();
  const lines = new Map(events.map((event) => [event.code, linesOf(event)]));
  // The first line decides whose event it is; the others follow it.
  const heads = await insertLines(
    session,
    [...lines.values()].map(([head]) => head),
  );
  const others = heads.flatMap(({ code }) => lines.get(code)!.slice(1));
  const rows = [...heads, ...(await insertLines(session, others))];
  return gathered(
    rows
      .map(({ id, code, lineNo, isKnown }) => ({ ...lines.get(code)![lineNo - 1], id, isKnown }))
      .sort((a, b) => a.lineNo - b.lineNo),
  );
}

/**
 * Makes those customers that are new, and takes no key for the others: of keys there are only so many.
 *
 * @returns the ids of those who were forgotten, who are not made
 */
async function makeCustomers(session: Session, events: readonly NewEvent[]): Promise<ReadonlySet<string>> {
  const seen = events.flatMap(({ customer, at }) => (customer === null ? [] : { code: customer, at }));
  if (seen.length === 0) return new Set();
  const rows = await session.rows<{ code: string }>(sql`
    with seen as materialized (
      select v.code, min(at) as at, ${isForgotten(sql`v.code`)} as "isForgotten"
      from ${recordset(seen, 'code text, at timestamptz')}
      where not exists (select from customers c where c.code = v.code)
      group by v.code
    ), made as (
      insert into customers (code, first_seen)
      select code, at from seen where not "isForgotten" order by code collate "C"
      on conflict (code) do nothing
    )
    select code from seen where "isForgotten"`);
  return new Set(rows.map(({ code }) => code));
}

type NewLine = Omit<LineRow, 'id' | 'isKnown'>;

function linesOf({ products, position, at, ...event }: NewEvent): NewLine[] {
  const payload = JSON.parse(JSON.stringify(event.payload)) as Record<string, unknown>;
  return (products.length === 0 ? [null] : products).map((product, n) => ({
    ...event,
    payload,
    product,
    lineNo: n + 1,
    position: position === null ? null : position + n,
    at: at.getTime(),
  }));
}

const lineColumns = `code text, "lineNo" integer, kind text, customer text, product text, "recommendationId" text,
  placement text, position integer, at float8, payload jsonb`;

type MadeLine = Pick<LineRow, 'id' | 'code' | 'lineNo' | 'isKnown'>;

/** @returns those that were not there */
async function insertLines(session: Session, lines: readonly NewLine[]): Promise<MadeLine[]> {
  if (lines.length === 0) return [];
  return session.rows<MadeLine & Record<string, unknown>>(sql`
    insert into events (code, line_no, kind, customer_id, product_id, product_code, recommendation_id, placement,
      position, at, payload)
    select v.code, v."lineNo", v.kind, c.id, p.id, case when p.id is null then v.product end,
      v."recommendationId", v.placement, v.position, to_timestamp(v.at / 1000), v.payload
    from ${recordset(lines, lineColumns)}
      left join customers c on c.code = v.customer
      left join products p on p.code = v.product
    order by v.code collate "C", v."lineNo"
    on conflict (code, line_no) do nothing
    returning id::float8 as id, code, line_no as "lineNo", product_code is null as "isKnown"`);
}

/** Whether an event is the one that these lines are of. */
function isSame(event: NewEvent, lines: readonly EventLine[]): boolean {
  const content = ({ at: _, ...line }: NewLine): object => line;
  const given = linesOf(event).map(content);
  return isDeepStrictEqual(
    given,
    lines.map(({ id: _, isKnown, ...line }) => content({ ...line, code: event.code })),
  );
}
