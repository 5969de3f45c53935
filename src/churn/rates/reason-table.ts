import type { Period } from './calendar.ts';
import { type Cause, causes, type Farewells } from './farewells.ts';
import type { Stays } from './stays.ts';

/** Leavings for one reason. */
export interface ReasonRow {
  /** Null: none is known. */
  readonly reason: string | null;
  /** All, and by whose doing they were. */
  readonly lost: number;
  readonly causes: Readonly<Record<Cause, number>>;
  /** Of all leavings. */
  readonly share: number;
  /** By period; they add up to `lost`. */
  readonly byPeriod: readonly number[];
}

/** Why customers left: all leavings, as in `CustomerFlow.lost`, the most frequent reason first and the unknown last. */
export function reasonTable(
  stays: Stays,
  { cause, reason, reasons }: Farewells,
  periods: readonly Period[],
): ReasonRow[] {
  const rows = [...reasons, null].map((code) => ({
    reason: code,
    lost: 0,
    causes: { voluntary: 0, involuntary: 0, unknown: 0 },
    byPeriod: periods.map(() => 0),
  }));
  let all = 0;
  for (let s = 0; s < stays.left.length; s++) {
    const day = stays.left[s];
    if (day < 0) continue;
    const row = rows[reason[s] < 0 ? reasons.length : reason[s]];
    all++;
    row.lost++;
    row.causes[causes[cause[s]]]++;
    row.byPeriod[periods.findIndex(({ to }) => day < to)]++;
  }
  return rows
    .filter(({ lost }) => lost > 0)
    .sort((a, b) => Number(a.reason === null) - Number(b.reason === null) || b.lost - a.lost)
    .map((row) => ({ ...row, share: row.lost / all }));
}
