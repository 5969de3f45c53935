import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rulesOf } from '../testing/rules.ts';
import { csvChunks } from './csv.ts';
import { readCsvRules } from './read-csv.ts';
import { anyRuleSet, expectBadInput, spelledOut, teaRules, textOfChunks } from './testing/rule-sets.ts';

const heading = 'antecedent,consequent,count,antecedentCount,consequentCount,transactionCount';
const first = '"[""milk""]","[""tea""]",3,4,5,10';
const refuse = (text: string | Uint8Array, ...texts: string[]): void =>
  expectBadInput(() => readCsvRules(text), ...texts);

describe('readCsvRules', () => {
  it('reads back what was written', () => {
    fc.assert(
      fc.property(anyRuleSet(), (set) => {
        const written = Buffer.concat([...csvChunks(set)]);
        const read = readCsvRules(written);
        expect(spelledOut(read)).toEqual(spelledOut(set));
        expect([...read.measures.keys()]).toEqual([...set.measures.keys()]);
        expect(spelledOut(readCsvRules(written.toString()))).toEqual(spelledOut(set));
      }),
    );
  });

  it('gives ids in the order of occurrence, and antecedents in that of ids', () => {
    const { rules, names } = readCsvRules(
      `${heading}\n"[""b"",""a""]","[""c""]",1,2,3,10\n"[""c"",""b""]","[""a""]",1,1,1,10\n`,
    );
    expect(names).toEqual(['b', 'a', 'c']);
    expect([...rules.antecedentItems]).toEqual([0, 1, 0, 2]);
    expect([...rules.consequent]).toEqual([2, 1]);
  });

  it('takes what spreadsheets make of it: a mark, CR LF, columns in another order, rounded figures', () => {
    const { rules, measures } = readCsvRules(
      '\uFEFFtransactionCount,count,consequent,antecedent,x,confidence,antecedentCount,consequentCount\r\n' +
        '10,1,"[""b""]","[""a""]",1e3,0.333333333333333,3,5\r\n\r\n',
    );
    expect(rules).toEqual(rulesOf(10, [{ from: [0], to: 1, support: 1, antecedent: 3, consequent: 5 }]));
    expect(measures).toEqual(new Map([['x', Float64Array.of(1000)]]));
  });

  it('reads a file without rules', () => {
    expect(readCsvRules(heading)).toEqual({ rules: rulesOf(0, []), names: [], measures: new Map() });
  });

  it.each([
    ['', 'empty'],
    ['"', 'Line 1', 'quote'],
    ['a,b\n1,2\n', 'Line 1', 'heading line', 'antecedent, consequent, count'],
    ['"rules","support"\n"{a} => {b}",1\n', 'Line 1', "R's arules", 'write.PMML(rules'],
    [`${heading},count\n`, 'Line 1', '"count"', 'twice'],
    [`${heading}\n${first}\n${first},1\n`, 'Line 3', '7 fields', '6'],
    [`${heading}\n${first}\n\n"[""milk""]`, 'Line', 'quote'],
    [`${heading}\n"[""a""]"x,"[""tea""]",3,4,5,10\n`, 'Line 2', 'quote'],
    [`${heading}\n${first}\nmilk,"[""tea""]",3,4,5,10\n`, 'Line 3', 'antecedent', 'JSON array'],
    [`${heading}\n[1],"[""tea""]",3,4,5,10\n`, 'Line 2', 'JSON array'],
    [`${heading}\n"[""milk""]","[""tea"",""rum""]",3,4,5,10\n`, 'Line 2', '2 items', 'only one'],
    [`${heading}\n[],"[""tea""]",3,4,5,10\n`, 'Line 2', 'without an antecedent'],
    [`${heading}\n"[""a"",""a""]","[""tea""]",3,4,5,10\n`, 'Line 2', 'twice'],
    [`${heading}\n"[""tea""]","[""tea""]",3,4,5,10\n`, 'Line 2', 'antecedent too'],
    [`${heading}\n"[""milk""]","[""tea""]",three,4,5,10\n`, 'Line 2', 'count', '"three"'],
    [`${heading}\n"[""milk""]","[""tea""]",,4,5,10\n`, 'Line 2', 'count'],
    [`${heading}\n"[""milk""]","[""tea""]",2.5,4,5,10\n`, 'Line 2', 'whole', '2.5'],
    [`${heading}\n"[""milk""]","[""tea""]",3,4,5,-1\n`, 'transactions', '-1'],
    [`${heading}\n"[""milk""]","[""tea""]",5,4,5,10\n`, 'Line 2', '5 cannot hold the rule'],
    [`${heading}\n"[""milk""]","[""tea""]",1,8,8,10\n`, 'Line 2', 'of 10 transactions'],
    [`${heading}\n"[""milk""]","[""tea""]",0,0,5,10\n`, 'Line 2', '0 its antecedent'],
    [`${heading}\n${first}\n"[""milk""]","[""tea""]",3,4,5,11\n`, 'Line 3', '11', '10'],
    [`${heading},lift\n${first},1.6\n`, 'Line 2', 'lift of 1.6', '1.5'],
    [`${heading},lift\n${first},NaN\n`, 'Line 2', 'lift of NaN'],
    [`${heading},phi\n${first},high\n`, 'Line 2', 'phi', '"high"'],
  ])('refuses %j', refuse);

  it('refuses bytes that are no text', () => refuse(Uint8Array.of(0xff, 0x41), 'utf-8'));

  it('reads the sample that the writer is shown with', () => {
    expect(readCsvRules(textOfChunks(csvChunks(teaRules))).measures).toEqual(teaRules.measures);
  });
});
