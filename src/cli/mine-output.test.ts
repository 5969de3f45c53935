import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFiles } from '../../test/support/files.ts';
import { checkWritable, stdout, writeChunks } from './mine-output.ts';

const write = temporaryFiles();
const there = write('there.txt', 'as it was');
const folder = dirname(there);

describe('checkWritable', () => {
  it.each([
    [join(folder, 'none', 'out.txt'), /none\/out\.txt: there is no directory .*none\.$/],
    [join(there, 'out.txt'), /there is no directory/],
    [folder, /it is a directory/],
    [join(folder, 'x'.repeat(300)), /ENAMETOOLONG/],
  ])('refuses %j', async (out, message) => {
    await expect(checkWritable(out)).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringMatching(message),
    });
  });

  // Not even root writes there; other systems have no such place.
  it.runIf(process.platform === 'linux')('refuses what may not be written', async () => {
    await expect(checkWritable('/proc/sys/kernel/version')).rejects.toMatchObject({
      message: 'Cannot write to /proc/sys/kernel/version: that is not permitted.',
    });
  });

  it('leaves everything as it is', async () => {
    const fresh = join(folder, 'fresh.txt');
    for (const out of [there, fresh, stdout, 'fresh.txt']) await checkWritable(out);
    expect(readFileSync(there, 'utf8')).toBe('as it was');
    expect([fresh, 'fresh.txt', stdout].some((out) => existsSync(out))).toBe(false);
  });
});

describe('writeChunks', () => {
  it('writes a file anew', async () => {
    const out = write('longer.txt', 'more than is written now');
    await writeChunks([Buffer.from('one\n'), Buffer.from('two\n')], out);
    expect(readFileSync(out, 'utf8')).toBe('one\ntwo\n');
    await writeChunks([], out);
    expect(readFileSync(out, 'utf8')).toBe('');
  });

  it('says why a file cannot be written', async () => {
    await expect(writeChunks([Buffer.from('one\n')], folder)).rejects.toMatchObject({
      code: 'bad-input',
      message: `Cannot write to ${folder}: it is a directory; name a file in it.`,
    });
  });

  it('hands on what goes wrong before the writing', async () => {
    const defect = new TypeError('no such column');
    function* broken(): Generator<Uint8Array> {
      yield Buffer.from('one\n');
      throw defect;
    }
    await expect(writeChunks(broken(), join(folder, 'broken.txt'))).rejects.toBe(defect);
  });

  it.runIf(existsSync('/dev/full'))('says that a disk is full', async () => {
    await expect(writeChunks([Buffer.from('one\n')], '/dev/full')).rejects.toMatchObject({
      message: 'Cannot write to /dev/full: no space is left.',
    });
  });
});
