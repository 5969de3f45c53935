import type { Database } from '../database.ts';

/** What the train job reads of how customers answered offers, in bulk: columns as PostgreSQL's COPY text. */
export interface AnswerReader {
  /**
   * Columns: customer id, product id, seconds since 1970-01-01 in the shop's clock, placement, position from 1 on, the score that the
   * offer was shown with, and 1 where an `accept` event quotes its recommendation and product, else 0. Of impressions of known products
   * up to then, the oldest first.
   *
   * The score is what the sender repeats of the offer in the payload of the impression: `score`, or `scores` with one number for each of
   * several products; NULL where that is no number.
   */
  impressions(until: Date): AsyncIterable<Uint8Array>;
  /**
   * Columns: customer id, product id, seconds. What customers took that they had been shown: `accept` events that quote no
   * recommendation, and lines bought, both up to then.
   *
   * @param lastOrder the order id up to which they are wanted
   */
  takings(lastOrder: number, until: Date): AsyncIterable<Uint8Array>;
}

const instant = (date: Date): string => `timestamptz '${date.toISOString()}'`;

const numberIn = (json: string): string =>
  `case when jsonb_typeof(${json}) = 'number' then (${json})::text::float8 end`;

export function answerReader(database: Database): AnswerReader {
  return {
    impressions: (until) =>
      database.copyOut(
        `select e.customer_id, e.product_id, extract(epoch from e.at), e.placement, e.position,
           coalesce(${numberIn("e.payload -> 'scores' -> (e.line_no - 1)")}, ${numberIn("e.payload -> 'score'")}),
           case when a.product_id is null then 0 else 1 end
         from events e
           left join (
             select distinct recommendation_id, product_id from events
             where kind = 'accept' and recommendation_id is not null and product_id is not null and at <= ${instant(until)}
           ) a on a.recommendation_id = e.recommendation_id and a.product_id = e.product_id
         where e.kind = 'impression' and e.product_id is not null and e.at <= ${instant(until)}
         order by e.at, e.id`,
      ),
    takings: (lastOrder, until) =>
      database.copyOut(
        `with shown as (
           select distinct customer_id, product_id from events
           where kind = 'impression' and customer_id is not null and product_id is not null
         )
         select o.customer_id, l.product_id, extract(epoch from o.ordered_at)
         from shown s
           join orders o on o.customer_id = s.customer_id
           join order_lines l on l.order_id = o.id and l.product_id = s.product_id
         where o.id <= ${lastOrder} and o.ordered_at <= ${instant(until)} and l.quantity > 0
         union all
         select e.customer_id, e.product_id, extract(epoch from e.at)
         from shown s join events e on e.customer_id = s.customer_id and e.product_id = s.product_id
         where e.kind = 'accept' and e.recommendation_id is null and e.at <= ${instant(until)}`,
      ),
  };
}
