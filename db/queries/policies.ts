import { asc, eq, sql } from 'drizzle-orm';
import { PairwellError } from '../../src/errors.ts';
import type { Placement } from '../../src/offers/placements.ts';
import type { Policy, PolicyDefinition } from '../../src/offers/policies/policy.ts';
import { notifyChange } from '../changes.ts';
import type { Database, Session } from '../database.ts';
import { policies } from '../schema.ts';

export type PolicyRow = typeof policies.$inferSelect;

/** A policy and when it was made and changed. */
export interface StoredPolicy {
  readonly policy: Policy;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** So many that all of them are in memory, and that one can be held against all others. */
const mostPolicies = 10_000;

/** In order of their ids. */
export async function allPolicies({ orm }: Session): Promise<StoredPolicy[]> {
  return (await orm.select().from(policies).orderBy(asc(policies.id))).map(fromRow);
}

/** @throws PairwellError `not-found` */
export async function readPolicy({ orm }: Session, id: number): Promise<StoredPolicy> {
  const [row] = await orm.select().from(policies).where(eq(policies.id, id));
  if (!row) throw noPolicy(id);
  return fromRow(row);
}

/**
 * Stores a policy, or puts it in place of another; on return it is committed. One at a time, in all processes, so that no two can
 * contradict each other unseen.
 *
 * @param id of the one it takes the place of; undefined for a new one
 * @param check given the other policies, rejects to refuse it
 * @throws PairwellError `not-found` for an id that there is not, `limit-exceeded` for one policy too many
 */
export async function storePolicy(
  database: Database,
  id: number | undefined,
  definition: PolicyDefinition,
  check: (others: Policy[], session: Session) => Promise<void>,
): Promise<StoredPolicy> {
  return database.transaction(async (session) => {
    const { orm } = session;
    await session.rows(sql`lock table ${policies} in share row exclusive mode`);
    const stored = await allPolicies(session);
    if (id !== undefined && !stored.some(({ policy }) => policy.id === id)) throw noPolicy(id);
    if (id === undefined && stored.length >= mostPolicies) {
      throw new PairwellError(
        'limit-exceeded',
        `At most ${mostPolicies} policies are kept. Delete those that are over (DELETE /v1/policies/{id}).`,
      );
    }
    await check(
      stored.map(({ policy }) => policy).filter((other) => other.id !== id),
      session,
    );
    const values = toRow(definition);
    const [row] =
      id === undefined
        ? await orm.insert(policies).values(values).returning()
        : await orm
            .update(policies)
            .set({ ...values, updatedAt: sql`now()` })
            .where(eq(policies.id, id))
            .returning();
    await notifyChange(session, { kind: 'policies' });
    return fromRow(row);
  });
}

/**
 * @returns what is deleted
 * @throws PairwellError `not-found`
 */
export async function deletePolicy(database: Database, id: number): Promise<StoredPolicy> {
  return database.transaction(async (session) => {
    const [row] = await session.orm.delete(policies).where(eq(policies.id, id)).returning();
    if (!row) throw noPolicy(id);
    await notifyChange(session, { kind: 'policies' });
    return fromRow(row);
  });
}

const noPolicy = (id: number) =>
  new PairwellError('not-found', `There is no policy ${id}. GET /v1/policies lists them.`, { id });

function toRow(policy: PolicyDefinition) {
  const { name, action, enabled, placements, segments, startsAt, endsAt, ...definition } = policy;
  const instant = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));
  return {
    name,
    action,
    enabled,
    definition,
    placements: placements && [...placements],
    segments: segments && [...segments],
    startsAt: instant(startsAt),
    endsAt: instant(endsAt),
  };
}

function fromRow({
  definition,
  placements,
  startsAt,
  endsAt,
  createdAt,
  updatedAt,
  ...row
}: PolicyRow): StoredPolicy {
  const policy = {
    ...row,
    ...definition,
    placements: placements as Placement[] | null,
    startsAt: startsAt?.getTime() ?? null,
    endsAt: endsAt?.getTime() ?? null,
    // What `toRow` took apart.
  } as Policy;
  return { policy, createdAt, updatedAt };
}
