import { decodeSections, sealSections } from './sections.ts';
import { StringTable } from './string-table.ts';

/**
 * The ids of the customers in the bytes of a model: views of these.
 *
 * @param bytes as `encodeModel` makes them, in a buffer of their own
 * @throws PairwellError `conflict` when the bytes are not a model or were damaged
 */
export function customersIn(bytes: Uint8Array): StringTable {
  if (bytes.byteOffset % 8 !== 0) throw new TypeError('The bytes of a model begin at a multiple of 8.');
  const { u8, i32 } = decodeSections(bytes);
  return new StringTable({
    bytes: u8('customers.bytes'),
    offsets: i32('customers.offsets'),
    slots: i32('customers.slots'),
  });
}

/**
 * Takes customers' ids out of the bytes of a model, in place: the customers stay as numbers without a name, so that all that was counted
 * stays as it is.
 *
 * @param bytes as {@link customersIn} takes them
 * @returns how many ids were taken out
 * @throws PairwellError `conflict` when the bytes are not a model or were damaged
 */
export function removeCustomers(bytes: Uint8Array, wanted: readonly string[]): number {
  const codes = customersIn(bytes);
  const removed = wanted.filter((code) => codes.remove(code)).length;
  if (removed > 0) sealSections(bytes);
  return removed;
}
