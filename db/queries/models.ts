import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { and, desc, eq, lt, notInArray, sql } from 'drizzle-orm';
import { PairwellError } from '../../src/errors.ts';
import { customersIn, removeCustomers } from '../../src/model/remove-customers.ts';
import type { ModelEvaluation } from '../../src/ranking/ranking-evaluation.ts';
import { notifyChange } from '../changes.ts';
import type { Database, Session } from '../database.ts';
import { modelParts, models } from '../schema.ts';
import { forgottenLately } from './forgotten.ts';

export type ModelRow = typeof models.$inferSelect;

/** Earlier models to go back to; older ones are deleted when a new one is published. */
const modelsKept = 10;

/** Some milliseconds' work. */
const digestsAtOnce = 1000;

/** Bytes in a part: while it is sent, it is in memory a few times over. */
const partLength = 1024 * 1024;

/*
 * Parts go to the database and back as Base64: of a `bytea` PGlite 0.5 writes and reads each byte as a string of its own, which
 * takes six times as long and more, and some 75 bytes of memory for each.
 */

const fromBase64 = (bytes: Uint8Array) =>
  sql<Uint8Array>`decode(${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')}, 'base64')`;

const asBase64 = sql<string>`encode(${modelParts.bytes}, 'base64')`;

export interface NewModel {
  settings: Record<string, unknown>;
  figures: Record<string, number>;
  evaluation?: ModelEvaluation | null;
  bytes: Uint8Array;
}

/**
 * Stores a model and makes it the active one, in one transaction: a failure leaves the old one active. Ids of customers who were
 * forgotten while it was trained are taken out of its bytes.
 *
 * @param isActive false keeps it beside the active one, which stays
 */
export async function publishModel(database: Database, model: NewModel, isActive = true): Promise<ModelRow> {
  return database.transaction(async (session) => {
    const { orm } = session;
    await lockModels(session);
    await removeForgotten(session, model.bytes);
    if (isActive) await orm.update(models).set({ active: false }).where(eq(models.active, true));
    const [row] = await orm
      .insert(models)
      .values({
        active: isActive,
        settings: model.settings,
        evaluation: model.evaluation,
        figures: model.figures,
        byteLength: model.bytes.length,
      })
      .returning();
    for (let part = 0; part * partLength < model.bytes.length; part++) {
      const bytes = model.bytes.subarray(part * partLength, (part + 1) * partLength);
      await orm.insert(modelParts).values({ version: row.version, part, bytes: fromBase64(bytes) });
    }
    const kept = orm
      .select({ version: models.version })
      .from(models)
      .orderBy(desc(models.version))
      .limit(modelsKept);
    // However many have been kept beside it, the active one stays.
    await orm.delete(models).where(and(notInArray(models.version, kept), eq(models.active, false)));
    if (isActive) await notifyChange(session, { kind: 'model', version: row.version });
    return row;
  });
}

/**
 * Makes a stored model the active one.
 *
 * @throws PairwellError `not-found`
 */
export async function promoteModel(database: Database, version: number): Promise<ModelRow> {
  return database.transaction(async (session) => {
    const { orm } = session;
    await orm.update(models).set({ active: false }).where(eq(models.active, true));
    const [row] = await orm
      .update(models)
      .set({ active: true })
      .where(eq(models.version, version))
      .returning();
    if (!row) throw new PairwellError('not-found', `There is no model ${version}.`);
    await notifyChange(session, { kind: 'model', version });
    return row;
  });
}

/** Models before `before`, the newest first. */
export async function listModels({ orm }: Database, limit: number, before?: number): Promise<ModelRow[]> {
  return orm
    .select()
    .from(models)
    .where(before === undefined ? undefined : lt(models.version, before))
    .orderBy(desc(models.version))
    .limit(limit);
}

export async function activeVersion({ orm }: Database): Promise<number | undefined> {
  const [row] = await orm.select({ version: models.version }).from(models).where(eq(models.active, true));
  return row?.version;
}

