/** The same in each language that the console and reports are read in. */
export interface LocalText {
  readonly en: string;
  readonly 'zh-Hans': string;
  readonly 'zh-Hant': string;
}

/** One text after the other. */
export function joinTexts(...texts: readonly LocalText[]): LocalText {
  return {
    en: texts.map(({ en }) => en).join(' '),
    'zh-Hans': texts.map((text) => text['zh-Hans']).join(''),
    'zh-Hant': texts.map((text) => text['zh-Hant']).join(''),
  };
}
