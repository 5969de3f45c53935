import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutLoneReturns } from './line-ends.ts';

/** The bytes that come of a text in pieces of so many bytes. */
async function fed(text: string, size: number): Promise<Buffer> {
  const bytes = Buffer.from(text);
  async function* pieces(): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    yield Buffer.alloc(0);
  }
  const chunks: Buffer[] = [];
  for await (const chunk of withoutLoneReturns(pieces())) chunks.push(chunk);
  expect(bytes.toString()).toBe(text);
  return Buffer.concat(chunks);
}

const lines = (text: string): string[] => text.split(/\r\n|\r|\n/);

describe('withoutLoneReturns', () => {
  it('makes LF of CR, and leaves CRLF', async () => {
    expect((await fed('1 2\r3\r\r4\r\n5\n\r6\r', 100)).toString()).toBe('1 2\n3\n\n4\r\n5\n\n6\n');
  });

  it('ends a line once where CRLF is cut in two', async () => {
    expect((await fed('12\r\n34\r\n', 3)).toString()).toBe('12\n34\r\n');
    expect((await fed('12\r\r\n\n', 1)).toString()).toBe('12\n\n\n');
  });

  it('keeps the lines of any text, wherever it is cut', async () => {
    const unit = fc.constantFrom('1', ' ', '\r', '\n', '\r\n', 'é');
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit, maxLength: 40 }),
        fc.integer({ min: 1, max: 9 }),
        async (text, size) => {
          const out = (await fed(text, size)).toString();
          expect(lines(out)).toEqual(lines(text));
          expect(out).not.toMatch(/\r(?!\n)/);
        },
      ),
    );
  });

  it('hands on bytes without CR as they are', async () => {
    const chunk = Buffer.from('1 2\n3\n');
    async function* one(): AsyncGenerator<Buffer> {
      yield chunk;
    }
    for await (const same of withoutLoneReturns(one())) expect(same).toBe(chunk);
  });
});
