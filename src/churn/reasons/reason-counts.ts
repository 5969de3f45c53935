import type { Interval } from '../../stats/binomial-interval.ts';
import type { Words } from '../words.ts';
import type { ReasonFamily, SwitchingCause } from './reason-code.ts';

/** How many left for a reason. Shares are of all who left, those of unknown reason included; null where nobody left. */
export interface ReasonCount {
  readonly words: Words;
  readonly left: number;
  readonly share: number | null;
  /** Wilson's interval of the share. */
  readonly interval: Interval | null;
  /** Of those whose reason is known; null where none is. */
  readonly shareOfKnown: number | null;
  /** Money a year, of those whose revenue is known. */
  readonly revenueLost: number;
  /** Whether the share among those who left rises or falls by calendar month (Cochran–Armitage); null within a single month. */
  readonly trend: ReasonTrend | null;
}

export interface ReasonTrend {
  /** Above 0 where it rises. */
  readonly z: number;
  readonly p: number;
  /** By Holm's method, for as many shares as there are in the same list. */
  readonly adjustedP: number;
}

export interface ReasonReport {
  readonly from: number;
  readonly to: number;
  readonly left: number;
  /** Whose reason is known. */
  readonly known: number;
  readonly unknown: number;
  /** Of the unknown: who gave a reason that there is not, and all such texts of the shop. */
  readonly unread: readonly string[];
  readonly families: readonly (ReasonCount & { readonly family: ReasonFamily })[];
  readonly causes: readonly (ReasonCount & { readonly cause: SwitchingCause })[];
  /** Those that occur, the commonest first. */
  readonly codes: readonly (ReasonCount & { readonly code: string; readonly family: ReasonFamily })[];
  readonly voluntary: number;
  readonly involuntary: number;
  readonly voluntaryUnknown: number;
  /** Money a year; of those whose revenue is known. */
  readonly revenueLost: number;
  readonly revenueLostUnknownReason: number;
  /** Those whose revenue is not known. */
  readonly withoutRevenue: number;
  /** By calendar month: who left, and how many of each family, in the order of `reasonFamilies`. */
  readonly months: readonly {
    readonly month: string;
    readonly left: number;
    readonly unknown: number;
    readonly byFamily: readonly number[];
  }[];
  readonly sentences: readonly Words[];
}
