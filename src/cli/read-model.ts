import type { Database } from '../../db/database.ts';
import { activeVersion, readModelBytes } from '../../db/queries/models.ts';
import { PairwellError } from '../errors.ts';
import { decodeModel, type Model } from '../model/model.ts';

/**
 * Reads a model of the database.
 *
 * @param wanted its version; the one in service without it
 * @throws PairwellError `not-found` where there is none, `conflict` for one that is damaged or of an earlier program
 */
export async function readModel(
  database: Database,
  wanted: number | undefined,
): Promise<{ version: number; model: Model }> {
  const version = wanted ?? (await activeVersion(database));
  if (version === undefined)
    throw new PairwellError('not-found', 'There is no model yet. Train one first: pairwell train.');
  return { version, model: decodeModel(await readModelBytes(database, version)) };
}
