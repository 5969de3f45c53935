import { describe, expect, it } from 'vitest';
import { byteStream } from './byte-stream.ts';

const textOf = (stream: ReadableStream<Uint8Array>): Promise<string> => new Response(stream).text();

describe('byteStream', () => {
  it('gives all chunks in order, and none when there are none', async () => {
    expect(await textOf(byteStream(['one ', 'two ', 'three'].map((text) => Buffer.from(text))))).toBe(
      'one two three',
    );
    expect(await textOf(byteStream([]))).toBe('');
  });

  it('throws at once what keeps the first chunk from being made', () => {
    const chunks = function* (columns: readonly string[]): Generator<Uint8Array> {
      if (columns.length === 0) throw new Error('no such column');
      yield new Uint8Array(columns.length);
    };
    expect(() => byteStream(chunks([]))).toThrow('no such column');
  });

  it('makes no more than is taken, and lets go of the maker when nobody reads on', async () => {
    let made = 0;
    let ended = false;
    const chunks = function* (): Generator<Uint8Array> {
      try {
        for (; ; made++) yield Uint8Array.of(made);
      } finally {
        ended = true;
      }
    };
    const reader = byteStream(chunks()).getReader();
    expect((await reader.read()).value).toEqual(Uint8Array.of(0));
    expect(made).toBeLessThan(5);
    await reader.cancel();
    expect(ended).toBe(true);
  });
});
