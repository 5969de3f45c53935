import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { temporaryFiles } from '../../test/support/files.ts';
import { openSource, readBytes } from './source.ts';

const write = temporaryFiles();

async function contentOf(path: string): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of readBytes(await openSource(path))) parts.push(part);
  return Buffer.concat(parts).toString();
}

/** Root may read everything, so root does this as somebody else. */
async function withoutPrivileges(work: () => Promise<unknown>): Promise<void> {
  const user = process.geteuid!();
  if (user === 0) process.seteuid!(65_534);
  try {
    await work();
  } finally {
    process.seteuid!(user);
  }
}

describe('a source', () => {
  const text = 'order,time,product\n'.repeat(20_000);

  it('is read as it is', async () => {
    expect(await contentOf(write('plain.csv', text))).toBe(text);
  });

  it('is decompressed by what it holds, not by its name', async () => {
    expect(await contentOf(write('compressed.csv', gzipSync(text)))).toBe(text);
    expect(await contentOf(write('plain.csv.gz', text))).toBe(text);
  });

  it('may be several compressed parts in a row', async () => {
    expect(await contentOf(write('parts.gz', Buffer.concat([gzipSync('a\n'), gzipSync('b\n')])))).toBe(
      'a\nb\n',
    );
  });

  it('counts the bytes read from disk', async () => {
    const source = await openSource(write('counted.csv.gz', gzipSync(text)));
    let bytes = 0;
    for await (const _ of readBytes(source, (more) => (bytes += more)));
    expect(bytes).toBe(source.size);
  });

  it('can be left before its end', async () => {
    const source = await openSource(write('left.csv.gz', gzipSync(text)));
    for await (const chunk of readBytes(source)) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
  });
});

describe('openSource refuses', () => {
  const refused = (path: string, message: RegExp) =>
    expect(openSource(path)).rejects.toMatchObject({ code: 'bad-input', message });

  it('a missing file', () => refused('/nowhere/orders.csv', /There is no file \/nowhere\/orders\.csv/));
  it('a path that is too long', () =>
    refused(`/tmp/${'x'.repeat(5000)}`, /^There is no file \/tmp\/x{75}…: the path is too long\.$/));
  it('a path with a zero character', () =>
    refused('/tmp/a\0.csv', /^There is no file \/tmp\/a\\0\.csv: a path holds no zero/));
  it('a link to itself', async () => {
    const path = `${write('target', 'x')}-link`;
    symlinkSync(path, path);
    await refused(path, /leads back to itself/);
  });
  it('a file that may not be read', async () => {
    const path = write('secret.csv', 'x');
    chmodSync(path, 0);
    await withoutPrivileges(() => refused(path, /may not be read/));
  });
  it('a file in a folder that may not be entered', async () => {
    const folder = `${write('closed', 'x')}-folder`;
    mkdirSync(folder, 0);
    await withoutPrivileges(() => refused(`${folder}/orders.csv`, /may not be read/));
  });
  it('a directory', () => refused(tmpdir(), /is a directory/));
  it('what is no plain file', () => refused('/dev/null', /no plain file/));
  it('an empty file', () => refused(write('empty.csv', ''), /empty\.csv is empty/));
  it('a Parquet file', () => refused(write('a.parquet', 'PAR1....PAR1'), /Parquet.*not supported yet.*CSV/));
  it('a workbook', () => refused(write('a.xlsx', 'PK\u0003\u0004....'), /Excel.*CSV/));
});

describe('readBytes refuses', () => {
  const whole = gzipSync('order,time,product\n'.repeat(50_000));

  it('a compressed file that is cut short', async () => {
    const path = write('short.gz', whole.subarray(0, whole.length >> 1));
    await expect(contentOf(path)).rejects.toMatchObject({ code: 'bad-input', message: /cut short/ });
  });

  it('a compressed file that is damaged', async () => {
    const damaged = Buffer.from(whole);
    damaged.fill(0xff, 20, 40);
    await expect(contentOf(write('damaged.gz', damaged))).rejects.toMatchObject({
      code: 'bad-input',
      message: /damaged/,
    });
  });
});
