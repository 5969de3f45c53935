import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { temporaryFiles } from '../../test/support/files.ts';
import { inspect } from './inspect.ts';
import { openSource } from './source.ts';

const write = temporaryFiles();

const inspected = async (content: string | Uint8Array, encoding = 'utf-8') =>
  inspect(await openSource(write('file', content)), encoding);

describe('inspect', () => {
  const text = `order,time,product\n${'1,2024-05-01,café 漢字 😀\n'.repeat(20_000)}`;
  const digest = createHash('sha256').update(text).digest('hex');

  it('takes the digest of the text, compressed or not', async () => {
    expect(await inspected(text)).toEqual({ digest });
    expect(await inspected(gzipSync(text))).toEqual({ digest });
  });

  it('refuses what holds nothing once decompressed', async () => {
    await expect(inspected(gzipSync(''))).rejects.toThrow(/empty/);
  });

  it('names byte and line of the first that does not fit, and other encodings', async () => {
    const good = 'a,b\n'.repeat(100_000);
    const bytes = Buffer.concat([Buffer.from(`${good}caf`), Buffer.from([0xe9]), Buffer.from(',1\n')]);
    // The decoder gives up at the byte after: only then is it clear that no character is complete.
    const byte = good.length + 'caf?,'.length;
    await expect(inspected(bytes)).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('--encoding windows-1252'),
      details: { byte, line: 100_001, encoding: 'utf-8' },
    });
  });

  it('sees a character that is cut off at the end', async () => {
    await expect(inspected(Buffer.from([0x61, 0xe6, 0xbc]))).rejects.toMatchObject({
      details: { byte: 3, line: 1 },
    });
  });

  it('follows characters over the borders of chunks', async () => {
    // Chunks hold 64 KiB: this puts a character of four bytes on every possible border.
    for (let shift = 0; shift < 4; shift++) {
      await inspected('x'.repeat(64 * 1024 - shift) + '😀'.repeat(3) + 'y'.repeat(100_000));
    }
    const broken = Buffer.concat([
      Buffer.alloc(64 * 1024 - 2, 'x'),
      Buffer.from([0xf0, 0x9f]),
      Buffer.alloc(99, 'y'),
    ]);
    await expect(inspected(broken)).rejects.toMatchObject({ details: { byte: 64 * 1024 + 1 } });
  });

  it('refuses zero characters, which binary files and unmarked UTF-16 have', async () => {
    await expect(inspected('a,b\n1,\0\n')).rejects.toMatchObject({ details: { byte: 7, line: 2 } });
    const utf16 = Buffer.from('a,b\n1,2\n', 'utf16le');
    await expect(inspected(utf16)).rejects.toThrow(/--encoding utf-16le/);
    expect(await inspected(utf16, 'utf-16le')).toBeTruthy();
  });

  it('stops when it is told to', async () => {
    const source = await openSource(write('stopped', text));
    await expect(inspect(source, 'utf-8', { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});
