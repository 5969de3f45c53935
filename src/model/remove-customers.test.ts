import { expect, it } from 'vitest';
import { decodeModel, encodeModel } from './model.ts';
import { removeCustomers } from './remove-customers.ts';
import { modelOf } from './testing/model-of.ts';

const model = modelOf({
  orders: ['ann', 'leaver-4711', 'cid'].map((customer) => ({ items: ['bread', 'tea'], customer })),
  segments: { 'leaver-4711': 'FR', dora: 'DE' },
});

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

it('takes customers out of the bytes of a model, and leaves all else as it is', () => {
  const bytes = encodeModel(model);
  expect(textOf(bytes)).toContain('leaver-4711');
  expect(removeCustomers(bytes, ['leaver-4711'])).toBe(1);
  expect(textOf(bytes)).not.toContain('leaver');
  const { customerCodes, ...rest } = decodeModel(bytes);
  const { customerCodes: codes, ...whole } = model;
  expect(rest).toEqual(whole);
  const names = Array.from({ length: codes.size }, (_, n) => codes.get(n));
  expect(Array.from({ length: codes.size }, (_, n) => customerCodes.get(n))).toEqual(
    names.map((name) => (name === 'leaver-4711' ? '' : name)),
  );
});

it('takes out several, each once', () => {
  const bytes = encodeModel(model);
  expect(removeCustomers(bytes, ['ann', 'nobody', 'cid', 'ann'])).toBe(2);
  expect(removeCustomers(bytes, ['ann', 'cid'])).toBe(0);
  expect(decodeModel(bytes).customerCodes.indexOf('dora')).toBe(model.customerCodes.indexOf('dora'));
});

it('changes nothing where nobody is meant, and takes nothing for a model that is none', () => {
  const bytes = encodeModel(model);
  expect(removeCustomers(bytes, ['nobody'])).toBe(0);
  expect(bytes).toEqual(encodeModel(model));
  expect(() => removeCustomers(bytes.slice(0, 40), ['ann'])).toThrow(/damaged/);
});
