import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TransactionsBuilder } from '../../baskets/builder.ts';
import { apriori } from '../../mining/apriori.ts';
import { generateRules } from '../generate.ts';
import { rulesOf } from '../testing/rules.ts';
import { pmmlChunks } from './pmml.ts';
import { readPmmlRules } from './read-pmml.ts';
import { anyRuleSet, expectBadInput, teaRules, textOfChunks } from './testing/rule-sets.ts';

/** As arules' write.PMML has it (R package pmml): ids from 1, no supports of itemsets, fifteen digits. */
const fromArules = `<?xml version="1.0"?>
<PMML version="4.4.1" xmlns="http://www.dmg.org/PMML-4_4" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://www.dmg.org/PMML-4_4 http://www.dmg.org/pmml/v4-4/pmml-4-4.xsd">
 <Header copyright="Copyright (c) 2024 someone" description="arules association rules model">
  <Extension name="user" value="someone" extender="SoftwareAG PMML Generator"/>
  <Application name="SoftwareAG PMML Generator" version="2.5.2"/>
  <Timestamp>2024-05-01 12:00:00</Timestamp>
 </Header>
 <DataDictionary numberOfFields="2">
  <DataField name="transaction" optype="categorical" dataType="string"/>
  <DataField name="item" optype="categorical" dataType="string"/>
 </DataDictionary>
 <AssociationModel functionName="associationRules" numberOfTransactions="9835" numberOfItems="3" \
minimumSupport="0.001" minimumConfidence="0.8" numberOfItemsets="3" numberOfRules="2">
  <MiningSchema>
   <MiningField name="transaction" usageType="group"/>
   <MiningField name="item" usageType="active"/>
  </MiningSchema>
  <Item id="1" value="liquor"/>
  <Item id="2" value="red/blush wine"/>
  <Item id="3" value="bottled beer"/>
  <Itemset id="1" numberOfItems="2">
   <ItemRef itemRef="1"/>
   <ItemRef itemRef="2"/>
  </Itemset>
  <Itemset id="2" numberOfItems="1">
   <ItemRef itemRef="1"/>
  </Itemset>
  <Itemset id="3" numberOfItems="1">
   <ItemRef itemRef="3"/>
  </Itemset>
  <AssociationRule support="0.00193187595322827" confidence="0.904761904761905" lift="11.2352693602694" \
antecedent="1" consequent="3"/>
  <AssociationRule support="0.00467717336044738" confidence="0.422018348623853" lift="5.24059401352979" \
antecedent="2" consequent="3"/>
 </AssociationModel>
</PMML>
`;

/** As KNIME and others have it: an older version, supports of itemsets, no lift. */
const withSupports = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE PMML>
<PMML version="3.2" xmlns="http://www.dmg.org/PMML-3_2">
  <Header copyright="KNIME"/>
  <DataDictionary numberOfFields="1"><DataField name="i" optype="categorical" dataType="string"/></DataDictionary>
  <AssociationModel functionName="associationRules" numberOfTransactions="4" minimumSupport="0.5" \
minimumConfidence="0.5" numberOfItems="2" numberOfItemsets="2" numberOfRules="2">
    <MiningSchema><MiningField name="i"/></MiningSchema>
    <Item id="x" value="Cracker"><Extension name="note"><Item id="z" value="none"/></Extension></Item>
    <Item id="y" value="Coke"/>
    <Itemset id="b" support="0.75"><ItemRef itemRef="y"/></Itemset>
    <Itemset id="a" support="0.5"><ItemRef itemRef="x"/></Itemset>
    <AssociationRule support="0.5" confidence="0.67" antecedent="b" consequent="a"/>
    <AssociationRule support="0.5" confidence="1.0" antecedent="a" consequent="b" id="7"/>
    <Extension extender="other" name="counts" value="1 1 1"/>
  </AssociationModel>
