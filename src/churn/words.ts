/** The same in the languages that words come in without the shop's doing. */
export interface Words {
  readonly en: string;
  readonly 'zh-Hans': string;
  readonly 'zh-Hant': string;
}

/** Short for a table of words. */
export const words = (en: string, hans: string, hant: string): Words => ({
  en,
  'zh-Hans': hans,
  'zh-Hant': hant,
});

/** The same sentence in all languages, made by one function of the words' language. */
export const inAll = (make: (language: keyof Words) => string): Words =>
  words(make('en'), make('zh-Hans'), make('zh-Hant'));

/** One text after the other. */
export const joined = (...texts: readonly Words[]): Words =>
  inAll((language) => texts.map((text) => text[language]).join(language === 'en' ? ' ' : ''));

/** A share as per cents, with a decimal under ten, such as `4.2 %` in English and `4.2%` in Chinese. */
export function percents(share: number, language: keyof Words): string {
  const value = share * 100;
  const text = Math.abs(value) < 9.95 ? Number(value.toFixed(1)) : Math.round(value);
  return language === 'en' ? `${text} %` : `${text}%`;
}

/** Three digits, without an exponent, and thousands parted: 1234.5 is `1,235`. */
export function figure(value: number): string {
  if (Math.abs(value) < 100) return String(Number(value.toPrecision(3)));
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');
}
