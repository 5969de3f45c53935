import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteDictionary, hashStart, hashStep } from './byte-dictionary.ts';
import { Dictionary } from './dictionary.ts';

const hashOf = (bytes: Uint8Array): number => bytes.reduce(hashStep, hashStart);

describe('ByteDictionary', () => {
  it.each([
    ['hashes', hashOf],
    ['one hash for all', () => 5],
    ['negative hashes', () => -1],
  ])('numbers strings as a dictionary of text does, with %s', (_, hash) => {
    const words = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'é'), maxLength: 4 }), {
      maxLength: 300,
    });
    fc.assert(
      fc.property(words, (list) => {
        const [strings, texts] = [new ByteDictionary(), new Dictionary()];
        for (const word of list) {
          const bytes = Buffer.from(`x${word}y`);
          const found = strings.intern(bytes, 1, bytes.length - 1, hash(bytes.subarray(1, -1)));
          expect(found).toBe(texts.intern(word));
        }
        expect(strings.size).toBe(texts.size);
      }),
    );
  });

  it('tells many strings apart', () => {
    const strings = new ByteDictionary();
    for (let round = 0; round < 2; round++) {
      for (let i = 0; i < 20_000; i++) {
        const bytes = Buffer.from(`product ${i}`);
        expect(strings.intern(bytes, 0, bytes.length, hashOf(bytes))).toBe(i);
      }
    }
  });
});
