import type { PreviousRanking } from '../evaluate/held-out/previous-ranking.ts';
import type { Model } from '../model/model.ts';

const msPerDay = 86_400_000;

/** The model in service when a new one is trained. */
export interface PreviousModel {
  readonly version: number;
  readonly model: Model;
}

/**
 * Its ranking, to be asked about items of now; null where it has none.
 *
 * @param itemCodes of now, by number
 */
export function previousRanking(
  { model }: PreviousModel,
  itemCodes: readonly string[],
): PreviousRanking | null {
  const { ranking, meta, itemCodes: former } = model;
  if (!ranking || meta.dataUntil === null) return null;
  const formerItem = Int32Array.from(itemCodes, (code) => former.indexOf(code));
  const presentItem = new Int32Array(former.size).fill(-1);
  for (const [item, at] of formerItem.entries()) if (at >= 0) presentItem[at] = item;
  return { ranking, formerItem, presentItem, until: Math.floor(Date.parse(meta.dataUntil) / msPerDay) };
}
