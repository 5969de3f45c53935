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

  it('forgets the oldest', () => {
    const kept = new KeptAnswers<number>();
    let made = 0;
    const ask = (question: number) => kept.of(String(question), [], () => ++made);
    for (let question = 0; question < 10_001; question++) ask(question);
    expect(ask(1)).toBe(2);
    expect(ask(0)).toBe(10_002);
  });
});
