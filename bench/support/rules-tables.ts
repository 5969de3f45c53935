import { timesText, type Verdict } from './goals.ts';
import { median } from './median.ts';
import type { OurAnswer, PeerAnswer, PeerName, Step } from './rules-work.ts';
import type { Row } from './table.ts';

export interface RulesResult {
  readonly workload: string;
  readonly itemsets: number;
  /** One for each repetition. */
  readonly ours: readonly OurAnswer[];
  readonly peers: readonly { readonly name: PeerName; readonly runs: readonly PeerAnswer[] }[];
}

/** How much faster than mlxtend we want to make and measure rules. */
const peerFactor = 20;

/** A million rules are to be measured in so many seconds. */
const secondsPerMillion = 1;

const inSeconds = (ms: number): number => Number((ms / 1000).toPrecision(3));

/** The median over the repetitions of a figure of the steps that are named so, summed. */
function ofSteps(
  runs: readonly OurAnswer[],
  isMeant: (name: string) => boolean,
  figure: 'ms' | 'firstMs',
): number {
  return median(
    runs.map(({ steps }) =>
      steps.filter(({ name }) => isMeant(name)).reduce((sum, step) => sum + step[figure], 0),
    ),
  );
}

/** A row for each step and one for them all, but for the last step, which repeats others. */
export function stepRows({ ours }: RulesResult): Row[] {
  const { steps } = ours[0];
  const row = (name: string, found: number | string, isMeant: (name: string) => boolean): Row => {
    const meant = ours.flatMap((run) => run.steps.filter((step) => isMeant(step.name)));
    const most = (figure: (step: Step) => number): number => Math.ceil(Math.max(...meant.map(figure)));
    return {
      step: name,
      's first': inSeconds(ofSteps(ours, isMeant, 'firstMs')),
      's again': inSeconds(ofSteps(ours, isMeant, 'ms')),
      'MB added': most(({ addedMb }) => addedMb),
      'MB peak': most(({ peakMb }) => peakMb),
      'columns, or rules left': found,
    };
  };
  return [
    ...steps.map(({ name, found }) => row(name, found, (other) => other === name)),
    row('all but the last', '', (name) => name !== steps.at(-1)!.name),
  ];
}

const isShared = (name: string): boolean => name === 'make' || name === 'measure: those mlxtend has';

/** By repetition: how many times as long a peer takes as we do, each in a process that has just started. */
const timesOf = (ours: readonly OurAnswer[], runs: readonly PeerAnswer[]): number =>
  median(runs.map(({ ms }, run) => ms / ofSteps([ours[run]], isShared, 'firstMs')));

/** Us, and each peer. It makes rules with several items to the right as well, so "for a rule" is per rule that it makes. */
export function peerRows({ workload, ours, peers }: RulesResult): Row[] {
  if (peers.length === 0) return [];
  const added = (name: string): number =>
    Math.max(...ours.map(({ steps }) => steps.find((step) => step.name === name)!.addedMb));
  const { rules } = ours[0];
  const us: Row = {
    workload,
    program: 'ours',
    rules,
    s: inSeconds(ofSteps(ours, isShared, 'firstMs')),
    'times ours': '',
    'for a rule': '',
    'MB added': Math.ceil(added('make') + added('measure: those mlxtend has')),
  };
  return [
    us,
    ...peers.map(({ name, runs }): Row => {
      const times = timesOf(ours, runs);
      return {
        workload,
        program: name,
        rules: runs[0].allRules,
        s: inSeconds(median(runs.map(({ ms }) => ms))),
        'times ours': timesText({ times, bound: false }),
        'for a rule': timesText({ times: (times * rules) / runs[0].allRules, bound: false }),
        'MB added': Math.ceil(Math.max(...runs.map(({ addedMb }) => addedMb))),
      };
    }),
  ];
}

export function goalRows({ workload, ours, peers }: RulesResult): Row[] {
  const rules = ours[0].rules;
  const row = (goal: string, figure: string, met: boolean): Row => {
    const verdict: Verdict = met ? 'met' : 'missed';
    return { workload, goal, figure, verdict };
  };
  const measured = (what: string, isMeant: (name: string) => boolean): Row => {
    const seconds = ofSteps(ours, isMeant, 'firstMs') / 1000 / (rules / 1e6);
    const figure = `${seconds.toFixed(2)} s`;
    return row(`a million rules, ${what} ≤ ${secondsPerMillion} s`, figure, seconds <= secondsPerMillion);
  };
  const rows = [
    measured('all formulas of counts', (name) => name === 'measure: all formulas of counts'),
    measured('all measures of counts', (name) => name.startsWith('measure: all')),
  ];
  const beside = peers.map(({ name, runs }) => {
    const times = timesOf(ours, runs);
    const goal = `${name}: ≥ ${peerFactor} × as long on the same itemsets`;
    return row(goal, timesText({ times, bound: false }), times >= peerFactor);
  });
  return [...rows, ...beside];
}
