import { sql } from 'drizzle-orm';
import type { ActionName } from '../../src/churn/actions/action-catalogue.ts';
import type { Arm } from '../../src/churn/actions/control-arm.ts';
import type { Session } from '../database.ts';

/** A customer on a list, and what he did in the days from then on. */
export type RetentionOutcome = {
  readonly action: ActionName;
  readonly arm: Arm;
  readonly stayed: boolean;
  readonly revenue: number;
  readonly spend: number;
  readonly controlShare: number;
};

export interface OutcomeWindow {
  /** ISO 8601 dates of lists, the last among them. */
  readonly from: string;
  readonly to: string;
  /** From the day of the list on. */
  readonly days: number;
}

/**
 * Each customer who was on a list, once: by the first of them. Whoever ordered in the days from then on, or has a contract that still runs
 * at their end, has stayed. Revenue is less returns and discounts.
 */
export function retentionOutcomes(
  { rows }: Session,
  { from, to, days }: OutcomeWindow,
): Promise<RetentionOutcome[]> {
  return rows<RetentionOutcome>(sql`
    with listed as (
      select distinct on (a.customer_id) a.customer_id, a.day, a.action, a.arm, a.spend,
        (d.settings ->> 'controlShare')::float8 as share
      from retention_actions a join retention_days d on d.day = a.day
      where a.day between ${from}::date and ${to}::date
      order by a.customer_id, a.day
    ), bought as (
      select listed.customer_id, bool_or(l.quantity > 0) as ordered,
        sum(l.quantity * coalesce(l.unit_price, 0) - coalesce(l.discount, 0))::float8 as revenue
      from listed
        join orders o on o.customer_id = listed.customer_id
          and o.ordered_at >= listed.day::timestamp at time zone 'UTC'
          and o.ordered_at < (listed.day + ${days}::int)::timestamp at time zone 'UTC'
        join order_lines l on l.order_id = o.id
      group by 1
    )
    select listed.action, listed.arm, listed.spend, listed.share as "controlShare",
      coalesce(bought.revenue, 0)::float8 as revenue,
      coalesce(bought.ordered, false) or exists (
        select from contracts k
        where k.customer_id = listed.customer_id and k.starts_on <= listed.day + ${days}::int
          and (k.ends_on is null or k.ends_on > listed.day + ${days}::int)
      ) as stayed
    from listed left join bought on bought.customer_id = listed.customer_id
    order by listed.day, listed.customer_id`);
}

/** How many customers were on lists of these days. */
export async function listedBetween({ rows }: Session, from: string, to: string): Promise<number> {
  const [row] = await rows<{ customers: number }>(sql`
    select count(distinct customer_id)::int as customers from retention_actions
    where day between ${from}::date and ${to}::date`);
  return row.customers;
}

/**
 * The first day of which not everything is known, at the latest `day`, both since 1970-01-01: that of the newest order or event. What files
 * bring once a week has not failed to happen in the days since the last one.
 */
export async function knownUpTo({ rows }: Session, day: number): Promise<number> {
  const [{ newest }] = await rows<{ newest: number | null }>(sql`
    select floor(extract(epoch from greatest(
      (select max(ordered_at) from orders), (select at from events order by id desc limit 1)
    )) / 86400)::int as newest`);
  return newest === null ? day : Math.min(day, newest);
}
