import { bestNative, ratioOf } from './contest.ts';
import {
  judge,
  mostMemoryMb,
  type Part,
  type Result,
  slowPeers,
  timesSlower,
  timesText,
  worthOf,
} from './goals.ts';
import { median } from './median.ts';
import { libraries, ourReturns } from './peers.ts';
import type { Row } from './table.ts';

const titles: Readonly<Record<Part, string>> = {
  mining: 'Mining alone, counting only',
  listing: 'Mining alone, all sets returned',
  process: 'Whole programs, counting only',
};

const shortened = (value: number): number => Number(value.toPrecision(3));

const head = ({ workload, target }: Result): Row => ({ workload, target });

/** Medians in milliseconds; after `~` what ran once only. */
function timeRow(result: Result, repetitions: number): Row {
  const cells = result.outcomes.map(({ name, ms, failed }): [string, string | number] => {
    if (failed) return [name, failed.startsWith('over ') ? failed.replace('over', '>') : 'failed'];
    const time = shortened(median(ms));
    return [name, ms.length < repetitions ? `~${time}` : time];
  });
  return { ...head(result), itemsets: result.itemsets, ...Object.fromEntries(cells) };
}

/** Peak memory of our process, in MB. */
function memoryRow(result: Result): Row {
  const ours = result.outcomes.filter(({ kind, peakMb }) => kind === 'ours' && peakMb !== undefined);
  return {
    ...head(result),
    ...Object.fromEntries(ours.map(({ name, peakMb }) => [name, Math.ceil(peakMb!)])),
  };
}

/** Ours in terms of the best native peer, two threads in terms of one, and the slow peers in terms of ours. */
function ratioRow(result: Result): Row {
  const { outcomes, intakeMs } = result;
  const best = bestNative(outcomes);
  const ours = outcomes.filter(({ kind, failed }) => kind === 'ours' && !failed);
  const row: Record<string, string | number> = { ...head(result) };
  if (best) {
    row['best native'] = best.name;
    row.ms = shortened(median(best.ms));
    if (intakeMs !== undefined) row['of it intake'] = shortened(intakeMs);
    for (const outcome of ours) row[outcome.name] = ratioOf(outcome, best).toFixed(2);
  }
  const worth = worthOf(outcomes);
  if (worth !== undefined) row.worth = worth.toFixed(2);
  for (const peer of outcomes.filter(({ name }) => slowPeers.includes(name))) {
    for (const outcome of ours) {
      const slower = timesSlower(outcome, peer);
      row[`${peer.name} / ${outcome.name}`] = slower ? timesText(slower) : 'failed';
    }
  }
  return row;
}

/** What the miners that took part return. */
function returnRows(results: readonly Result[]): Row[] {
  const names = new Set(results.flatMap(({ outcomes }) => outcomes.map(({ name }) => name)));
  const peers = Object.entries(libraries).filter(([name]) => names.has(name));
  return [
    { miner: 'ours', ...ourReturns },
    ...peers.map(([name, { returns }]) => ({ miner: name, ...returns })),
  ].map(({ miner, count, list }) => ({ miner, 'counting only': count, 'all sets returned': list }));
}

function goalRows(results: readonly Result[]): Row[] {
  return results.flatMap((result) =>
    judge(result).map((judgement) => ({ part: result.part, ...head(result), ...judgement })),
  );
}

/** Tables by their titles; the last one says of every goal whether it was met. */
export function miningTables(results: readonly Result[], repetitions: number): Map<string, readonly Row[]> {
  const tables = new Map<string, readonly Row[]>();
  for (const [part, title] of Object.entries(titles)) {
    const own = results.filter((result) => result.part === part);
    if (own.length === 0) continue;
    tables.set(
      `${title} (median ms of ${repetitions}, ~ once)`,
      own.map((result) => timeRow(result, repetitions)),
    );
    const held = own.filter(({ outcomes }) => outcomes.length > 0);
    tables.set(`${title}: ours in terms of the best native peer, worth of two threads`, held.map(ratioRow));
    if (part !== 'mining')
      tables.set(`${title}: peak memory of our process, MB (goal < ${mostMemoryMb})`, held.map(memoryRow));
  }
  const alone = results.filter(({ part }) => part !== 'process');
  if (alone.length > 0) tables.set('What the miners return', returnRows(alone));
  tables.set('Goals', goalRows(results));
  return tables;
}
