import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { ActionName } from '../../src/churn/actions/action-catalogue.ts';
import type { Arm } from '../../src/churn/actions/control-arm.ts';
import type { Database, Session } from '../database.ts';
import { recordset } from '../json-parameters.ts';
import { customers, retentionActions, retentionDays } from '../schema.ts';

export type StoredDay = typeof retentionDays.$inferSelect;

/** A row of a list with the customer's code in place of his id. */
export type StoredAction = Omit<typeof retentionActions.$inferSelect, 'customerId'> & {
  readonly customer: string;
};

export type NewDay = Omit<typeof retentionDays.$inferInsert, 'drawnAt'>;
export type NewAction = Omit<StoredAction, 'day' | 'modelVersion'>;

export async function retentionDay({ orm }: Session, day: string): Promise<StoredDay | undefined> {
  const [row] = await orm.select().from(retentionDays).where(eq(retentionDays.day, day));
  return row;
}

/** Draws the lists of days one after the other, in all processes, so that each knows whom the others hold. */
export const oneDrawAtATime = <T>(database: Database, work: () => Promise<T>): Promise<T> =>
  database.exclusively('pairwell-retention-actions', work);

/** Rows that are sent at once. */
const rowsAtOnce = 2000;

/**
 * Keeps a day's list as a whole; on return it is committed. Customers whom the database no longer has are left out.
 */
export async function storeRetentionDay(
  database: Database,
  day: NewDay,
  actions: readonly NewAction[],
): Promise<void> {
  await database.transaction(async (session) => {
    await session.orm.insert(retentionDays).values(day);
    for (let at = 0; at < actions.length; at += rowsAtOnce) {
      const given = recordset(
        actions.slice(at, at + rowsAtOnce),
        `customer text, place int, action text, channel text, arm text, gain float8, "gainLow" float8,
         "gainHigh" float8, spend float8, chance float8, value float8, offer text, why jsonb`,
      );
      await session.rows(sql`
        insert into retention_actions (day, customer_id, place, action, channel, arm, gain, gain_low, gain_high,
          spend, chance, value, offer, why, model_version)
        select ${day.day}::date, c.id, place, action, v.channel, arm, gain, "gainLow", "gainHigh", spend, chance,
          value, offer, why, ${day.modelVersion}::int
        from ${given} join customers c on c.code = customer`);
    }
  });
}

export interface ActionPage {
  readonly arm?: Arm | undefined;
  /** Those of later places. */
  readonly after: number;
  readonly limit: number;
}

/** Rows of a day's list, in its order. */
export async function storedActions(
  { orm }: Session,
  day: string,
  { arm, after, limit }: ActionPage,
): Promise<StoredAction[]> {
  const found = await orm
    // Who is forgotten is on no list any more.
    .select({ row: retentionActions, customer: sql<string>`${customers.code}` })
    .from(retentionActions)
    .innerJoin(customers, eq(customers.id, retentionActions.customerId))
    .where(
      and(
        eq(retentionActions.day, day),
        gt(retentionActions.place, after),
        arm && eq(retentionActions.arm, arm),
      ),
    )
    .orderBy(asc(retentionActions.place))
    .limit(limit);
  return found.map(({ row: { customerId: _, ...row }, customer }) => ({ ...row, customer }));
}

/** What a day's list holds of an arm. */
export type ArmTotals = {
  readonly arm: Arm;
  readonly action: ActionName;
  readonly customers: number;
  readonly gain: number;
  readonly spend: number;
};

export function armTotals({ rows }: Session, day: string): Promise<ArmTotals[]> {
  return rows<ArmTotals>(sql`
    select arm, action, count(*)::int as customers, sum(gain) as gain, sum(spend) as spend
    from retention_actions where day = ${day}::date group by 1, 2 order by 1, 2`);
}

/** Codes of customers on lists of other days fewer than `days` away, before or after. */
export async function listedAround({ rows }: Session, day: string, days: number): Promise<string[]> {
  const found = await rows<{ code: string }>(sql`
    select distinct c.code from retention_actions a join customers c on c.id = a.customer_id
    where abs(a.day - ${day}::date) < ${days}::int`);
  return found.map(({ code }) => code);
}

/** What lists by a model were expected to spend on offers to lost customers. */
export async function winbackPromised({ rows }: Session, modelVersion: number): Promise<number> {
  const [{ spent }] = await rows<{ spent: number }>(sql`
    select coalesce(sum(spend), 0)::float8 as spent from retention_actions
    where model_version = ${modelVersion}::int and action = 'win-back' and arm = 'contacted'`);
  return spent;
}
