import { describe, expect, it } from 'vitest';
import { rulesOf } from '../testing/rules.ts';
import { pmmlChunks } from './pmml.ts';
import { teaRules, textOfChunks } from './testing/rule-sets.ts';

describe('pmmlChunks', () => {
  it('writes an association model', () => {
    expect(textOfChunks(pmmlChunks(teaRules))).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4">
  <Header description="Association rules">
    <Application name="Pairwell"/>
  </Header>
  <DataDictionary numberOfFields="2">
    <DataField name="transaction" optype="categorical" dataType="string"/>
    <DataField name="item" optype="categorical" dataType="string"/>
  </DataDictionary>
  <AssociationModel functionName="associationRules" numberOfTransactions="10" minimumSupport="0.3" \
minimumConfidence="0.75" numberOfItems="3" numberOfItemsets="3" numberOfRules="2">
    <MiningSchema>
      <MiningField name="transaction" usageType="group"/>
      <MiningField name="item" usageType="active"/>
    </MiningSchema>
    <Item id="0" value="whole milk"/>
    <Item id="1" value="tea, &quot;green&quot;"/>
    <Item id="2" value="漢"/>
    <Itemset id="0" support="0.4" numberOfItems="2"><ItemRef itemRef="0"/><ItemRef itemRef="2"/></Itemset>
    <Itemset id="1" support="0.5" numberOfItems="1"><ItemRef itemRef="1"/></Itemset>
    <Itemset id="2" support="0.6" numberOfItems="1"><ItemRef itemRef="0"/></Itemset>
    <AssociationRule antecedent="0" consequent="1" support="0.3" confidence="0.75" lift="1.5" leverage="0.1" \
affinity="0.5"><Extension extender="Pairwell" name="counts" value="3 4 5"/>\
<Extension extender="Pairwell" name="measure:conviction" value="2"/>\
<Extension extender="Pairwell" name="measure:chi²" value="NaN"/></AssociationRule>
    <AssociationRule antecedent="1" consequent="2" support="0.5" confidence="1" lift="1.6666666666666667" \
leverage="0.2" affinity="0.8333333333333334"><Extension extender="Pairwell" name="counts" value="5 5 6"/>\
<Extension extender="Pairwell" name="measure:conviction" value="Infinity"/>\
<Extension extender="Pairwell" name="measure:chi²" value="0.1"/></AssociationRule>
  </AssociationModel>
</PMML>
`);
  });

  it('escapes what XML would take for markup or blanks', () => {
    const names = ['<&>"\'\t\r\n ', 'b'];
    expect(textOfChunks(pmmlChunks({ rules: rulesOf(1, []), names }))).toContain(
      '<Item id="0" value="&lt;&amp;&gt;&quot;\'&#9;&#13;&#10; "/>',
    );
  });

  it('keeps in an extension a name that XML cannot hold', () => {
    const names = ['a\u0000"\uFFFE\uD800'];
    expect(textOfChunks(pmmlChunks({ rules: rulesOf(1, []), names }))).toContain(
      '<Item id="0" value="a\uFFFD&quot;\uFFFD\uFFFD"><Extension extender="Pairwell" name="name" ' +
        'value="&quot;a\\u0000\\&quot;\\ufffe\\ud800&quot;"/></Item>',
    );
  });

  it('refuses the name of a measure that XML cannot hold', () => {
    const set = { ...teaRules, measures: new Map([['\u0001', Float64Array.of(1, 2)]]) };
    expect(() => [...pmmlChunks(set)]).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });

  it('writes no rules at all', () => {
    expect(textOfChunks(pmmlChunks({ rules: rulesOf(0, []), names: [] }))).toContain(
      'numberOfTransactions="0" minimumSupport="0" minimumConfidence="0" numberOfItems="0" numberOfItemsets="0" ' +
        'numberOfRules="0"',
    );
  });
});
