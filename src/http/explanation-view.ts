import type { z } from '@hono/zod-openapi';
import type { StoredTemplates } from '../../db/queries/explanations.ts';
import { reasonKeys } from '../offers/reason.ts';
import { exampleReasons } from '../offers/words/examples.ts';
import { keyInfos, type Placeholder, placeholders } from '../offers/words/placeholders.ts';
import { builtInTemplates, type Wording } from '../offers/words/wording.ts';
import type { explanationsView, languageView } from './explanation-schemas.ts';

/** @param own what the wording was made from */
export function viewExplanations(
  wording: Wording,
  own: readonly StoredTemplates[],
): z.input<typeof explanationsView> {
  return {
    defaultLanguage: wording.defaultLanguage,
    languages: [...wording.languages],
    keys: reasonKeys.map((key) => {
      const { meaning, placeholders } = keyInfos[key];
      return { key, meaning, placeholders: [...placeholders] };
    }),
    placeholders: Object.entries(placeholders).map(([name, { meaning }]) => ({
      name: name as Placeholder,
      meaning,
    })),
    items: wording.languages.map((language) => viewLanguage(wording, own, language)),
  };
}

export function viewLanguage(
  wording: Wording,
  own: readonly StoredTemplates[],
  language: string,
): z.input<typeof languageView> {
  const stored = own.find((other) => other.language === language);
  return {
    language,
    isBuiltIn: Object.hasOwn(builtInTemplates, language),
    updatedAt: stored?.updatedAt.toISOString() ?? null,
    templates: reasonKeys.map((key) => {
      const { text, isOwn, language: written } = wording.template(key, language);
      const example = wording.text(exampleReasons[key], language);
      return { key, template: text, isOwn, language: written, example };
    }),
  };
}
