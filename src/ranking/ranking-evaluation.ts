import type { QuestionKind } from './questions.ts';

/** A mean, and its interval of 95 %. */
export interface EvaluatedFigure {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  /** How many count for it. */
  readonly cases: number;
}

/** How a way to rank answered held-out questions of one kind. */
export interface EvaluatedMethod {
  readonly name: string;
  readonly isBaseline: boolean;
  /** Means over the cases with intervals of 95 % by bootstrap over customers: `recall@10`, `ndcg@10` of visits, `hr@10` of carts. */
  readonly metrics: Readonly<Record<string, EvaluatedFigure>>;
  /** Of the probabilities that the lists of visits state: expected calibration error; null where none are stated. */
  readonly calibrationError: number | null;
}

export interface EvaluatedKind {
  /** Customers' newest baskets, or baskets of which items were left out. */
  readonly cases: number;
  readonly methods: readonly EvaluatedMethod[];
  /** The new ranking against the one in service, on what is new to both; null where that one was not asked. */
  readonly againstPrevious: Comparison | null;
}

/** How much better the new ranking is: above 0. */
export interface Comparison {
  /** The interval of 95 % of the difference. */
  readonly lower: number;
  readonly upper: number;
  readonly metric: string;
  readonly cases: number;
  readonly ours: number;
  readonly previous: number;
  readonly difference: number;
}

/** What is known of a ranking when it is published. Plain data: it is stored with the model. */
export type RankingEvaluation = Readonly<Record<QuestionKind, EvaluatedKind | null>>;

/** What is stored with a model. */
export interface ModelEvaluation {
  readonly ranking: RankingEvaluation;
  readonly gate: GateVerdict;
}

/** Whether a new model may take the place of the one in service. */
export interface GateVerdict {
  readonly isOpen: boolean;
  /**
   * `worse`: the new ranking is worse by more than chance; `not-worse`; `too-few`: of too few orders can it be told; `first`: no ranking is
   * in service; `forced`: it is worse and put into service all the same.
   */
  readonly why: 'worse' | 'not-worse' | 'too-few' | 'first' | 'forced';
  /** A sentence for people. */
  readonly text: string;
}