/** From now on to the end of the transaction no other one publishes a model, or takes a customer's id out of one. */
async function lockModels(session: Session): Promise<void> {
  await session.rows(sql`lock table models in share row exclusive mode`);
}

/** Training takes minutes: whoever was forgotten meanwhile is in the model that it comes to. */
async function removeForgotten(session: Session, bytes: Uint8Array): Promise<void> {
  const lately = await forgottenLately(session);
  if (!lately) return;
  const codes = customersIn(bytes);
  const found: string[] = [];
  for (let n = 0; n < codes.size; n++) {
    const code = codes.get(n);
    if (lately.digests.has(digestOf(lately.key + code))) found.push(code);
    // A million take seconds, and the same thread may serve.
    if (n % digestsAtOnce === 0) await setImmediate();
  }
  removeCustomers(bytes, found);
}

/**
 * Takes a customer's id out of the bytes of all stored models. A model that cannot be read is deleted: nobody can tell what is in it, nor
 * use it.
 *
 * @returns how many had it
 */
export async function removeFromModels(session: Session, code: string): Promise<number> {
  const { orm } = session;
  await lockModels(session);
  const stored = await orm.select({ version: models.version }).from(models).orderBy(models.version);
  let found = 0;
  for (const { version } of stored) {
    try {
      if (await removeFromModel(session, version, code)) found++;
    } catch (error) {
      if (!(error instanceof PairwellError)) throw error;
      await orm.delete(models).where(eq(models.version, version));
    }
  }
  return found;
}

const digestOf = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');

async function removeFromModel(session: Session, version: number, code: string): Promise<boolean> {
  const { orm } = session;
  const bytes = await readModelBytes(session, version);
  const parts = Array.from({ length: Math.ceil(bytes.length / partLength) }, (_, part) =>
    bytes.subarray(part * partLength, (part + 1) * partLength),
  );
  const before = parts.map(digestOf);
  if (removeCustomers(bytes, [code]) === 0) return false;
  for (const [part, changed] of parts.entries()) {
    if (digestOf(changed) === before[part]) continue;
    await orm
      .update(modelParts)
      .set({ bytes: fromBase64(changed) })
      .where(and(eq(modelParts.version, version), eq(modelParts.part, part)));
  }
  await orm
    .update(models)
    .set({ rewrites: sql`${models.rewrites} + 1` })
    .where(eq(models.version, version));
  return true;
}

/**
 * @param room makes what the bytes are put into, such as memory that threads share
 * @throws PairwellError `not-found`
 */
export async function readModelBytes(
  { orm }: Session,
  version: number,
  room: (length: number) => Uint8Array = (length) => new Uint8Array(length),
): Promise<Uint8Array> {
  const stateNow = async () => {
    const [row] = await orm
      .select({ byteLength: models.byteLength, rewrites: models.rewrites })
      .from(models)
      .where(eq(models.version, version));
    if (!row) throw new PairwellError('not-found', `There is no model ${version}.`);
    return row;
  };
  const { byteLength, ...first } = await stateNow();
  let { rewrites } = first;
  const bytes = room(byteLength);
  for (;;) {
    await readParts(orm, version, bytes);
    const after = await stateNow();
    // Some parts may be older than others.
    if (after.rewrites === rewrites) return bytes;
    rewrites = after.rewrites;
  }
}

async function readParts(orm: Session['orm'], version: number, bytes: Uint8Array): Promise<void> {
  let at = 0;
  for (let part = 0; at < bytes.length; part++) {
    const [next] = await orm
      .select({ base64: asBase64 })
      .from(modelParts)
      .where(and(eq(modelParts.version, version), eq(modelParts.part, part)));
    if (!next) throw new PairwellError('conflict', `Model ${version} is incomplete. Train again.`);
    const stored = Buffer.from(next.base64, 'base64');
    bytes.set(stored, at);
    at += stored.length;
  }
}
