import { describe, expect, it } from 'vitest';
import { arulesChunks } from './arules.ts';
import { teaRules, textOfChunks } from './testing/rule-sets.ts';

describe('arulesChunks', () => {
  it('writes rules as arules does', () => {
    expect(textOfChunks(arulesChunks(teaRules))).toBe(
      '"rules","support","confidence","coverage","lift","count","conviction","chi²"\n' +
        '"{whole milk,漢} => {tea, ""green""}",0.3,0.75,0.4,1.5,3,2,NaN\n' +
        '"{tea, ""green""} => {whole milk}",0.5,1,0.5,1.6666666666666667,5,Inf,0.1\n',
    );
  });

  it('refuses a measure that is named like a column', () => {
    const set = { ...teaRules, measures: new Map([['coverage', Float64Array.of(1, 2)]]) };
    expect(() => [...arulesChunks(set)]).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });
});
