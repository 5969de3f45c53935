import { describe, expect, it } from 'vitest';
import { csvChunks } from './csv.ts';
import { teaRules, textOfChunks } from './testing/rule-sets.ts';

describe('csvChunks', () => {
  it('writes a heading line, then a rule a line', () => {
    expect(textOfChunks(csvChunks(teaRules))).toBe(
      'antecedent,consequent,count,support,confidence,lift,antecedentCount,consequentCount,transactionCount,' +
        '"conviction","chi²"\n' +
        '"[""whole milk"",""漢""]","[""tea, \\""green\\""""]",3,0.3,0.75,1.5,4,5,10,2,NaN\n' +
        '"[""tea, \\""green\\""""]","[""whole milk""]",5,0.5,1,1.6666666666666667,5,6,10,Infinity,0.1\n',
    );
  });

  it('refuses a measure that is named like a column', () => {
    const set = { ...teaRules, measures: new Map([['lift', Float64Array.of(1, 2)]]) };
    expect(() => [...csvChunks(set)]).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });
});
