import { z } from '@hono/zod-openapi';
import { reasonKeys } from '../offers/reason.ts';
import { longestTemplate } from '../offers/words/check-templates.ts';
import { type Placeholder, placeholders } from '../offers/words/placeholders.ts';

const placeholderNames = Object.keys(placeholders) as [Placeholder, ...Placeholder[]];

/** What is no tag of BCP 47 is refused where it is read. */
export const explanationLanguage = z
  .string()
  .min(1)
  .max(35)
  .openapi({ example: 'de', description: 'A tag of BCP 47.' });

export const templatesInput = z
  .strictObject({
    templates: z.record(z.string().max(100), z.string()).openapi({
      description: `By key, of at most ${longestTemplate} characters each. A key that is left out has the words that come with the language, else those of the default language, else English ones.`,
      example: {
        selling:
          'In den letzten vier Wochen in {orders, one: einer Bestellung, other: {orders} Bestellungen}.',
      },
    }),
  })
  .openapi('TemplatesInput');

export const defaultLanguageInput = z
  .strictObject({
    defaultLanguage: explanationLanguage.openapi({ description: 'One that there are templates in.' }),
  })
  .openapi('DefaultLanguage');

export const languageView = z
  .object({
    language: explanationLanguage,
    isBuiltIn: z.boolean().openapi({ description: 'Whether all its templates come with it.' }),
    updatedAt: z.iso
      .datetime()
      .nullable()
      .openapi({ description: "Of the shop's own templates; null where it has none." }),
    templates: z.array(
      z.object({
        key: z.enum(reasonKeys),
        template: z.string(),
        isOwn: z.boolean().openapi({ description: 'Whether the shop has written it.' }),
        language: explanationLanguage.openapi({
          description: 'What it is written in: another language where this one has no template for the key.',
        }),
        example: z.string(),
      }),
    ),
  })
  .openapi('ExplanationLanguage');

export const explanationsView = z
  .object({
    defaultLanguage: explanationLanguage.openapi({
      description: 'For those who ask for none that there is.',
    }),
    languages: z.array(explanationLanguage),
    keys: z.array(
      z.object({
        key: z.enum(reasonKeys),
        meaning: z.string(),
        placeholders: z.array(z.enum(placeholderNames)),
      }),
    ),
    placeholders: z.array(z.object({ name: z.enum(placeholderNames), meaning: z.string() })),
    items: z.array(languageView),
  })
  .openapi('Explanations');
