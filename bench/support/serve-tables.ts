import type { Judgement, Verdict } from './goals.ts';
import type { Load } from './load.ts';
import type { ServeAnswer } from './serve-once.ts';
import type { Row } from './table.ts';

/** What came of one question beside the bare route. */
export interface QuestionResult {
  readonly name: string;
  readonly goal: number | undefined;
  readonly bytes: number;
  readonly ours: Load;
  readonly bare: Load;
  readonly ratio: number;
}

/** Of a server that was asked at a steady rate. */
export interface SteadyResult extends Load {
  readonly wanted: number;
}

export interface ServeResult {
  readonly questions: readonly QuestionResult[];
  readonly steady: SteadyResult;
  readonly once?: {
    readonly bytes: ServeAnswer;
    readonly service: ServeAnswer;
    readonly batch: ServeAnswer;
  };
  /** What the server held with its model at these numbers of customers. */
  readonly memory: readonly { readonly customers: number; readonly mb: number }[];
  /** The most that it held under load. */
  readonly peakMb: number;
}

const p99Goal = 5;
const batchGoal = 20_000;
const coldGoal = 3;

export const questionRow = ({ name, bytes, ours, bare, ratio }: QuestionResult): Row => ({
  question: name,
  bytes,
  'requests/s': Math.round(ours.rate),
  bare: Math.round(bare.rate),
  ratio: Number(ratio.toFixed(3)),
  'µs more': Math.round(1e6 / ours.rate - 1e6 / bare.rate),
  'p50 ms': ours.p50,
  'p99 ms': ours.p99,
});

/** MB for a million customers more, from two sizes; undefined where there is only one. */
export function mbPerMillion(memory: ServeResult['memory']): number | undefined {
  if (memory.length < 2) return undefined;
  const [small, large] = [memory[0], memory[memory.length - 1]];
  return (1e6 * (large.mb - small.mb)) / (large.customers - small.customers);
}

const verdict = (met: boolean): Verdict => (met ? 'met' : 'missed');

/** Every goal, and whether it was met. */
export function judgeServing({ questions, steady, once }: ServeResult): Judgement[] {
  const judgements: Judgement[] = questions.flatMap(({ name, goal, ratio }) =>
    goal === undefined
      ? []
      : {
          goal: `${name}: ≥ ${goal} of the bare route`,
          figure: ratio.toFixed(3),
          verdict: verdict(ratio >= goal),
        },
  );
  judgements.push({
    goal: `p99 < ${p99Goal} ms at a steady ${steady.wanted} requests a second`,
    figure: `${steady.p99} ms at ${Math.round(steady.rate)}`,
    verdict: steady.rate < 0.95 * steady.wanted ? 'missed' : verdict(steady.p99 < p99Goal),
  });
  if (!once) return judgements;
  const perSecond = once.batch.customers / (once.batch.ms / 1000);
  const times = once.service.ms / once.bytes.ms;
  judgements.push(
    {
      goal: `batch ≥ ${batchGoal} customers a second on 2 threads`,
      figure: String(Math.floor(perSecond)),
      verdict: verdict(perSecond >= batchGoal),
    },
    {
      goal: `cold start < ${coldGoal} × reading the model's bytes`,
      figure: times.toFixed(2),
      verdict: verdict(times < coldGoal),
    },
  );
  return judgements;
}
