import { describe, expect, it } from 'vitest';
import { nameTerms } from './name-terms.ts';

describe('nameTerms', () => {
  it.each([
    ['ProBook 14 i5 8GB', ['probook'], { 'i#': 5, 'probook #': 14, '#gb': 8 }],
    ['REGENCY CAKESTAND 3 TIERS', ['regency', 'cakestand', 'tier'], { '#tier': 3 }],
    ['SET OF 3 GOLD FLYING DUCKS', ['gold', 'flying', 'duck'], { '#piece': 3 }],
    ['set/6 red spotty cups', ['red', 'spotty', 'cup'], { '#piece': 6 }],
    ['WOOD S/3 CABINET', ['wood', 'cabinet'], { '#piece': 3 }],
    ['cutlery, 24 pcs', ['cutlery'], { '#piece': 24 }],
    ['Screen 15.6" IPS', ['screen', 'ips'], { '#inch': 15.6 }],
    ['Rice 1,5 kg', ['rice'], { '#g': 1500 }],
    ['Disk 2TB', ['disk'], { '#gb': 2000 }],
    ['HEART OF WICKER Large', ['heart', 'of', 'wicker'], { size: 4 }],
    ['Door sign 7', ['door', 'sign'], { 'sign #': 7 }],
    ["CHILDREN'S GLASS Gas", ['children', 'glass', 'gas'], {}],
    ['Cake Tins, cake-glass', ['cake', 'tin', 'glass'], {}],
    ['红色茶杯 X', ['红色', '色茶', '茶杯', 'x'], {}],
    ['Café 杯', ['café', '杯'], {}],
    ['笔记本电脑 16GB', ['笔记', '记本', '本电', '电脑'], { '#gb': 16 }],
    ['constructor toString', ['constructor', 'tostring'], {}],
    ['42', [], { '#': 42 }],
    [' -- ', [], {}],
  ])('of %s are words and quantities', (name, words, quantities) => {
    const terms = nameTerms(name);
    expect(terms.words.toSorted()).toEqual(words.toSorted());
    expect(Object.fromEntries(terms.quantities)).toEqual(quantities);
  });

  it('of no name are none', () => {
    expect(nameTerms(null)).toEqual({ words: [], quantities: new Map() });
  });
});
