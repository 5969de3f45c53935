import { createRoute, z } from '@hono/zod-openapi';
import {
  deleteTemplates,
  putDefaultLanguage,
  putTemplates,
  storedExplanations,
} from '../../../db/queries/explanations.ts';
import { PairwellError } from '../../errors.ts';
import { checkTemplates } from '../../offers/words/check-templates.ts';
import { languageTag } from '../../offers/words/languages.ts';
import { builtInTemplates, type Wording } from '../../offers/words/wording.ts';
import type { AppDependencies } from '../environment.ts';
import {
  defaultLanguageInput,
  explanationLanguage,
  explanationsView,
  languageView,
  templatesInput,
} from '../explanation-schemas.ts';
import { viewExplanations, viewLanguage } from '../explanation-view.ts';
import { router } from '../router.ts';
import { jsonAnswer, jsonBody, problems } from '../schemas.ts';

const felt = 'Felt by the next request, in every process.';

const listRoute = createRoute({
  method: 'get',
  path: '/explanations',
  tags: ['analysts'],
  summary: 'The words that reasons are told in',
  description:
    'By language: the templates in force, which of them the shop has written, and an example of each; what templates of each key may ask for. `{orders}` is a figure; `{orders, one: order, other: orders}` is text that goes by it, in the forms that plurals have in the language (zero, one, two, few, many, other) and for certain numbers (=2); `{names, each: “{name}”}` says something of each name.',
  'x-roles': ['analyst'],
  responses: { 200: jsonAnswer(explanationsView, 'All languages'), ...problems(403, 503) },
});

const defaultRoute = createRoute({
  method: 'put',
  path: '/explanations',
  tags: ['operators'],
  summary: 'Set the language of reasons for those who ask for no other',
  description: felt,
  'x-roles': [],
  request: { body: jsonBody(defaultLanguageInput) },
  responses: { 200: jsonAnswer(explanationsView, 'Stored'), ...problems(400, 403, 413, 415, 503) },
});

const params = z.object({ language: explanationLanguage });

const putRoute = createRoute({
  method: 'put',
  path: '/explanations/{language}',
  tags: ['operators'],
  summary: "Put templates in place of the shop's own of one language",
  description: `All of them at once: those that are left out are the shop's no more. ${felt}`,
  'x-roles': [],
  request: { params, body: jsonBody(templatesInput) },
  responses: { 200: jsonAnswer(languageView, 'Stored'), ...problems(400, 403, 413, 415, 503) },
});

const removeRoute = createRoute({
  method: 'delete',
  path: '/explanations/{language}',
  tags: ['operators'],
  summary: "Delete the shop's own templates of one language",
  description: `What comes with the language is told again. ${felt}`,
  'x-roles': [],
  request: { params },
  responses: { 200: jsonAnswer(explanationsView, 'What is left'), ...problems(400, 403, 404, 409, 503) },
});

export function explanationsRoutes({ shop, database, refreshWording }: AppDependencies) {
  /** By the database, as another process may have changed them just now. */
  const read = async () => {
    const { own, defaultLanguage } = await storedExplanations(database);
    return { own, wording: shop.wording.current.with(own, defaultLanguage) };
  };
  const readAll = async () => {
    const { own, wording } = await read();
    return viewExplanations(wording, own);
  };

  return router()
    .openapi(listRoute, async (c) => c.json(await readAll(), 200))
    .openapi(defaultRoute, async (c) => {
      const language = languageTag(c.req.valid('json').defaultLanguage);
      await putDefaultLanguage(database, language, ({ own, defaultLanguage }) =>
        checkDefault(language, shop.wording.current.with(own, defaultLanguage)),
      );
      await refreshWording();
      return c.json(await readAll(), 200);
    })
    .openapi(putRoute, async (c) => {
      const language = languageTag(c.req.valid('param').language);
      await putTemplates(database, language, checkTemplates(language, c.req.valid('json').templates));
      await refreshWording();
      const { own, wording } = await read();
      return c.json(viewLanguage(wording, own, language), 200);
    })
    .openapi(removeRoute, async (c) => {
      const language = languageTag(c.req.valid('param').language);
      await deleteTemplates(database, language, Object.hasOwn(builtInTemplates, language));
      await refreshWording();
      return c.json(await readAll(), 200);
    });
}

/** @throws PairwellError `bad-input` for a language without templates */
function checkDefault(language: string, wording: Wording): void {
  const { languages } = wording;
  if (languages.includes(language)) return;
  const instead = wording.nearest(language) ?? `one of ${languages.join(', ')}`;
  throw new PairwellError(
    'bad-input',
    `There are no templates in ${language}: store some first (PUT /v1/explanations/${language}), or take ${instead}.`,
    { languages },
  );
}
