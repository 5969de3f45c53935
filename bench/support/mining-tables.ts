import { bestNative, type Contest, type Outcome, ratioOf, type Target } from './contest.ts';
import { median } from './median.ts';
import type { Row } from './table.ts';
import type { Goals } from './workloads.ts';

/** What came of one workload. */
export interface Result extends Contest {
  readonly workload: string;
  readonly target: Target;
  readonly goals: Goals;
  /** What the best native peer takes to take its arguments over, where that is known. */
  readonly intakeMs?: number;
}

const shortened = (value: number): number => Number(value.toPrecision(3));

function head({ workload, target }: Result): Row {
  return { workload, target };
}

/** Medians in milliseconds; after `~` what ran once only. */
export function timeRow(result: Result, repetitions: number): Row {
  const cells = result.outcomes.map(({ name, ms, failed }): [string, string | number] => {
    if (failed) return [name, failed.startsWith('over ') ? failed.replace('over', '>') : 'failed'];
    const time = shortened(median(ms));
    return [name, ms.length < repetitions ? `~${time}` : time];
  });
  return { ...head(result), itemsets: result.itemsets, ...Object.fromEntries(cells) };
}

/** Peak memory of ours, in MB. */
export function memoryRow(result: Result): Row {
  const ours = result.outcomes.filter(({ kind, failed }) => kind === 'ours' && !failed);
  return {
    ...head(result),
    ...Object.fromEntries(ours.map(({ name, peakMb }) => [name, Math.round(peakMb)])),
  };
}

/** Peers that we want to be faster than by a factor at least. */
const slowPeers = { 'node-fpgrowth': 30, mlxtend: 50 } as const;

/** How many times longer a slow peer takes; `>` where it was stopped at its limit. */
function timesSlower(ours: Outcome, peer: Outcome, limitMs: number): string {
  if (peer.failed) return peer.failed.endsWith(' s') ? `> ${shortened(limitMs / median(ours.ms))}` : '';
  return `${shortened(1 / ratioOf(ours, peer))}`;
}

/** Ours in terms of the best native peer, beside the goals. */
export function ratioRow(result: Result, limitMs: number): Row {
  const { outcomes, goals, intakeMs } = result;
  const best = bestNative(outcomes);
  const ours = outcomes.filter(({ kind, failed }) => kind === 'ours' && !failed);
  const row: Record<string, string | number> = { ...head(result) };
  if (best) {
    row['best native'] = best.name;
    row.ms = shortened(median(best.ms));
    if (intakeMs !== undefined) row['of it intake'] = shortened(intakeMs);
    for (const outcome of ours) {
      const ratio = ratioOf(outcome, best);
      const { threads = 0 } = outcome;
      const goal = goals[threads - 1];
      row[outcome.name] = ratio.toFixed(2);
      if (goal !== undefined)
        row[`goal ${threads}`] = `≤ ${goal.toFixed(1)} ${ratio <= goal ? 'met' : 'missed'}`;
    }
  }
  const [one] = ours;
  for (const [name, goal] of Object.entries(slowPeers)) {
    const peer = outcomes.find((outcome) => outcome.name === name);
    if (one && peer) row[`${name} / ours (≥ ${goal})`] = timesSlower(one, peer, limitMs);
  }
  return row;
}
