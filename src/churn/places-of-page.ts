/** Which places of a ranking a page shows. */
export interface PlacesOfPage {
  readonly places: readonly number[];
  /** How many the ranking shows in all. */
  readonly total: number;
  /** Where the next page starts; null at the end. */
  readonly next: number | null;
}

/**
 * A page of a ranking of customers some of whom are not shown.
 *
 * @param customers the best first
 * @param from the place of the first, 0 for the best
 * @param limit how many at most, 1 or more
 */
export function placesOfPage(
  customers: Int32Array,
  from: number,
  limit: number,
  isListed: (customer: number) => boolean,
): PlacesOfPage {
  const places: number[] = [];
  let total = 0;
  let next: number | null = null;
  for (let place = 0; place < customers.length; place++) {
    if (!isListed(customers[place])) continue;
    total++;
    if (place < from) continue;
    if (places.length < limit) places.push(place);
    else next ??= place;
  }
  return { places, total, next };
}
