import { editDistance } from '../../edit-distance.ts';

/**
 * The names that a misspelt one may mean, the nearest first: those that few letters are different from (a third of the letters at
 * most), then those that share a whole word with it.
 *
 * @param name in the same spelling as the names: small letters, words parted by hyphens
 * @param most how many at most
 */
export function nearNames(name: string, names: readonly string[], most = 3): string[] {
  const parts = new Set(name.split('-').filter((word) => word.length > 2));
  const distances = names.map((known) => editDistance(name, known));
  const least = Math.min(...distances);
  // Beside one that is a letter off, one that is five off is not meant.
  const allowed = Math.min(Math.ceil(name.length / 3), 2 * least + 1);
  return names
    .map((known, place) => {
      const shares = known.split('-').some((word) => parts.has(word));
      const distance = distances[place];
      return { known, place, isNear: distance <= allowed, shares, distance };
    })
    .filter(({ isNear, shares }) => isNear || shares)
    .sort((a, b) => Number(b.isNear) - Number(a.isNear) || a.distance - b.distance || a.place - b.place)
    .slice(0, most)
    .map(({ known }) => known);
}
