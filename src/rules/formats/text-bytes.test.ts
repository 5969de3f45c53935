import { describe, expect, it } from 'vitest';
import { expectBadInput } from './testing/rule-sets.ts';
import { textOf, textPieces, utf8Chunks } from './text-bytes.ts';

describe('utf8Chunks', () => {
  it('gathers pieces into chunks', () => {
    const pieces = Array.from({ length: 100_000 }, (_, i) => `${i} 漢🧴\n`);
    const chunks = [...utf8Chunks(pieces)];
    expect(Buffer.concat(chunks).toString()).toBe(pieces.join(''));
    expect(chunks.length).toBeGreaterThan(5);
    expect(Math.max(...chunks.map(({ length }) => length))).toBeLessThan(512 * 1024);
  });

  it('asks for pieces no sooner than they are needed', () => {
    let asked = 0;
    const pieces = (function* () {
      for (; ; asked++) yield 'x'.repeat(1000);
    })();
    utf8Chunks(pieces).next();
    expect(asked).toBeLessThan(200);
  });

  it('has no chunk for no text', () => expect([...utf8Chunks(['', ''])]).toEqual([]));
});

describe('textOf', () => {
  it('drops a byte-order mark', () => {
    expect(textOf('\uFEFFa')).toBe('a');
    expect(textOf(Buffer.from('\uFEFFä'))).toBe('ä');
  });

  it('refuses what is no text', () => expectBadInput(() => textOf(Uint8Array.of(0xe4)), 'not text in utf-8'));
});

describe('textPieces', () => {
  const whole = (input: string | Uint8Array, encoding: string): string =>
    [...textPieces(input, encoding)].join('');

  it('decodes bytes that are cut anywhere', () => {
    const text = `x${'漢🧴'.repeat(100_000)}`;
    expect([...textPieces(Buffer.from(text), 'utf-8')].length).toBeGreaterThan(5);
    expect(whole(Buffer.from(`\uFEFF${text}`), 'utf-8')).toBe(text);
    expect(whole(Buffer.from(text, 'utf16le'), 'utf-16le')).toBe(text);
    expect(whole(`\uFEFF${text}`, 'utf-8')).toBe(text);
    expect(whole(Uint8Array.of(0xe4), 'latin1')).toBe('ä');
    expect(whole(Uint8Array.of(), 'utf-8')).toBe('');
  });

  it('refuses what is no text', () => {
    expectBadInput(() => whole(Buffer.from('漢').subarray(0, 2), 'utf-8'), 'not text in utf-8');
    expectBadInput(() => whole(Uint8Array.of(0x61), 'klingon'), '"klingon"');
  });
});
