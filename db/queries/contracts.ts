import { sql } from 'drizzle-orm';
import { notifyChange } from '../changes.ts';
import type { Database } from '../database.ts';
import { recordset } from '../json-parameters.ts';
import { forgottenAmong, isForgotten } from './forgotten.ts';

/** A contract as the shop states it, whole. */
export interface StatedContract {
  /** The shop's own id. */
  readonly code: string;
  readonly customer: string;
  /** ISO 8601 dates; the end is the first day after it, null while it runs. */
  readonly startsOn: string;
  readonly endsOn: string | null;
  readonly amount: number | null;
  readonly plan: string | null;
  readonly endReason: string | null;
  readonly isVoluntary: boolean | null;
}

/**
 * Stores contracts, in place of those of the same ids; on return they are committed. Customers nobody has heard of are made.
 *
 * @returns the ids of customers who were forgotten, whose contracts are not stored
 */
export async function putContracts(
  database: Database,
  contracts: readonly StatedContract[],
): Promise<string[]> {
  return database.transaction(async (session) => {
    // In order, so that two writers never wait for each other in a circle.
    const customers = [...new Set(contracts.map(({ customer }) => customer))].sort();
    await session.rows(
      sql`insert into customers (code)
          select code from ${recordset(
            customers.map((code) => ({ code })),
            'code text',
          )}
          where not ${isForgotten(sql`code`)}
          on conflict (code) do nothing`,
    );
    const given = recordset(
      [...contracts].sort((a, b) => (a.code < b.code ? -1 : 1)),
      `code text, customer text, "startsOn" date, "endsOn" date, amount numeric, plan text, "endReason" text,
       "isVoluntary" boolean`,
    );
    await session.rows(
      sql`insert into contracts (code, customer_id, starts_on, ends_on, amount, plan, end_reason, is_voluntary)
          select v.code, customers.id, "startsOn", "endsOn", amount, plan, "endReason", "isVoluntary"
          from ${given} join customers on customers.code = customer
          on conflict (code) do update set customer_id = excluded.customer_id, starts_on = excluded.starts_on,
            ends_on = excluded.ends_on, amount = excluded.amount, plan = excluded.plan,
            end_reason = excluded.end_reason, is_voluntary = excluded.is_voluntary`,
    );
    const forgotten = await forgottenAmong(session, customers);
    const known = customers.filter((code) => !forgotten.includes(code));
    await notifyChange(session, { kind: 'customers', codes: known });
    return forgotten;
  });
}
