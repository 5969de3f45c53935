import { describe, expect, it } from 'vitest';
import { type Attributes, parseXml } from './parse-xml.ts';
import { expectBadInput } from './testing/rule-sets.ts';

function elements(input: string | Uint8Array): [string, Attributes, string][] {
  const opened: [string, Attributes, string][] = [];
  parseXml(input, {
    open: (name, attributes, where) => opened.push([name, { ...attributes }, where]),
    close: () => undefined,
  });
  return opened;
}

const value = (input: Uint8Array): string | undefined => elements(input)[0]?.[1].v;

describe('parseXml', () => {
  it('hands on elements without their prefixes', () => {
    expect(
      elements('<!-- x --><p:a xmlns:p="urn:p">\n<b c="&lt;&#x4E2D;&#10;"/>text<![CDATA[<d/>]]></p:a>'),
    ).toEqual([
      ['a', { 'xmlns:p': 'urn:p' }, 'Line 1'],
      ['b', { c: '<中\n' }, 'Line 2'],
    ]);
  });

  it('reads bytes in the encoding that they declare', () => {
    const latin = Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a v="é"/>', 'latin1');
    expect(value(latin)).toBe('é');
    expect(value(Buffer.from('<?xml version="1.0"?><a v="é"/>'))).toBe('é');
    const wide = Buffer.from('\uFEFF<?xml version="1.0" encoding="UTF-16"?><a v="漢"/>', 'utf16le');
    expect(value(wide)).toBe('漢');
    expect(value(Buffer.from(wide).swap16())).toBe('漢');
    expectBadInput(() => elements(Buffer.from("<?xml version='1.0' encoding='klingon'?><a/>")), '"klingon"');
    expectBadInput(() => elements(Buffer.from('<a v="é"/>', 'latin1')), 'utf-8');
  });

  it('expands no entities, so a few lines cannot become gigabytes (a billion laughs)', () => {
    const levels = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`);
    const bomb = `<!DOCTYPE a [<!ENTITY l0 "ha">\n${levels.join('\n')}]>\n<a v="&l9;"/>`;
    expectBadInput(() => elements(bomb), 'Line 11', 'undefined entity');
    expectBadInput(() => elements(bomb.replace('v="&l9;"/>', '>&l9;</a>')), 'Line 11', 'undefined entity');
  });

  it('fetches no external entities', () => {
    const outside = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>';
    expectBadInput(() => elements(outside), 'undefined entity');
  });

  it('passes over a document type that nothing refers to', () => {
    expect(
      elements('<!DOCTYPE PMML PUBLIC "PMML 2.0" "http://www.dmg.org/v2-0/pmml_v2_0.dtd"><PMML/>'),
    ).toHaveLength(1);
  });

  it.each([
    ['', 'Line 1'],
    ['antecedent,consequent\n1,2', 'Line 2'],
    ['<a>\n<b></a>', 'Line 2'],
    ['<a>\n<b/>', 'Line 2'],
    ['<a', 'Line 1'],
    ['<a v="1" v="2"/>', 'Line 1'],
    ['<a v="<"/>', 'Line 1'],
    ['<a v="\u0001"/>', 'Line 1'],
    ['<a v="&#1;"/>', 'Line 1'],
    ['<a/>\n<b/>', 'Line 2'],
    ['{"a": 1}', 'Line 1'],
  ])('refuses %j', (text, where) => expectBadInput(() => elements(text), where, 'not XML'));
});
