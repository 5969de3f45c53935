import { describe, expect, it } from 'vitest';
import { checkTemplates } from './check-templates.ts';

describe('checkTemplates', () => {
  it('takes what reasons can fill in', () => {
    const templates = {
      selling: 'In {orders, one: einer Bestellung, other: {orders} Bestellungen}, in vier Wochen.',
      bundle: 'Zusammen mit {names, =2: beiden: {names}, other: {names, each: „{name}“}} ({confidence})',
      chosen: 'Für Sie ausgesucht.',
    };
    expect(checkTemplates('de', templates)).toEqual(templates);
    // Six forms, letters that join, and marks of direction.
    const few = '\u200f{orders, zero: a, one: b, two: c, few: d, many: e, other: f}\u200d';
    expect(checkTemplates('ar', { popular: few })).toEqual({ popular: few });
    expect(checkTemplates('en', { popular: 'x'.repeat(500) })).toBeTruthy();
  });

  it.each<[string, string, Record<string, string>, RegExp]>([
    ['no language', 'de_AT', { chosen: 'x' }, /"de_AT" is no language tag of BCP 47. Write it such as/],
    ['no templates', 'de', {}, /Give at least one, or delete/],
    ['an unknown key', 'de', { rule: 'x' }, /There is no reason "rule". There are goes-with-one, .*chosen/],
    ['a key of objects', 'de', { constructor: 'x' }, /There is no reason "constructor"/],
    ['no text', 'de', { chosen: ' \u00a0' }, /template of chosen is empty. Leave the key out/],
    ['too long a text', 'de', { chosen: 'x'.repeat(501) }, /has 501 characters; at most 500/],
    ['a line end', 'de', { chosen: 'a\nb' }, /line end, a control character/],
    ['a zero character', 'de', { chosen: 'a\0b' }, /control character/],
    ['half of a character', 'de', { chosen: 'a\ud800b' }, /half of a character/],
    [
      'an unknown placeholder',
      'de',
      { selling: '{price}' },
      /"\{price\}", which there is not. It takes \{orders\}\./,
    ],
    ['a property of objects', 'de', { selling: '{toString}' }, /which there is not/],
    ['an empty placeholder', 'de', { selling: 'a {} b' }, /"\{\}", which there is not/],
    [
      'what the key has no figure for',
      'de',
      { selling: '{names}' },
      /\{names\}, of which reasons of this key know nothing. It takes \{orders\}/,
    ],
    ['what no reason has', 'de', { chosen: '{orders}' }, /It takes none: write text alone/],
    [
      'a name outside of each',
      'de',
      { alike: '{name}' },
      /"\{name\}", which there is not. It takes \{names\}/,
    ],
    ['what stands in a form', 'de', { selling: '{orders, other: {names}}' }, /\{names\}, of which/],
    ['an open brace', 'de', { selling: 'a {orders b' }, /a \{ without its \}, at character 3 of/],
    [
      'an open form',
      'de',
      { selling: '{orders, one: a, other: {orders}' },
      /a \{ without its \}, at character 1 of/,
    ],
    ['a closing brace', 'de', { selling: 'a } b' }, /a \} without its \{, at character 3 of/],
    ['a brace in braces', 'de', { selling: '{{orders}}' }, /a \{ without its \}, at character 1 of/],
    [
      'a form without a name',
      'de',
      { selling: '{orders, Bestellung}' },
      /comes a form, such as one: .* at character 8/,
    ],
    [
      'a form twice',
      'de',
      { selling: '{orders, other: a, other: b}' },
      /form other: stands there twice, at character 18/,
    ],
    ['no other form', 'de', { selling: '{orders, one: a}' }, /no form other: for \{orders\}/],
    [
      'a form that the language lacks',
      'en',
      { selling: '{orders, few: a, other: b}' },
      /does not tell apart. It has one, other; a certain number is written =2/,
    ],
    [
      'forms of a text',
      'de',
      { 'popular-in-segment': '{segment, other: a}' },
      /\{segment\}, which is no number/,
    ],
    ['each of a number', 'de', { selling: '{orders, each: {name}}' }, /Only \{names\} are several/],
    ['each without the name', 'de', { alike: '{names, each: a}' }, /Write \{name\} where each stands/],
    [
      'each beside other forms',
      'de',
      { alike: '{names, each: {name}, other: b}' },
      /other forms beside each:/,
    ],
  ])('refuses %s', (_, language, templates, message) => {
    expect(() => checkTemplates(language, templates)).toThrowError(
      expect.objectContaining({ code: 'bad-input', message: expect.stringMatching(message) }),
    );
  });
});
