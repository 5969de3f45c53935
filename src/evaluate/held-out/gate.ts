import { type QuestionKind, questionKinds } from '../../ranking/questions.ts';
import type { Comparison, GateVerdict, RankingEvaluation } from '../../ranking/ranking-evaluation.ts';

/** From fewer orders that are new to both models nothing is concluded. */
export const fewestCompared = 200;

const asked: Readonly<Record<QuestionKind, string>> = {
  visit: 'of what customers bought next',
  cart: 'of what went with carts',
};

/**
 * Compares a new ranking with the one in service on orders that are new to both: it is worse where the interval of 95 % of the
 * difference lies below 0, of visits or of carts.
 *
 * @param previous the version of the model in service whose ranking was asked; undefined where there is none
 * @param isForced puts the new model into service whatever comes of it
 */
export function gateVerdict(
  evaluation: RankingEvaluation | null,
  previous: number | undefined,
  isForced: boolean,
): GateVerdict {
  if (previous === undefined)
    return { isOpen: true, why: 'first', text: 'No ranking was in service to compare it with.' };
  const comparisons = questionKinds.flatMap((kind) => {
    const comparison = evaluation?.[kind]?.againstPrevious;
    return comparison && comparison.cases >= fewestCompared ? [{ kind, ...comparison }] : [];
  });
  if (comparisons.length === 0) {
    const counts = questionKinds.map((kind) => evaluation?.[kind]?.againstPrevious?.cases ?? 0);
    const text =
      `Not compared with model ${previous}, which is in service: of the orders since it was trained ${Math.max(...counts)} could be asked ` +
      `about, and ${fewestCompared} are needed.`;
    return { isOpen: true, why: 'too-few', text };
  }
  const worse = comparisons.filter(({ upper }) => upper < 0);
  if (worse.length === 0) {
    const [first] = comparisons;
    const text = `No worse than model ${previous}, which was in service: ${figures(first)}.`;
    return { isOpen: true, why: 'not-worse', text };
  }
  const found = `worse than model ${previous}, which ${isForced ? 'was' : 'is'} in service: ${worse.map(figures).join('; ')}.`;
  if (isForced)
    return { isOpen: true, why: 'forced', text: `Put into service as was wanted, though it is ${found}` };
  return {
    isOpen: false,
    why: 'worse',
    text:
      `Not put into service, as it is ${found} Model ${previous} stays; put this one into service with ` +
      'POST /v1/models/{version}/promote, or train with --force (ranking.gate false over HTTP).',
  };
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

const figures = ({
  kind,
  cases,
  ours,
  previous,
  lower,
  upper,
}: Comparison & { kind: QuestionKind }): string =>
  `it finds ${percent(ours)} ${asked[kind]}, not ${percent(previous)}, among ten offers (${cases} orders new to both; difference ` +
  `${percent(lower)} to ${percent(upper)})`;
