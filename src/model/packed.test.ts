import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pack, unpack } from './packed.ts';
import { decodeSections, encodeSections } from './sections.ts';

const throughBytes = (value: unknown): unknown => {
  const { shape, sections } = pack('part', value);
  const decoded = decodeSections<{ shape: unknown }>(encodeSections({ shape }, sections));
  return unpack(decoded.meta.shape, decoded);
};

describe('pack and unpack', () => {
  it('bring plain data back through a container, with arrays of every type in any place', () => {
    const array = fc.oneof(
      fc.uint8Array({ maxLength: 5 }),
      fc.int8Array({ maxLength: 5 }),
      fc.uint16Array({ maxLength: 5 }),
      fc.int16Array({ maxLength: 5 }),
      fc.int32Array({ maxLength: 5 }),
      fc.float32Array({ maxLength: 5 }),
      fc.float64Array({ maxLength: 5 }),
    );
    const leaf = fc.oneof(array, fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
    const { tree } = fc.letrec<{ tree: unknown; branch: unknown }>((tie) => ({
      tree: fc.oneof({ depthSize: 'small', withCrossShrink: true }, leaf, tie('branch')),
      branch: fc.oneof(
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(
          fc.string().filter((key) => key !== '$section' && key !== '__proto__'),
          tie('tree'),
          { maxKeys: 4, noNullPrototype: true },
        ),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        expect(throughBytes(value)).toEqual(value);
      }),
    );
  });

  it('keep what is not a number within arrays, and refuse it elsewhere, saying where', () => {
    expect(throughBytes({ gap: Float32Array.of(Number.NaN, 1) })).toEqual({
      gap: Float32Array.of(Number.NaN, 1),
    });
    expect(() => pack('report', { rows: [{ share: 1 }, { share: Number.NaN }] })).toThrow(
      expect.objectContaining({
        code: 'bad-input',
        message: expect.stringContaining('report.rows[1].share is NaN'),
      }),
    );
  });
});