</PMML>
`;

describe('readPmmlRules', () => {
  it('reads back what was written', () => {
    fc.assert(
      fc.property(anyRuleSet(), (set) => {
        const written = Buffer.concat([...pmmlChunks(set)]);
        // The names of measures stand with the rules.
        const measures = set.rules.consequent.length > 0 ? set.measures : new Map();
        expect(readPmmlRules(written)).toEqual({ ...set, measures });
        expect(readPmmlRules(written.toString())).toEqual({ ...set, measures });
      }),
    );
  });

  it('finds the counts of mined rules without our extensions, with and without supports of itemsets', () => {
    const baskets = fc.array(fc.uniqueArray(fc.nat(5), { maxLength: 5 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(baskets, fc.boolean(), (baskets, keepSupports) => {
        const builder = new TransactionsBuilder();
        for (const basket of baskets) builder.add(basket);
        const itemsets = apriori(builder.build(), { minSupport: 1 });
        const rules = generateRules(itemsets, baskets.length, { minConfidence: 0 });
        const names = ['a', 'b', 'c', 'd', 'e', 'f'];
        const plain = textOfChunks(pmmlChunks({ rules, names })).replaceAll(/<Extension [^>]*\/>/g, '');
        const text = keepSupports ? plain : plain.replaceAll(/(<Itemset id="\d+") support="[^"]*"/g, '$1');
        expect(readPmmlRules(text).rules).toEqual(rules);
      }),
      { numRuns: 50 },
    );
  });

  it("reads what R's arules writes", () => {
    expect(readPmmlRules(fromArules)).toEqual({
      rules: rulesOf(9835, [
        { from: [0, 1], to: 2, support: 19, antecedent: 21, consequent: 792 },
        { from: [0], to: 2, support: 46, antecedent: 109, consequent: 792 },
      ]),
      names: ['liquor', 'red/blush wine', 'bottled beer'],
      measures: new Map(),
    });
  });

  it('reads an older version with supports of itemsets and no lift', () => {
    expect(readPmmlRules(withSupports)).toEqual({
      rules: rulesOf(4, [
        { from: [1], to: 0, support: 2, antecedent: 3, consequent: 2 },
        { from: [0], to: 1, support: 2, antecedent: 2, consequent: 3 },
      ]),
      names: ['Cracker', 'Coke'],
      measures: new Map(),
    });
  });

  it('reads elements with a prefix', () => {
    const text = textOfChunks(pmmlChunks(teaRules))
      .replaceAll(/<(\/?)(\w)/g, '<$1p:$2')
      .replace('xmlns=', 'xmlns:p=');
    expect(readPmmlRules(text)).toEqual(teaRules);
  });

  it.each([
    ['a web page', '<html><body>Not found</body></html>', 'Line 1', 'HTML page'],
    ['a sloppy web page', '<!DOCTYPE html>\n<html lang="en"><br></html>', 'Line 2', 'HTML page'],
    ['a feed', '<rss/>', '<rss>', 'not PMML'],
    ['JSON', '{"rules": []}', 'Line 1', 'not XML'],
    ['a file cut short', fromArules.slice(0, -20), 'Line 32', 'not XML'],
    ['no model', '<PMML><Header/><DataDictionary/></PMML>', 'without a model'],
    ['another model', '<PMML><Header/><TreeModel/></PMML>', 'TreeModel', 'AssociationModel is needed'],
    ['two models', fromArules.replace('</PMML>', '<AssociationModel/></PMML>'), 'a second AssociationModel'],
    ['no transactions', '<PMML>\n<AssociationModel/></PMML>', 'Line 2', 'numberOfTransactions is missing'],
    [
      'some transactions',
      '<PMML><AssociationModel numberOfTransactions="many"/></PMML>',
      'numberOfTransactions',
      '"many"',
    ],
  ])('refuses %s', (_, text, ...texts) => expectBadInput(() => readPmmlRules(text), ...texts));

  it.each([
    [' consequent="3"/>', ' consequent="9"/>', 'Line 30', '"9"', 'not there'],
    [' consequent="3"/>', ' consequent="1"/>', '2 items in the consequent', 'only one'],
    [' consequent="3"/>', '/>', 'consequent is missing'],
    ['antecedent="1"', 'antecedent="3"', 'Line 30', 'antecedent too'],
    ['<ItemRef itemRef="3"/>', '', '0 items in the consequent'],
    ['<ItemRef itemRef="3"/>', '<ItemRef itemRef="4"/>', 'Line 27', 'no item with the id "4"'],
    ['<ItemRef itemRef="3"/>', '<ItemRef/>', 'itemRef is missing'],
    ['   <ItemRef itemRef="1"/>\n   <ItemRef itemRef="2"/>\n', '', 'without an antecedent'],
    ['<ItemRef itemRef="2"/>', '<ItemRef itemRef="1"/>', 'twice in the antecedent'],
    ['<Item id="3" value="bottled beer"/>', '<Item id="3"/>', 'Line 19', 'value is missing'],
    ['<Item id="3"', '<Item id="2"', 'Line 19', 'a second item with the id "2"'],
    ['value="bottled beer"', 'value="liquor"', 'Line 19', 'a second item "liquor"'],
    ['<Itemset id="3"', '<Itemset id="1"', 'a second itemset with the id "1"'],
    ['numberOfRules="2"', 'numberOfRules="3"', 'numberOfRules is 3', 'holds 2'],
    ['support="0.00193187595322827"', 'support="0.00198187595322827"', 'Line 30', 'support does not fit'],
    ['support="0.00193187595322827"', 'support="high"', 'Line 30', 'support', '"high"'],
    ['confidence="0.904761904761905"', 'confidence="0.914761904761905"', 'antecedent does not fit'],
    ['lift="11.2352693602694"', 'lift="0.112352693602694"', 'consequent does not fit'],
    ['lift="11.2352693602694"', '', 'neither a lift nor'],
    ['numberOfTransactions="9835"', 'numberOfTransactions="100"', 'support does not fit'],
  ])('refuses a file in which %j is %j', (whole, broken, ...texts) => {
    expect(fromArules).toContain(whole);
    expectBadInput(() => readPmmlRules(fromArules.replace(whole, broken)), ...texts);
  });

  it.each([
    ['value="3 4 5"', 'value="3 4"', '"counts"', 'three numbers'],
    ['value="3 4 5"', 'value="3 4 11"', '3 cannot hold the rule'],
    ['value="3 4 5"', 'value="2 4 5"', 'support of 0.3 contradicts'],
    ['<Extension extender="Pairwell" name="measure:conviction" value="Infinity"/>', '', 'other measures'],
    ['name="measure:conviction" value="Infinity"', 'name="measure:phi" value="1"', 'measure:conviction'],
    [
      'value="whole milk"/>',
      'value="whole milk"><Extension extender="Pairwell" name="name" value="1"/></Item>',
      'JSON',
    ],
    [
      'value="whole milk"/>',
      'value="whole milk"><Extension extender="Pairwell" name="name" value="a"/></Item>',
      'JSON',
    ],
  ])('refuses a file of ours in which %j is %j', (whole, broken, ...texts) => {
    const text = textOfChunks(pmmlChunks(teaRules));
    expect(text).toContain(whole);
    expectBadInput(() => readPmmlRules(text.replace(whole, broken)), ...texts);
  });

  it('expands no entities (a billion laughs)', () => {
    const bomb = `<!DOCTYPE PMML [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>${fromArules.slice(fromArules.indexOf('<PMML'))}`;
    expectBadInput(() => readPmmlRules(bomb.replace('liquor', '&b;')), 'undefined entity');
  });
});
