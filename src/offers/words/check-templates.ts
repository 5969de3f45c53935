import { PairwellError } from '../../errors.ts';
import { type ReasonKey, reasonKeys } from '../reason.ts';
import { Formats } from './formats.ts';
import { languageTag } from './languages.ts';
import { isPlaceholder, keyInfos, type PlaceholderKind, placeholders } from './placeholders.ts';
import { eachName } from './sentence.ts';
import { type Blank, parseTemplate, type Template } from './template.ts';

/** Templates by key, as the shop writes them. */
export type Templates = Readonly<Partial<Record<ReasonKey, string>>>;

/** Characters of a template. */
export const longestTemplate = 500;

/** Control characters, line ends and halves of characters; not those that join letters or turn the direction of writing. */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\p{Surrogate}]/u;

/**
 * Templates that can be served, or why not.
 *
 * @returns the same
 * @throws PairwellError `bad-input` for a language that is none, for no templates, and for a key, length, character, brace, placeholder
 *   or form that cannot be
 */
export function checkTemplates(language: string, templates: Readonly<Record<string, string>>): Templates {
  const formats = new Formats(languageTag(language));
  const entries = Object.entries(templates);
  if (entries.length === 0) {
    throw new PairwellError(
      'bad-input',
      'There is no template. Give at least one, or delete those of the language: DELETE /v1/explanations/{language}.',
    );
  }
  for (const [key, text] of entries) readTemplate(key, text, formats);
  return templates as Templates;
}

/**
 * Reads one template and checks that reasons of its key can fill it in.
 *
 * @throws PairwellError `bad-input`, as {@link checkTemplates} does
 */
export function readTemplate(key: string, text: string, formats: Pick<Formats, 'pluralForms'>): Template {
  if (!isReasonKey(key)) {
    throw new PairwellError(
      'bad-input',
      `There is no reason ${quoted(key)}. There are ${reasonKeys.join(', ')}.`,
    );
  }
  const refuse = (why: string) => new PairwellError('bad-input', `The template of ${key} ${why}`, { key });
  if (text.trim() === '') throw refuse('is empty. Leave the key out for the words that come with it.');
  if (text.length > longestTemplate) {
    throw refuse(`has ${text.length} characters; at most ${longestTemplate} are taken. Shorten it.`);
  }
  if (unprintable.test(text)) {
    throw refuse('has a line end, a control character or half of a character. Take it out.');
  }
  const template = parseTemplate(text);
  new Check(key, formats.pluralForms, refuse).pieces(template, false);
  return template;
}

function isReasonKey(key: string): key is ReasonKey {
  return (reasonKeys as readonly string[]).includes(key);
}

/** Cut, as it is said again in an error. */
const quoted = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);

class Check {
  readonly #key: ReasonKey;
  readonly #pluralForms: readonly string[];
  readonly #refuse: (why: string) => PairwellError;

  constructor(key: ReasonKey, pluralForms: readonly string[], refuse: (why: string) => PairwellError) {
    this.#key = key;
    this.#pluralForms = pluralForms;
    this.#refuse = refuse;
  }

  /** @param inEach whether they say something of one name */
  pieces(template: Template, inEach: boolean): void {
    for (const piece of template) if (typeof piece !== 'string') this.#blank(piece, inEach);
  }

  #blank({ name, forms }: Blank, inEach: boolean): void {
    if (name === eachName && inEach && !forms) return;
    this.#name(name);
    if (!forms) return;
    const { kind } = placeholders[name as keyof typeof placeholders];
    if (forms.has('each')) this.#each(name, kind, forms);
    else this.#plural(name, kind, forms);
    for (const [which, form] of forms) this.pieces(form, inEach || which === 'each');
  }

  #name(name: string): void {
    const taken = keyInfos[this.#key].placeholders;
    const instead =
      taken.length === 0
        ? 'It takes none: write text alone.'
        : `It takes ${taken.map((name) => `{${name}}`).join(', ')}.`;
    if (!isPlaceholder(name))
      throw this.#refuse(`asks for ${quoted(`{${name}}`)}, which there is not. ${instead}`);
    if (!taken.includes(name)) {
      throw this.#refuse(`asks for {${name}}, of which reasons of this key know nothing. ${instead}`);
    }
  }

  #each(name: string, kind: PlaceholderKind, forms: ReadonlyMap<string, Template>): void {
    if (kind !== 'names')
      throw this.#refuse(`says each: of {${name}}, which is one. Only {names} are several.`);
    if (forms.size > 1) {
      throw this.#refuse(
        'has other forms beside each:. Put {names, each: …} into the form where it belongs.',
      );
    }
    if (!hasName(forms.get('each')!)) {
      throw this.#refuse(
        `says the same of all names. Write {${eachName}} where each stands: {names, each: “{name}”}.`,
      );
    }
  }

  #plural(name: string, kind: PlaceholderKind, forms: ReadonlyMap<string, Template>): void {
    if (kind === 'text')
      throw this.#refuse(`has forms for {${name}}, which is no number. Write {${name}} alone.`);
    if (!forms.has('other'))
      throw this.#refuse(`has no form other: for {${name}}. Add it, for all that is left.`);
    for (const which of forms.keys()) {
      if (which.startsWith('=') || this.#pluralForms.includes(which)) continue;
      const known = this.#pluralForms.join(', ');
      throw this.#refuse(
        `has a form ${which}: for {${name}}, which its language does not tell apart. It has ${known}; a certain number is written =2.`,
      );
    }
  }
}

/** Whether `{name}` stands in there, in forms or outside. */
function hasName(template: Template): boolean {
  return template.some((piece) => {
    if (typeof piece === 'string') return false;
    return piece.name === eachName || [...(piece.forms?.values() ?? [])].some(hasName);
  });
}
