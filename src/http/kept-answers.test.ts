import { describe, expect, it } from 'vitest';
import { KeptAnswers } from './kept-answers.ts';

describe('KeptAnswers', () => {
  it('are found only while nothing has changed that they rest on', () => {
    const kept = new KeptAnswers<string>(100);
    const shop = {};
    const find = (question: string, ...restsOn: unknown[]) => kept.find(question, () => restsOn);
    expect(find('home', shop, 1)).toBeUndefined();
    kept.keep('home', 'first', [shop, 1]);
    expect(find('home', shop, 1)).toBe('first');
    expect(find('email', shop, 1)).toBeUndefined();
    expect(find('home', shop, 2)).toBeUndefined();
    expect(find('home', {}, 1)).toBeUndefined();
    kept.keep('home', 'second', [shop, 2]);
    expect(find('home', shop, 2)).toBe('second');
    expect(find('home', shop, 1)).toBeUndefined();
  });

  it('may rest on what they say', () => {
    const kept = new KeptAnswers<{ customer: string }>(100);
    kept.keep('home', { customer: 'ann' }, ['ann']);
    expect(kept.find('home', ({ customer }) => [customer])).toEqual({ customer: 'ann' });
    expect(kept.find('home', ({ customer }) => [`${customer}e`])).toBeUndefined();
  });

  it.each([
    [500, 'kept'],
    [501, undefined],
  ])('of a question of %i characters: %s', (length, answer) => {
    const kept = new KeptAnswers<string>(100);
    kept.keep('x'.repeat(length), 'kept', []);
    expect(kept.find('x'.repeat(length), () => [])).toBe(answer);
  });

  it('are forgotten, the oldest first, when there are too many', () => {
    const kept = new KeptAnswers<number>(3);
    const held = () => [0, 1, 2, 3].filter((question) => kept.find(String(question), () => []) === question);
    for (const question of [0, 1, 2]) kept.keep(String(question), question, []);
    kept.keep('0', 0, []);
    kept.keep('3', 3, []);
    expect(held()).toEqual([0, 2, 3]);
  });

  it('are none where none are to be kept', () => {
    const kept = new KeptAnswers<string>(0);
    kept.keep('home', 'first', []);
    expect(kept.find('home', () => [])).toBeUndefined();
  });
});
