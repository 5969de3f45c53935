import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeSections, encodeSections, type Section } from './sections.ts';

const anySection = (): fc.Arbitrary<Section> =>
  fc.oneof(
    fc.uint8Array({ maxLength: 20 }),
    fc.int32Array({ maxLength: 20 }),
    fc.float64Array({ maxLength: 20 }),
  );

const sample = encodeSections(
  { name: 'müsli', at: [1, 2] },
  {
    bytes: Uint8Array.of(1, 2, 3),
    integers: Int32Array.of(-1, 0, 2 ** 31 - 1),
    numbers: Float64Array.of(0.1, -0, Number.POSITIVE_INFINITY),
  },
);

const badInput = (message: RegExp) =>
  expect.objectContaining({ code: 'conflict', message: expect.stringMatching(message) });

describe('encodeSections and decodeSections', () => {
  it('bring back what was put in', () => {
    const name = fc.string({ unit: 'grapheme' }).filter((name) => name !== '__proto__');
    const sections = fc.dictionary(name, anySection(), { maxKeys: 5 });
    const meta = fc.dictionary(name, fc.jsonValue(), { maxKeys: 3 });
    fc.assert(
      fc.property(meta, sections, (meta, sections) => {
        const decoded = decodeSections(encodeSections(meta, sections));
        expect(decoded.meta).toEqual(JSON.parse(JSON.stringify(meta)));
        for (const [name, section] of Object.entries(sections)) {
          const type = section instanceof Int32Array ? 'i32' : section instanceof Float64Array ? 'f64' : 'u8';
          expect(decoded[type](name)).toEqual(section);
        }
      }),
    );
  });

  it('take sections that are views into larger arrays', () => {
    const view = Int32Array.of(7, 8, 9, 10).subarray(1, 3);
    expect(decodeSections(encodeSections({}, { view })).i32('view')).toEqual(Int32Array.of(8, 9));
  });

  it('open sections as views, without a copy', () => {
    expect(decodeSections(sample).i32('integers').buffer).toBe(sample.buffer);
  });

  it.each(['Uint8Array', 'Buffer'])('read a %s that begins anywhere in its memory', (type) => {
    for (let offset = 0; offset <= 8; offset++) {
      const room = new ArrayBuffer(offset + sample.length);
      const bytes = type === 'Buffer' ? Buffer.from(room, offset) : new Uint8Array(room, offset);
      bytes.set(sample);
      const decoded = decodeSections(bytes);
      expect(decoded.meta).toEqual({ name: 'müsli', at: [1, 2] });
      expect(decoded.u8('bytes')).toEqual(Uint8Array.of(1, 2, 3));
      expect(decoded.i32('integers')).toEqual(Int32Array.of(-1, 0, 2 ** 31 - 1));
      expect(decoded.f64('numbers')).toEqual(Float64Array.of(0.1, -0, Number.POSITIVE_INFINITY));
    }
  });

  it('refuse bytes with any one bit changed', () => {
    fc.assert(
      fc.property(fc.nat(sample.length * 8 - 1), (bit) => {
        const damaged = sample.slice();
        damaged[bit >> 3] ^= 1 << (bit & 7);
        expect(() => decodeSections(damaged)).toThrow(badInput(/not a Pairwell model|is damaged/));
      }),
      { numRuns: 300 },
    );
  });

  it('refuse bytes that were cut short, or have more behind them', () => {
    for (let length = 0; length < sample.length; length++) {
      expect(() => decodeSections(sample.subarray(0, length))).toThrow(badInput(/not a Pairwell|is damaged/));
    }
    const longer = new Uint8Array(sample.length + 1);
    longer.set(sample);
    expect(() => decodeSections(longer)).toThrow(badInput(/is damaged: .* Train again/));
  });

  it('refuse other files', () => {
    expect(() => decodeSections(new TextEncoder().encode('%PDF-1.7 and so on'))).toThrow(
      badInput(/not a Pairwell model/),
    );
  });

  it('refuse to open a section that is absent or of another type', () => {
    const decoded = decodeSections(sample);
    expect(() => decoded.i32('other')).toThrow(badInput(/lacks its section other/));
    expect(() => decoded.i32('bytes')).toThrow(badInput(/lacks its section bytes/));
  });
});
