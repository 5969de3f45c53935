import { attributeOf } from '../offers/policies/segment-ids.ts';
import type { CustomerBook } from './customer-book.ts';

/** Customers' codes by the id of a segment that an attribute makes, such as `country=DE`. */
export type AttributeMembers = ReadonlyMap<string, ReadonlySet<string>>;

/** Whether a customer is in a segment, by number in the model, −1 for one it does not know, and by code. */
type IsMember = (number: number, code: string) => boolean;

const nowhere: ReadonlySet<string> = new Set();

/** Which of the segments that policies ask about customers are in. */
export class SegmentMembership {
  readonly #book: CustomerBook | null;
  readonly #tests: readonly { readonly id: string; readonly isMember: IsMember }[];

  /**
   * @param ids of segments that policies ask about
   * @param book the customers of the model in service; null where they were not studied
   */
  constructor(ids: Iterable<string>, book: CustomerBook | null, members: AttributeMembers) {
    this.#book = book;
    this.#tests = [...ids].map((id) => ({ id, isMember: memberTest(id, book, members) }));
  }

  of(code: string): ReadonlySet<string> {
    if (this.#tests.length === 0) return nowhere;
    const number = this.#book?.codes.indexOf(code) ?? -1;
    const found = new Set<string>();
    for (const { id, isMember } of this.#tests) if (isMember(number, code)) found.add(id);
    return found;
  }
}

function memberTest(id: string, book: CustomerBook | null, members: AttributeMembers): IsMember {
  if (attributeOf(id)) {
    const codes = members.get(id) ?? nowhere;
    return (_, code) => codes.has(code);
  }
  const place = book?.segment(id);
  if (!place) return () => false;
  const { segmentOf } = book!.segmentation(place.kind);
  return (number) => number >= 0 && segmentOf[number] === place.position;
}
