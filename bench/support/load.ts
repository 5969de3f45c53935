import autocannon from 'autocannon';
import { median } from './median.ts';

export const connections = 32;

/** What came of a load. */
export interface Load {
  /** Requests a second. */
  readonly rate: number;
  /** Milliseconds from a request to its answer. */
  readonly p50: number;
  readonly p99: number;
}

export interface LoadOptions {
  readonly seconds: number;
  /** Requests a second in all; as many as there can be by default. */
  readonly rate?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Asks for paths in turn, on 32 connections.
 *
 * @throws Error where an answer is not 2xx
 */
export async function load(
  url: string,
  paths: readonly string[],
  { seconds, rate, headers }: LoadOptions,
): Promise<Load> {
  const { requests, latency, non2xx, errors } = await autocannon({
    url,
    connections,
    duration: seconds,
    requests: paths.map((path) => ({ path, headers: { ...headers } })),
    ...(rate === undefined ? {} : { overallRate: rate }),
  });
  if (non2xx > 0 || errors > 0)
    throw new Error(`${url}${paths[0]}: ${non2xx} answers were not 2xx, ${errors} failed`);
  return { rate: requests.average, p50: latency.p50, p99: latency.p99 };
}

/** Two servers in turns: of each the medians of all rounds, and the median of the ratio of the rates in each round. */
export async function sideBySide(
  ours: string,
  bare: string,
  paths: readonly string[],
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
): Promise<{ ours: Load; bare: Load; ratio: number }> {
  const loads: Record<'ours' | 'bare', Load[]> = { ours: [], bare: [] };
  const urls = { ours, bare };
  for (const which of ['ours', 'bare'] as const) await load(urls[which], paths, { seconds });
  for (let round = 0; round < rounds; round++)
    for (const which of round % 2 === 0 ? (['ours', 'bare'] as const) : (['bare', 'ours'] as const))
      loads[which].push(await load(urls[which], paths, { seconds }));
  const middle = (all: readonly Load[]): Load => ({
    rate: median(all.map(({ rate }) => rate)),
    p50: median(all.map(({ p50 }) => p50)),
    p99: median(all.map(({ p99 }) => p99)),
  });
  const ratio = median(loads.ours.map(({ rate }, round) => rate / loads.bare[round].rate));
  return { ours: middle(loads.ours), bare: middle(loads.bare), ratio };
}
