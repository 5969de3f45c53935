import { sql } from 'drizzle-orm';
import type { Session } from '../database.ts';
import { textList } from '../json-parameters.ts';

/** An event of a customer, by code. Days are since 1970-01-01. */
export type EventFact = {
  readonly customer: string;
  readonly day: number;
  readonly kind: string;
  readonly reason: string | null;
  readonly channel: string | null;
};

/** The newest of something of a customer, by code. */
export type NewestFact = {
  readonly customer: string;
  readonly day: number;
  readonly channel: string | null;
};

const textIn = (name: string) =>
  sql.raw(
    `case when jsonb_typeof(e.payload -> '${name}') = 'string' then nullif(trim(e.payload ->> '${name}'), '') end`,
  );

const dayOf = (column: string) => sql.raw(`floor(extract(epoch from ${column}) / 86400)::int`);

/** The first instant after a day since 1970-01-01. */
const endOf = (day: number) => sql`to_timestamp(${(day + 1) * 86_400}::float8)`;

/** Events of these kinds up to a day, in the order of time. */
export function eventFacts({ rows }: Session, kinds: readonly string[], day: number): Promise<EventFact[]> {
  return rows<EventFact>(sql`
    select c.code as customer, ${dayOf('e.at')} as day, e.kind, ${textIn('reason')} as reason,
      ${textIn('channel')} as channel
    from events e join customers c on c.id = e.customer_id and c.code is not null
    where e.kind = any(${textList(kinds)}) and e.line_no = 1 and e.at < ${endOf(day)}
    order by e.at, e.id`);
}

/** The newest order of each customer who ordered from one day to another. */
export function ordersBetween({ rows }: Session, from: number, to: number): Promise<NewestFact[]> {
  return rows<NewestFact>(sql`
    select distinct on (o.customer_id) c.code as customer, ${dayOf('o.ordered_at')} as day, o.channel
    from orders o join customers c on c.id = o.customer_id and c.code is not null
    where o.ordered_at >= ${endOf(from - 1)} and o.ordered_at < ${endOf(to)}
      and exists (select from order_lines l where l.order_id = o.id and l.quantity > 0)
    order by o.customer_id, o.ordered_at desc, o.id desc`);
}

/** By which channel each customer last ordered, clicked, took an offer or came, where that was said, in the days up to one. */
export function newestChannels({ rows }: Session, day: number, days: number): Promise<NewestFact[]> {
  const since = endOf(day - days);
  return rows<NewestFact>(sql`
    select distinct on (d.customer_id) c.code as customer, ${dayOf('d.at')} as day, d.channel
    from (
      select customer_id, ordered_at as at, channel from orders
      where channel is not null and ordered_at >= ${since} and ordered_at < ${endOf(day)}
      union all
      select e.customer_id, e.at, ${textIn('channel')} from events e
      where e.kind in ('click', 'accept', 'visit') and e.at >= ${since} and e.at < ${endOf(day)}
        and jsonb_typeof(e.payload -> 'channel') = 'string'
    ) d join customers c on c.id = d.customer_id and c.code is not null
    where d.channel is not null
    order by d.customer_id, d.at desc, d.channel`);
}
