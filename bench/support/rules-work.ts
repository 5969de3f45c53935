/** What the parts of the benchmark of rules tell each other. */

/** The measures that mlxtend and we have both, by our name; it has `representativity` and `certainty` besides. */
export const sharedMeasures = {
  coverage: 'antecedent support',
  rhsSupport: 'consequent support',
  support: 'support',
  confidence: 'confidence',
  lift: 'lift',
  leverage: 'leverage',
  conviction: 'conviction',
  zhang: 'zhangs_metric',
  jaccard: 'jaccard',
  kulczynski: 'kulczynski',
} as const;

export interface Step {
  readonly name: string;
  /** Of a process that has just started, and once more in the same process. */
  readonly firstMs: number;
  readonly ms: number;
  /** The most resident memory while it ran, the first time, and how much of it came on top of what was there before. */
  readonly peakMb: number;
  readonly addedMb: number;
  /** How many rules were left, or columns were made. */
  readonly found: number;
}

/** What must not depend on who works it out. */
export interface Agreed {
  /** Rules with one item as their consequent. */
  readonly rules: number;
  /** By our name of the shared measures: their sum over these rules, infinite values left out. */
  readonly sums: Readonly<Record<string, number>>;
}

export interface OurAnswer extends Agreed {
  readonly steps: readonly Step[];
}

export interface PeerAnswer extends Agreed {
  readonly ms: number;
  readonly peakMb: number;
  readonly addedMb: number;
  /** All rules it made: it makes those with several items as their consequent, too. */
  readonly allRules: number;
}

/**
 * The peer as anyone calls it, and with Python's search for cycles switched off, which takes more than half of its time and
 * finds nothing: by name, the word for the child program.
 */
export const peers = { mlxtend: 'on', 'mlxtend, gc off': 'off' } as const;

export type PeerName = keyof typeof peers;

/** Shares in floating point, summed in another order, may differ by so much of the sum. */
const tolerance = 1e-6;

/** Where two programs differ, in words; undefined where they do not. */
export function difference(a: Agreed, b: Agreed): string | undefined {
  if (a.rules !== b.rules) return `${a.rules} and ${b.rules} rules with one consequent`;
  const names = Object.keys(a.sums).filter(
    (name) => !(Math.abs(a.sums[name] - b.sums[name]) <= tolerance * Math.abs(a.sums[name])),
  );
  if (names.length === 0) return undefined;
  return names.map((name) => `${name} sums to ${a.sums[name]} and ${b.sums[name]}`).join(', ');
}

/** The sum of the finite values. */
export function finiteSum(column: Float64Array): number {
  return column.reduce((sum, value) => (Number.isFinite(value) ? sum + value : sum), 0);
}
