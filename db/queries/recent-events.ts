import { sql } from 'drizzle-orm';
import type { ActivityEvent } from '../../src/offers/activity.ts';
import type { Session } from '../database.ts';
import { textList } from '../json-parameters.ts';

export interface WantedEvents {
  readonly kinds: readonly string[];
  /** Those with ids above this one, and up to that one. */
  readonly afterId: number;
  readonly lastId: number;
  /** Those that happened at most so long before now, in milliseconds. */
  readonly within: number;
}

/** Lines read at a time. */
const linesAtOnce = 10_000;

/** An event that is dated so much later than now was not, in seconds. */
const aheadAtMost = 3600;

/** Lines of events of known customers, in the order of their ids, some at a time. */
export async function* recentEvents(
  session: Session,
  { kinds, afterId, lastId, within }: WantedEvents,
): AsyncGenerator<ActivityEvent[]> {
  for (let after = afterId; after < lastId; ) {
    const page = await session.rows<ActivityEvent & Record<string, unknown>>(sql`
      select e.id::float8 as id, e.kind as type, c.code as customer, coalesce(p.code, e.product_code) as product,
        e.placement, (extract(epoch from e.at) * 1000)::float8 as at
      from events e
        join customers c on c.id = e.customer_id
        left join products p on p.id = e.product_id
      where c.code is not null and e.id > ${after} and e.id <= ${lastId} and e.kind = any(${textList(kinds)})
        and e.at >= now() - ${within / 1000}::float8 * interval '1 second'
        and e.at <= now() + ${aheadAtMost}::float8 * interval '1 second'
      order by e.id limit ${linesAtOnce}`);
    yield page;
    after = page.length < linesAtOnce ? lastId : page[page.length - 1].id;
  }
}

/** The ids of the last events: those of the latest `most` lines are above `afterId`, and up to `lastId`. */
export async function latestEventIds(
  session: Session,
  most: number,
): Promise<{ afterId: number; lastId: number }> {
  const [ids] = await session.rows<{ afterId: number; lastId: number }>(sql`
    select coalesce((select id from events order by id desc offset ${most} limit 1), 0)::float8 as "afterId",
      coalesce(max(id), 0)::float8 as "lastId"
    from events`);
  return ids;
}
