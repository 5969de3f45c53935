import { describe, expect, it } from 'vitest';
import { KeptAnswers } from './kept-answers.ts';

describe('KeptAnswers', () => {
  it('answers anew only when something changed that the answer rests on', () => {
    const kept = new KeptAnswers<number>();
    let made = 0;
    const ask = (question: string, ...restsOn: unknown[]) => kept.of(question, restsOn, () => ++made);
    const shop = {};
    expect(ask('home', shop, 1)).toBe(1);
    expect(ask('home', shop, 1)).toBe(1);
    expect(ask('email', shop, 1)).toBe(2);
    expect(ask('home', shop, 2)).toBe(3);
    expect(ask('home', {}, 2)).toBe(4);
    expect(ask('email', shop, 1)).toBe(2);
  });

  it('keeps nothing of a long question', () => {
    const kept = new KeptAnswers<number>();
    let made = 0;
    const ask = (question: string) => kept.of(question, [], () => ++made);
    expect([ask('x'.repeat(501)), ask('x'.repeat(501))]).toEqual([1, 2]);
    expect([ask('x'.repeat(500)), ask('x'.repeat(500))]).toEqual([3, 3]);
  });

  it('forgets the oldest', () => {
    const kept = new KeptAnswers<number>();
    let made = 0;
    const ask = (question: number) => kept.of(String(question), [], () => ++made);
    for (let question = 0; question < 10_001; question++) ask(question);
    expect(ask(1)).toBe(2);
    expect(ask(0)).toBe(10_002);
  });
});
