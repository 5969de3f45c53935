import { sql } from 'drizzle-orm';
import { type Placement, type PlacementSettings, placementNames } from '../../src/offers/placements.ts';
import { notifyChange } from '../changes.ts';
import type { Database, Session } from '../database.ts';
import { placements } from '../schema.ts';

/** What the shop has set of a placement. */
export interface ChangedPlacement {
  readonly settings: Partial<PlacementSettings>;
  readonly updatedAt: Date;
}

/** The placements of which the shop has set something. */
export async function changedPlacements({
  orm,
}: Session): Promise<Partial<Record<Placement, ChangedPlacement>>> {
  const rows = await orm.select().from(placements);
  const known = rows.filter(({ name }) => (placementNames as readonly string[]).includes(name));
  return Object.fromEntries(known.map(({ name, settings, updatedAt }) => [name, { settings, updatedAt }]));
}

/**
 * Sets what is given, and leaves the rest as it is; on return it is committed.
 *
 * @param check given all that is set then, throws to refuse it
 */
export async function putPlacement(
  database: Database,
  name: Placement,
  given: Partial<PlacementSettings>,
  check: (changed: Partial<PlacementSettings>) => void,
): Promise<ChangedPlacement> {
  return database.transaction(async (session) => {
    const [row] = await session.orm
      .insert(placements)
      .values({ name, settings: given })
      .onConflictDoUpdate({
        target: placements.name,
        set: { settings: sql`${placements.settings} || excluded.settings`, updatedAt: sql`now()` },
      })
      .returning();
    check(row.settings);
    await notifyChange(session, { kind: 'policies' });
    return { settings: row.settings, updatedAt: row.updatedAt };
  });
}
