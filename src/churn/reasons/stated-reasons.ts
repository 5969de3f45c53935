import type { CustomerContracts, CustomerEvents } from '../../customers/ledger.ts';
import { readReasons } from './read-reason.ts';
import { reasonCodes } from './reason-codes.ts';

/** What customers said last, whether they left for it or not. Plain data. */
export interface StatedReasons {
  /** The codes that occur. */
  readonly codes: readonly string[];
  /** By customer: the position in `codes`; −1 where nothing was said that can be read. */
  readonly newest: Int32Array;
}

/** Days since 1970-01-01, both included. */
export interface StatedWithin {
  readonly from: number;
  readonly to: number;
}

/**
 * The newest reason of each customer that can be read: of any kind of event, as somebody may give one with a complaint and stay, or of a
 * contract that ended. Who gives notice gives the reason before the contract ends: it counts as of `to` at the latest. What an event
 * says goes before what a contract of the same day does.
 */
export function statedReasons(
  events: CustomerEvents,
  contracts: CustomerContracts,
  { from, to }: StatedWithin,
): StatedReasons {
  const said = readReasons(events.reasons).positions;
  const agreed = readReasons(contracts.reasons).positions;
  const codes: string[] = [];
  const newest = new Int32Array(events.offsets.length - 1).fill(-1);
  for (let customer = 0; customer < newest.length; customer++) {
    let [reason, day] = [-1, from];
    for (let k = contracts.offsets[customer]; k < contracts.offsets[customer + 1]; k++) {
      if (contracts.end[k] < 0 || contracts.reason[k] < 0) continue;
      const toldOn = Math.min(contracts.end[k], to);
      if (toldOn < day || agreed[contracts.reason[k]] < 0) continue;
      [reason, day] = [agreed[contracts.reason[k]], toldOn];
    }
    for (let e = events.offsets[customer]; e < events.offsets[customer + 1]; e++) {
      if (events.day[e] < day || events.day[e] > to || events.reason[e] < 0) continue;
      if (said[events.reason[e]] < 0) continue;
      [reason, day] = [said[events.reason[e]], events.day[e]];
    }
    if (reason >= 0) newest[customer] = placeIn(codes, reasonCodes[reason].code);
  }
  return { codes, newest };
}

/** Where a code stands, which is added where it does not yet. */
function placeIn(codes: string[], code: string): number {
  const known = codes.indexOf(code);
  return known >= 0 ? known : codes.push(code) - 1;
}
