import { PairwellError } from '../errors.ts';
import { absent } from './copy-integers.ts';

/** Where orders were made. */
export interface Channels {
  /** By basket: the position of its channel in `channelNames`, or −1. */
  readonly channel: Int32Array;
  /** Sorted; each is the channel of a basket. */
  readonly channelNames: readonly string[];
}

/**
 * Numbers channels by name. Names that differ only in the space around them are one, as they are in imported files,
 * and a name of nothing but space is none.
 *
 * @param namers by basket: the order that names its channel, or −1
 * @param names what these orders call it
 * @throws PairwellError `conflict` when a namer is gone: its import was taken back since, and whether the other orders
 *   of its channel were is not known
 */
export function numberChannels(
  namers: Int32Array,
  names: readonly { readonly id: number; readonly channel: string }[],
): Channels {
  const nameOf = new Map(names.map(({ id, channel }) => [id, channel.trim()]));
  const channelNames = [...new Set(nameOf.values())].filter((name) => name !== '').sort();
  const positionOf = new Map(channelNames.map((name, n) => [name, n]));
  const channelOf = new Map(Array.from(nameOf, ([id, name]) => [id, positionOf.get(name) ?? absent]));
  channelOf.set(absent, absent);
  const channel = namers.map((id) => {
    const found = channelOf.get(id);
    if (found === undefined) throw takenBack();
    return found;
  });
  return { channel, channelNames };
}

function takenBack(): PairwellError {
  return new PairwellError('conflict', 'Orders were taken back while they were read. Train again.');
}
