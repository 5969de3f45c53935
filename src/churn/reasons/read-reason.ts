import { PairwellError } from '../../errors.ts';
import { nearNames } from './near-names.ts';
import { normalised, type ReasonCode } from './reason-code.ts';
import { reasonCodes } from './reason-codes.ts';

/** What a text says of why a customer left. */
export type ReadReason =
  | { readonly reason: ReasonCode }
  /** No reason is called so. */
  | { readonly reason: undefined; readonly nearest: readonly string[] };

/** Longer texts are prose, which no code is meant by. */
export const longestReason = 100;

const known: ReadonlyMap<string, ReasonCode> = new Map(
  reasonCodes.flatMap((reason) =>
    [reason.code, ...reason.synonyms].map((name): [string, ReasonCode] => [name, reason]),
  ),
);

const names = [...known.keys()];

/**
 * The reason that a shop's text names, by its code or a synonym, however it is spelt: see `normalised`. Where there is none, the codes
 * of up to three that may be meant, the nearest first.
 */
export function readReason(text: string): ReadReason {
  const name = normalised(text);
  const reason = known.get(name);
  if (reason) return { reason };
  if (name === '' || name.length > longestReason) return { reason: undefined, nearest: [] };
  const codes = nearNames(name, names, 12).map((near) => known.get(near)!.code);
  return { reason: undefined, nearest: [...new Set(codes)].slice(0, 3) };
}

/** What to say of a text that is no reason: the nearest, or all codes where none is near. */
export function unknownReason(text: string, nearest: readonly string[]): string {
  const codes = reasonCodes.map(({ code }) => code);
  const instead =
    nearest.length > 0
      ? `Did you mean ${nearest.join(' or ')}?`
      : `There are ${codes.join(', ')}. Leave the reason out where it is not known.`;
  return `No reason is called ${JSON.stringify(cut(text))}. ${instead}`;
}

const cut = (text: string): string =>
  text.length > longestReason ? `${text.slice(0, longestReason)}…` : text;

/**
 * The code that a shop's text names.
 *
 * @throws PairwellError `bad-input` that names the nearest, or all codes where none is near
 */
export function checkReason(text: string): string {
  const read = readReason(text);
  if (read.reason) return read.reason.code;
  throw new PairwellError('bad-input', unknownReason(text, read.nearest), {
    reason: cut(text),
    nearest: read.nearest,
  });
}

/** Texts as columns keep them, read once each. */
export interface ReasonsRead {
  /** By text: the position in `reasonCodes`, or −1 for one that is no reason. */
  readonly positions: Int32Array;
  /** The texts that are no reasons, as they came. */
  readonly unread: readonly string[];
}

/** What each of a ledger's reasons is. */
export function readReasons(texts: readonly string[]): ReasonsRead {
  const positions = Int32Array.from(texts, (text) => {
    const { reason } = readReason(text);
    return reason ? reasonCodes.indexOf(reason) : -1;
  });
  return { positions, unread: texts.filter((_, n) => positions[n] < 0) };
}
