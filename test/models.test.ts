import { eq } from 'drizzle-orm';
import { beforeAll, expect, it } from 'vitest';
import { publishModel, readModelBytes } from '../db/queries/models.ts';
import { modelParts } from '../db/schema.ts';
import { describeDatabases } from './support/databases.ts';

describeDatabases('a stored model', (opened) => {
  /** More than two parts, of all bytes there are, in the middle of a buffer. */
  const bytes = Uint8Array.from({ length: 2_500_000 }, (_, n) => (n * n + (n >> 8)) % 256).subarray(7);
  let version: number;

  beforeAll(async () => {
    const model = await publishModel(opened().database, { settings: {}, figures: {}, bytes });
    version = model.version;
  });

  it('is read as it was written, whatever its length', async () => {
    const { database } = opened();
    const read = await readModelBytes(database, version);
    expect(Buffer.compare(read, bytes)).toBe(0);
  });

  it('is in the parts as it is, and no other way', async () => {
    const parts = await opened()
      .database.orm.select({ bytes: modelParts.bytes })
      .from(modelParts)
      .orderBy(modelParts.part);
    expect(parts.length).toBeGreaterThan(2);
    expect(Buffer.compare(Buffer.concat(parts.map((part) => part.bytes)), bytes)).toBe(0);
  });

  it('cannot be read with a part missing', async () => {
    const { database } = opened();
    const { version: torn } = await publishModel(database, { settings: {}, figures: {}, bytes });
    await database.orm.delete(modelParts).where(eq(modelParts.version, torn));
    await expect(readModelBytes(database, torn)).rejects.toMatchObject({
      code: 'conflict',
      message: `Model ${torn} is incomplete. Train again.`,
    });
  });
});
