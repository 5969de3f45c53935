import { describe, expect, it } from 'vitest';
import { jsonChunks } from './json.ts';
import { teaRules, textOfChunks } from './testing/rule-sets.ts';

describe('jsonChunks', () => {
  it('writes one object, a rule a line', () => {
    expect(textOfChunks(jsonChunks(teaRules))).toBe(
      '{"transactionCount":10,"items":["whole milk","tea, \\"green\\"","漢"],"measures":["conviction","chi²"],"rules":[\n' +
        '{"antecedent":["whole milk","漢"],"consequent":"tea, \\"green\\"","count":3,"support":0.3,"confidence":0.75,' +
        '"lift":1.5,"antecedentCount":4,"consequentCount":5,"measures":{"conviction":2,"chi²":"NaN"}},\n' +
        '{"antecedent":["tea, \\"green\\""],"consequent":"whole milk","count":5,"support":0.5,"confidence":1,' +
        '"lift":1.6666666666666667,"antecedentCount":5,"consequentCount":6,' +
        '"measures":{"conviction":"Infinity","chi²":0.1}}\n' +
        ']}\n',
    );
  });
});
