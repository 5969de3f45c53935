import { describe, expect, it } from 'vitest';
import { acceptedLanguages, LanguageFinder, languageTag } from './languages.ts';

describe('languageTag', () => {
  it.each([
    ['DE', 'de'],
    ['ZH-hant-hk', 'zh-Hant-HK'],
    ['fr-ca', 'fr-CA'],
    ['iw', 'he'],
  ])('spells %s as %s', (text, tag) => {
    expect(languageTag(text)).toBe(tag);
  });

  it.each(['', 'en_GB', 'german!', 'e', '../en', 'en GB'])('refuses %j with what to write', (text) => {
    expect(() => languageTag(text)).toThrowError(
      expect.objectContaining({
        code: 'bad-input',
        message: expect.stringContaining('such as en, de, fr-CA'),
      }),
    );
  });
});

describe('LanguageFinder', () => {
  const finder = new LanguageFinder(['de', 'en', 'pt-BR', 'sr', 'zh-Hans', 'zh-TW', 'zh-Hant']);

  it.each([
    ['zh', ['zh-Hans']],
    ['zh-CN', ['zh-Hans']],
    ['zh-SG', ['zh-Hans']],
    ['zh-MY', ['zh-Hans']],
    ['zh-TW', ['zh-TW', 'zh-Hant']],
    ['zh-HK', ['zh-Hant', 'zh-TW']],
    ['zh-MO', ['zh-Hant', 'zh-TW']],
    ['zh-Hant-HK', ['zh-Hant', 'zh-TW']],
    ['zh-Hans-HK', ['zh-Hans']],
    ['en-US', ['en']],
    ['de-AT', ['de']],
    ['de-Latn-AT-1996', ['de']],
    ['pt', ['pt-BR']],
    ['pt-PT', ['pt-BR']],
    ['sr-RS', ['sr']],
    // Who asks for the Latin script may not read the Cyrillic one.
    ['sr-Latn', []],
    ['fr', []],
    ['qaa', []],
    ['no tag', []],
  ])('finds who serves %s: %j', (wanted, languages) => {
    expect(finder.for(wanted)).toEqual(languages);
  });
});

describe('acceptedLanguages', () => {
  it.each([
    ['zh-TW,zh;q=0.9,en-US;q=0.8,en;q=0.7', ['zh-TW', 'zh', 'en-US', 'en']],
    ['en;q=0.3, de ;q=0.9 , fr', ['fr', 'de', 'en']],
    ['en;q=0, de;q=0.0, *;q=0.5', ['*']],
    ['de;q=2, en;q=x, ;q=1, fr;level=1', []],
    ['', []],
  ])('reads %j', (header, tags) => {
    expect(acceptedLanguages(header)).toEqual(tags);
  });

  it('reads the first twenty of a header made to keep it busy', () => {
    expect(acceptedLanguages('de,'.repeat(5000))).toHaveLength(20);
  });
});
