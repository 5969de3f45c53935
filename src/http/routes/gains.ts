import { createRoute, type z } from '@hono/zod-openapi';
import { PairwellError } from '../../errors.ts';
import type { Calibration } from '../../gains/contact-plan.ts';
import { contactPlan } from '../../gains/contact-plan.ts';
import { expectedProfit } from '../../gains/contact-profit.ts';
import { gainsReport, type NamedScores } from '../../gains/gains-report.ts';
import { seededRandom } from '../../learn/random.ts';
import { tidied } from '../customer-schemas.ts';
import type { AppDependencies } from '../environment.ts';
import {
  bothMessage,
  bothOrNone,
  churnGainsAnswer,
  gainsAnswer,
  gainsBody,
  gainsQuestion,
  type scoreGains,
} from '../gains-schemas.ts';
import { router } from '../router.ts';
import { jsonAnswer, problems } from '../schemas.ts';
import { churnFor, forecastOf } from '../served-churn.ts';

const gainsRoute = createRoute({
  method: 'post',
  path: '/gains',
  tags: ['analysts'],
  summary: 'What any scores gain, side by side, and where contacts stop to pay',
  description:
    'For scores of churn, offers or campaigns with what came of them; nothing is stored. Intervals and uplift: `pairwell gains`.',
  'x-roles': ['analyst'],
  request: { body: { required: true, content: { 'application/json': { schema: gainsBody } } } },
  responses: { 200: jsonAnswer(gainsAnswer, 'Gains'), ...problems(400, 403, 413) },
});

const churnGainsRoute = createRoute({
  method: 'get',
  path: '/churn/gains',
  tags: ['analysts'],
  summary: 'What the chances of leaving gain, model by model, and whom it pays to contact',
  description:
    'On customers, or at a time, that the models had not seen. With money also of today’s customers. Intervals of the gains are in the model card.',
  'x-roles': ['analyst'],
  request: { query: gainsQuestion.refine(bothOrNone, { error: bothMessage }) },
  responses: { 200: jsonAnswer(churnGainsAnswer, 'Gains'), ...problems(400, 403, 409, 503) },
});

type Question = Pick<z.output<typeof gainsQuestion>, 'parts' | 'contactCost' | 'value'>;

/** The same folds for all scores, and each time. */
const seed = 1;

function gainsOf(
  scores: readonly NamedScores[],
  target: Uint8Array,
  { parts, contactCost, value }: Question,
  calibration: Calibration,
): z.infer<typeof scoreGains>[] {
  const report = gainsReport(scores, target, { parts, resamples: 0, random: seededRandom(seed) });
  return report.scores.map(({ name, customers, responders, rate, rows, area }, n) => {
    const plan =
      contactCost === undefined || value === undefined
        ? null
        : contactPlan(
            scores[n].scores,
            target,
            { contactCost, value },
            { calibration, parts, random: seededRandom(seed) },
          );
    return {
      ...{ name, customers, responders, rate, area },
      rows: rows.map(({ gainInterval: _, ...row }) => row),
      contact: plan && { cutOff: plan.cutOff, expected: plan.expected, realised: plan.realised },
    };
  });
}

/** @throws PairwellError `bad-input` for a score of another number of customers than there are outcomes */
function checkLengths(scores: readonly NamedScores[], target: Uint8Array): void {
  const odd = scores.find(({ scores: own }) => own.length !== target.length);
  if (odd)
    throw new PairwellError(
      'bad-input',
      `The score "${odd.name}" is of ${odd.scores.length} customers, the outcome of ${target.length}; give both of the same.`,
    );
}

export function gainsRoutes({ shop }: AppDependencies) {
  return router()
    .openapi(gainsRoute, (c) => {
      const { scores, outcome, calibration, ...question } = c.req.valid('json');
      const target = Uint8Array.from(outcome);
      const named = scores.map(({ name, values }) => ({ name, scores: Float64Array.from(values) }));
      checkLengths(named, target);
      return c.json(tidied({ scores: gainsOf(named, target, question, calibration) }), 200);
    })
    .openapi(churnGainsRoute, (c) => {
      const question = c.req.valid('query');
      const book = churnFor(shop);
      const { learnt, probability } = forecastOf(book);
      const { card, learner, tested } = learnt;
      const named = tested.models
        .map((own) => ({ name: own.learner, scores: own.probabilities }))
        .sort((a, b) => Number(b.name === learner) - Number(a.name === learner));
      const { contactCost, value, parts } = question;
      const answer = {
        modelVersion: String(book.version),
        ...{ basis: card.basis, learner },
        scores: gainsOf(named, tested.target, question, 'none'),
        today:
          contactCost === undefined || value === undefined
            ? null
            : expectedProfit(probability, { contactCost, value }, parts),
      };
      return c.json(tidied(answer), 200);
    });
}
