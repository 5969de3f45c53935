import { describe, expect, it } from 'vitest';
import { Formats } from './formats.ts';

const en = new Formats('en');

describe('Formats', () => {
  it.each([
    [1, '100%'],
    [0.999, '99%'],
    [0.995, '99%'],
    [0.27, '27%'],
    [0.1, '10%'],
    [0.09951, '10%'],
    [0.0994, '9.9%'],
    [1 / 32, '3.1%'],
    [0.03, '3.0%'],
    [0.0005, '0.1%'],
    [0.00043, '0.04%'],
    [0, '0.0%'],
  ])('writes the share %d as %s: only all is 100%%', (share, text) => {
    expect(en.share(share)).toBe(text);
  });

  it.each([
    [0.4, '1 day'],
    [1, '1 day'],
    [13, '13 days'],
    [14, '2 weeks'],
    [17, '2 weeks'],
    [27.5, '4 weeks'],
    [60, '9 weeks'],
    [61, '2 months'],
    [365, '12 months'],
    [700, '23 months'],
    [731, '2 years'],
  ])('writes an interval of %d days as %s', (days, text) => {
    expect(en.interval(days)).toBe(text);
  });

  it.each([
    [-3, 'today'],
    [0, 'today'],
    [1, 'yesterday'],
    [30, '30 days ago'],
    [31, '4 weeks ago'],
    [61, '2 months ago'],
    [800, '2 years ago'],
  ])('writes what was %d days ago as %s', (days, text) => {
    expect(en.past(days)).toBe(text);
  });

  it('writes as each language does', () => {
    const written = (language: string) => {
      const formats = new Formats(language);
      const names = formats.names(['A', 'B', 'C']);
      return [names, formats.count(1234567), formats.interval(28), formats.past(1), formats.past(27)];
    };
    expect(written('en')).toEqual(['A, B and C', '1,234,567', '4 weeks', 'yesterday', '27 days ago']);
    expect(written('en-US')[0]).toBe('A, B, and C');
    expect(written('de')).toEqual(['A, B und C', '1.234.567', '4 Wochen', 'gestern', 'vor 27 Tagen']);
    expect(written('zh-Hans')).toEqual(['A、B和C', '1,234,567', '4周', '昨天', '27天前']);
    expect(written('zh-Hant')).toEqual(['A、B和C', '1,234,567', '4 週', '昨天', '27 天前']);
    expect(new Formats('fr').share(0.27)).toMatch(/^27\s%$/);
    expect(new Formats('ar').pluralForms).toEqual(
      expect.arrayContaining(['zero', 'one', 'two', 'few', 'many', 'other']),
    );
  });

  it('writes a language that the runtime does not know as English, wherever it runs', () => {
    expect(new Formats('qaa').names(['A', 'B'])).toBe('A and B');
    expect(new Formats('qaa').past(27)).toBe('27 days ago');
  });

  it('has a dash for what is not known', () => {
    const { nothing }: { nothing?: undefined } = {};
    const unknown = [
      ...[nothing, Number.NaN, Number.POSITIVE_INFINITY].flatMap((figure) => [
        en.share(figure),
        en.count(figure),
        en.interval(figure),
        en.past(figure),
      ]),
      ...[en.names([]), en.text(undefined), en.text('')],
    ];
    expect(new Set(unknown)).toEqual(new Set(['–']));
  });
});
