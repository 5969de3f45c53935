import { PairwellError } from '../../errors.ts';
import { type Reason, type ReasonKey, reasonKeys } from '../reason.ts';
import { en } from './built-in/en.ts';
import { zhHans } from './built-in/zh-hans.ts';
import { zhHant } from './built-in/zh-hant.ts';
import { readTemplate } from './check-templates.ts';
import { Formats } from './formats.ts';
import { acceptedLanguages, LanguageFinder } from './languages.ts';
import { type Sentence, sentenceOf } from './sentence.ts';

/** The languages that reasons can be told in without the shop's doing. */
export const builtInTemplates = { en, 'zh-Hans': zhHans, 'zh-Hant': zhHant } as const satisfies Record<
  string,
  Readonly<Record<ReasonKey, string>>
>;

/** The shop's own templates of one language, by key. */
export interface OwnTemplates {
  /** As `languageTag` spells it. */
  readonly language: string;
  readonly templates: Readonly<Record<string, string>>;
}

/** A template that is in force. */
export interface TemplateInForce {
  /** The one that it is written in: another than was asked for where that has none for the key. */
  readonly language: string;
  readonly text: string;
  /** Whether the shop has written it. */
  readonly isOwn: boolean;
}

interface Compiled extends TemplateInForce {
  readonly sentence: Sentence;
}

/** So many choices of a language are kept: browsers of one country ask for a handful. */
const choicesKept = 1000;

/** Longer headers are read anew each time. */
const longestKept = 200;

/**
 * The words for reasons: the shop's own templates over those that come with it. A key without a template in some language has the one
 * of the default language, else the English one.
 */
export class Wording {
  /** One of {@link languages}. */
  readonly defaultLanguage: string;
  /** Those with a template at least, in order. */
  readonly languages: readonly string[];
  readonly #finder: LanguageFinder;
  readonly #sentences: ReadonlyMap<string, ReadonlyMap<ReasonKey, Compiled>>;
  readonly #formats: Map<string, Formats>;
  readonly #choices = new Map<string, string>();

  /**
   * @param own a template that this version does not understand, as a later one has stored it, is passed over
   * @param defaultLanguage English if there are no templates in it
   * @param formats those that are made already, by language
   */
  constructor(
    own: readonly OwnTemplates[] = [],
    defaultLanguage = 'en',
    formats = new Map<string, Formats>(),
  ) {
    this.#formats = formats;
    const written = new Map<string, Map<ReasonKey, Compiled>>();
    for (const [language, templates] of Object.entries(builtInTemplates))
      this.#write(written, { language, templates }, false);
    for (const templates of own) this.#write(written, templates, true);
    this.languages = [...written.keys()].sort();
    this.defaultLanguage = written.has(defaultLanguage) ? defaultLanguage : 'en';
    this.#finder = new LanguageFinder(this.languages);
    const last = [...this.#finder.for(this.defaultLanguage), 'en'];
    this.#sentences = new Map(
      this.languages.map((language) => {
        const sources = [...this.#finder.for(language), ...last].map((each) => written.get(each)!);
        return [language, new Map(reasonKeys.map((key) => [key, firstOf(sources, key)]))];
      }),
    );
  }

  /** The same with other templates. */
  with(own: readonly OwnTemplates[], defaultLanguage: string): Wording {
    return new Wording(own, defaultLanguage, this.#formats);
  }

  /** @param language one of {@link languages}, as `pick` finds it; the default language's words for any other */
  text(reason: Reason, language: string): string {
    return this.#of(language).get(reason.key)!.sentence(reason);
  }

  /** @param language as for `text` */
  template(key: ReasonKey, language: string): TemplateInForce {
    const { language: written, text, isOwn } = this.#of(language).get(key)!;
    return { language: written, text, isOwn };
  }

  /** The one of {@link languages} that serves best who reads a language; undefined where none does. */
  nearest(wanted: string): string | undefined {
    return this.#finder.for(wanted)[0];
  }

  /**
   * The language to answer in.
   *
   * @param requested the tag that the request itself names
   * @param acceptLanguage the header of that name
   * @returns one of {@link languages}: what serves the request best, else the header, else the default
   */
  pick(requested: string | undefined, acceptLanguage: string | undefined): string {
    const asked = `${requested ?? ''}\n${acceptLanguage ?? ''}`;
    const known = this.#choices.get(asked);
    if (known !== undefined) return known;
    const language = this.#choose(requested, acceptLanguage);
    if (asked.length <= longestKept && this.#choices.size < choicesKept) this.#choices.set(asked, language);
    return language;
  }

  #choose(requested: string | undefined, acceptLanguage: string | undefined): string {
    const accepted = acceptLanguage === undefined ? [] : acceptedLanguages(acceptLanguage);
    for (const wanted of requested === undefined ? accepted : [requested, ...accepted]) {
      if (wanted === '*') break;
      const language = this.nearest(wanted);
      if (language !== undefined) return language;
    }
    return this.defaultLanguage;
  }

  #of(language: string): ReadonlyMap<ReasonKey, Compiled> {
    return this.#sentences.get(language) ?? this.#sentences.get(this.defaultLanguage)!;
  }

  #write(
    written: Map<string, Map<ReasonKey, Compiled>>,
    { language, templates }: OwnTemplates,
    isOwn: boolean,
  ): void {
    const formats = this.#formatsOf(language);
    for (const [key, text] of Object.entries(templates)) {
      const sentence = sentenceFor(key, text, formats);
      if (!sentence) continue;
      const ofLanguage = written.get(language) ?? new Map<ReasonKey, Compiled>();
      written.set(language, ofLanguage.set(key as ReasonKey, { language, text, isOwn, sentence }));
    }
  }

  #formatsOf(language: string): Formats {
    const known = this.#formats.get(language);
    if (known) return known;
    const formats = new Formats(language);
    this.#formats.set(language, formats);
    return formats;
  }
}

/** English has all of them, and is the last. */
function firstOf(sources: readonly ReadonlyMap<ReasonKey, Compiled>[], key: ReasonKey): Compiled {
  return sources.find((source) => source.has(key))!.get(key)!;
}

function sentenceFor(key: string, text: string, formats: Formats): Sentence | undefined {
  try {
    return sentenceOf(readTemplate(key, text, formats), formats);
  } catch (error) {
    if (error instanceof PairwellError) return undefined;
    throw error;
  }
}
