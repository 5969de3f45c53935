import { PairwellError } from '../../errors.ts';

/**
 * A language tag as it is usually spelt, such as `zh-Hant-HK` for `ZH-hant-hk`.
 *
 * @throws PairwellError `bad-input` for what is no tag of BCP 47
 */
export function languageTag(text: string): string {
  const tag = canonical(text);
  if (tag !== undefined) return tag;
  throw new PairwellError(
    'bad-input',
    `${JSON.stringify(text)} is no language tag of BCP 47. Write it such as en, de, fr-CA or zh-Hant.`,
  );
}

/** Whether a text is a tag of BCP 47, however it is spelt. */
export const isLanguageTag = (text: string): boolean => canonical(text) !== undefined;

function canonical(text: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(text)[0];
  } catch {
    return undefined;
  }
}

/** Finds which of some languages serve somebody. */
export class LanguageFinder {
  /** Of several that serve alike, the one that does not name a region is meant for all of them and comes first. */
  readonly #languages: readonly { readonly tag: string; readonly likely: string }[];

  /** @param languages as {@link languageTag} spells them */
  constructor(languages: readonly string[]) {
    const hasRegion = (tag: string): boolean => new Intl.Locale(tag).region !== undefined;
    const [wide, regional] = [languages.filter((tag) => !hasRegion(tag)), languages.filter(hasRegion)];
    this.#languages = [...wide, ...regional].map((tag) => ({ tag, likely: likely(tag).baseName }));
  }

  /**
   * Those that serve who reads `wanted`, the best first: the same; the same said in other words, as zh-TW is zh-Hant; the same as
   * another region writes it, as de-AT is served by de. That is the lookup of RFC 4647, section 3.4, but by likely subtags (UTS 35,
   * part 1, section 4.3), so that no one gets a language in a script that they may not read.
   *
   * @param wanted anything; what is no tag is served by nothing
   */
  for(wanted: string): string[] {
    const tag = canonical(wanted);
    if (tag === undefined) return [];
    const full = likely(tag);
    const wide = likely(full.script === undefined ? full.language : `${full.language}-${full.script}`);
    const found = new Set<string>();
    for (const { baseName } of [full, wide])
      for (const other of this.#languages) if (other.likely === baseName) found.add(other.tag);
    return found.delete(tag) ? [tag, ...found] : [...found];
  }
}

/** Language, script and region, those that are not said as they most likely are. */
function likely(tag: string): Intl.Locale {
  const { language, script, region } = new Intl.Locale(tag).maximize();
  return new Intl.Locale(language, { ...(script && { script }), ...(region && { region }) });
}

/** So many entries of a header are read: browsers send a handful. */
const mostAccepted = 20;

/** The tags of an Accept-Language header (RFC 9110, section 12.5.4), the most wanted first; `*` is any. Entries that cannot be read are left. */
export function acceptedLanguages(header: string): string[] {
  const entries = header.split(',', mostAccepted).flatMap((entry) => {
    const found = /^\s*([\w*-]+)\s*(?:;\s*q=([01](?:\.\d{0,3})?)\s*)?$/i.exec(entry);
    return found ? [{ tag: found[1], quality: found[2] === undefined ? 1 : Number(found[2]) }] : [];
  });
  return entries
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag);
}
