import type { Database } from '../../db/database.ts';
import { customersWith } from '../../db/queries/customer-attributes.ts';
import { storedExplanations } from '../../db/queries/explanations.ts';
import { activeVersion, readModelBytes } from '../../db/queries/models.ts';
import { ordersAfter } from '../../db/queries/orders.ts';
import { changedPlacements } from '../../db/queries/placements.ts';
import { allPolicies } from '../../db/queries/policies.ts';
import { allProducts } from '../../db/queries/products.ts';
import { latestEventIds, recentEvents } from '../../db/queries/recent-events.ts';
import { RowCollector } from '../baskets/grouped-rows.ts';
import { PairwellError } from '../errors.ts';
import { decodeModel, type Model } from '../model/model.ts';
import { activityTypes } from '../offers/activity.ts';
import { activityKept, deedsOfAllKept } from '../offers/activity-book.ts';
import { type Placement, type PlacementSettings, placementNames } from '../offers/placements.ts';
import { CustomerBook } from './customer-book.ts';
import { type CustomerDeeds, DeedCollector } from './customer-deeds.ts';
import { LivePolicies } from './live-policies.ts';
import type { ShopSnapshot } from './shop-snapshot.ts';

/** A snapshot, and what it is of. */
export interface ReadSnapshot {
  readonly snapshot: ShopSnapshot;
  /** Views of the bytes in the snapshot. */
  readonly model: Model;
  readonly book: CustomerBook | null;
}

/**
 * Reads what offers to a model's customers depend on; the model is in shared memory.
 *
 * @param wanted the model's version; the one in service without it
 * @throws PairwellError `not-found` where there is no such model, `conflict` for one that is damaged or of an earlier program
 */
export async function readSnapshot(database: Database, wanted: number | undefined): Promise<ReadSnapshot> {
  const version = wanted ?? (await activeVersion(database));
  if (version === undefined)
    throw new PairwellError('not-found', 'There is no model yet. Train one first: pairwell train.');
  const shared = (length: number): Uint8Array => new Uint8Array(new SharedArrayBuffer(length));
  const bytes = await readModelBytes(database, version, shared);
  const model = decodeModel(bytes);
  const book = model.customers && new CustomerBook(version, model, model.customers);
  const policies = await readPolicies(database, book);
  const segmentIds = [...policies.book.segments];
  const snapshot: ShopSnapshot = {
    version,
    model: bytes,
    products: await allProducts(database),
    policies: policies.policies,
    placements: Object.fromEntries(placementNames.map((name) => [name, policies.settings(name)])) as Record<
      Placement,
      PlacementSettings
    >,
    wording: await storedExplanations(database),
    segmentIds,
    segments: segmentsOfAll(model, policies, segmentIds),
    deeds: await readDeeds(database, model),
  };
  return { snapshot, model, book };
}

async function readPolicies(database: Database, book: CustomerBook | null): Promise<LivePolicies> {
  const policies = new LivePolicies();
  const stored = await allPolicies(database);
  const changed = Object.entries(await changedPlacements(database));
  const asked = policies.put(
    stored.map(({ policy }) => policy),
    Object.fromEntries(changed.map(([name, { settings }]) => [name, settings])),
  );
  for await (const customers of customersWith(database, asked)) policies.putCustomers(customers);
  policies.serve(book);
  return policies;
}

function segmentsOfAll(
  { customerCodes }: Model,
  policies: LivePolicies,
  ids: readonly string[],
): ShopSnapshot['segments'] {
  const rows = new RowCollector(1);
  for (let customer = 0; ids.length > 0 && customer < customerCodes.size; customer++) {
    for (const id of policies.segmentsOf(customerCodes.get(customer))) rows.add(customer, [ids.indexOf(id)]);
  }
  return rows.grouped(customerCodes.size);
}

async function readDeeds(database: Database, { customerCodes, meta }: Model): Promise<CustomerDeeds> {
  const deeds = new DeedCollector(customerCodes);
  for (const order of await ordersAfter(database, meta.lastOrderId)) deeds.addOrder(order);
  const ids = await latestEventIds(database, deedsOfAllKept);
  const wanted = { ...ids, kinds: activityTypes, within: activityKept };
  for await (const events of recentEvents(database, wanted))
    for (const event of events) deeds.addEvent(event);
  return deeds.collected();
}
