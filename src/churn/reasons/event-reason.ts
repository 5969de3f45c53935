import { longestReason, readReason, unknownReason } from './read-reason.ts';

/** What is wrong with the reason that an event gives. */
export interface ReasonProblem {
  /** As it was sent, cut where it is longer than any reason. */
  readonly reason: string;
  /** The codes that may be meant, the nearest first. */
  readonly nearest: readonly string[];
  readonly message: string;
}

/**
 * What is wrong with `payload.reason` of an event that tells why somebody leaves; undefined where it names one of the reasons, or none
 * is given: null and blanks are no reason.
 */
export function reasonProblem(given: unknown): ReasonProblem | undefined {
  if (given === undefined || given === null) return undefined;
  if (typeof given !== 'string')
    return {
      reason: JSON.stringify(given).slice(0, longestReason),
      nearest: [],
      message: 'A reason is a text: one of the codes, or another name for it.',
    };
  if (given.trim() === '') return undefined;
  const read = readReason(given);
  if (read.reason) return undefined;
  const { nearest } = read;
  return { reason: given.slice(0, longestReason), nearest, message: unknownReason(given, nearest) };
}
