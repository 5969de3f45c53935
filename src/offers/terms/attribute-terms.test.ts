import { expect, it } from 'vitest';
import { attributeTerms } from './attribute-terms.ts';

it('attributeTerms are quantities where values are, else texts', () => {
  const terms = attributeTerms({
    ram: '64 GB',
    disk: '1TB',
    cpu: 'Core i7',
    chip: '8th Gen i5',
    screen: '15.6"',
    weight: 1.4,
    touch: true,
    colour: ' Dark Red ',
    ports: ['usb', 'hdmi'],
    released: '2024-05-01',
    size: 'Large',
    empty: ' ',
    none: null,
    odd: Number.NaN,
    promotion: 'summer',
  });
  expect(Object.fromEntries(terms)).toEqual({
    ram: { unit: '#gb', value: 64 },
    disk: { unit: '#gb', value: 1000 },
    cpu: { unit: 'corei#', value: 7 },
    chip: { unit: '8th gen i#', value: 5 },
    screen: { unit: '#inch', value: 15.6 },
    weight: { unit: '#', value: 1.4 },
    touch: { unit: '?', value: 1 },
    colour: { text: 'dark red' },
    ports: { text: '["usb","hdmi"]' },
    released: { text: '2024-05-01' },
    size: { unit: 'size', value: 4 },
  });
});
