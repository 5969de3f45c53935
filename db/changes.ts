import { sql } from 'drizzle-orm';
import type { Database, Session } from './database.ts';

/** What one process tells the others that serve the same shop. */
export type Change =
  | { kind: 'model'; version: number }
  | { kind: 'products'; codes: string[] }
  /** Whose attributes may have changed. */
  | { kind: 'customers'; codes: string[] }
  /** Who was forgotten. */
  | { kind: 'forgotten'; codes: string[] }
  /** Policies, or settings of placements. */
  | { kind: 'policies' }
  /** Templates of explanations, or the language that they are in by default. */
  | { kind: 'explanations' }
  | { kind: 'orders'; afterId: number }
  /** Events with ids above `afterId` up to `lastId`; the process `origin` has taken them in itself. */
  | { kind: 'events'; afterId: number; lastId: number; origin: string };

const channel = 'pairwell_changes';

/** PostgreSQL refuses longer messages. */
const longestPayload = 7999;

/** Sends a change when the transaction commits. A list too long for one message goes out in several. */
export async function notifyChange(session: Session, change: Change): Promise<void> {
  const payload = JSON.stringify(change);
  if ('codes' in change && change.codes.length > 1 && Buffer.byteLength(payload) > longestPayload) {
    const half = change.codes.length >> 1;
    await notifyChange(session, { ...change, codes: change.codes.slice(0, half) });
    await notifyChange(session, { ...change, codes: change.codes.slice(half) });
    return;
  }
  await session.rows(sql`select pg_notify(${channel}, ${payload})`);
}

/**
 * Calls `onChange` for every change any process sends, this one included.
 *
 * @param onResumed called when changes may have been missed
 */
export function listenToChanges(
  database: Database,
  onChange: (change: Change) => void,
  onResumed: () => void,
): Promise<() => Promise<void>> {
  return database.listen(channel, (payload) => onChange(JSON.parse(payload) as Change), onResumed);
}
