import { describe, expect, it } from 'vitest';
import { chooseEncoding, strictDecoder, toUtf8 } from './encoding.ts';

async function* cut(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function utf8Of(bytes: Buffer, encoding: string, size = bytes.length): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of toUtf8(cut(bytes, size), encoding)) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

function decode(bytes: Buffer, encoding: string, size: number): string {
  const decoder = strictDecoder(encoding);
  let text = '';
  for (let at = 0; at < bytes.length; at += size) {
    text += decoder.decode(bytes.subarray(at, at + size), { stream: true });
  }
  return text + decoder.decode();
}

const swapped = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

const samples: readonly (readonly [encoding: string, text: string, bytes: Buffer])[] = [
  ['utf-8', 'aé漢😀\n', Buffer.from('aé漢😀\n')],
  ['gb18030', '苹果,𠗒\n', Buffer.from('c6bbb9fb2c953399360a', 'hex')],
  ['gbk', '苹果\n', Buffer.from('c6bbb9fb0a', 'hex')],
  ['big5', '蘋果,許\n', Buffer.from('c4abaa472cb35c0a', 'hex')],
  ['shift_jis', 'あい\n', Buffer.from('82a082a20a', 'hex')],
  ['windows-1252', '€é\n', Buffer.from('80e90a', 'hex')],
  ['iso-8859-2', 'ąé\n', Buffer.from('b1e90a', 'hex')],
  ['utf-16le', 'a漢😀\n', Buffer.from('\ufeffa漢😀\n', 'utf16le')],
  ['utf-16be', 'a漢😀\n', swapped('\ufeffa漢😀\n')],
];

describe('strictDecoder and toUtf8', () => {
  it.each(samples)('read %s, wherever its characters are cut', async (encoding, text, bytes) => {
    for (let size = 1; size <= bytes.length; size++) {
      expect(decode(bytes, encoding, size)).toBe(text);
      expect(await utf8Of(bytes, encoding, size)).toBe(text);
    }
  });

  it.each([
    ['utf-8', 'a lone byte of Latin-1', '61e92c'],
    ['utf-8', 'a character that is cut short', '61e6bc'],
    ['utf-8', 'an overlong form', 'c0af'],
    ['utf-8', 'half of a pair', 'eda080'],
    ['gb18030', 'a lead byte alone', '61c6'],
    ['big5', 'a wrong trail byte', 'c420'],
    ['utf-16le', 'half a unit', '610061'],
    ['utf-16le', 'half of a pair', '00d86100'],
  ])('finds in %s %s', (encoding, _, hex) => {
    const bytes = Buffer.from(hex, 'hex');
    for (let size = 1; size <= bytes.length; size++) {
      expect(() => decode(bytes, encoding, size)).toThrow(TypeError);
    }
  });

  it('drops a byte-order mark of UTF-8, and no second one', async () => {
    expect(await utf8Of(Buffer.from('\ufefforder,sku'), 'utf-8')).toBe('order,sku');
    expect(await utf8Of(Buffer.from('\ufeff\ufefforder'), 'utf-8', 6)).toBe('\ufefforder');
    expect(await utf8Of(Buffer.from('abc\ufeffdef'), 'utf-8', 3)).toBe('abc\ufeffdef');
  });

  it.each(['utf8000', '', 'latin'])('know no encoding "%s"', (label) => {
    expect(() => strictDecoder(label)).toThrow(
      expect.objectContaining({
        code: 'bad-input',
        message: expect.stringMatching(/is no known encoding\. Examples: utf-8, .*gb18030, big5/),
      }),
    );
  });
});

describe('chooseEncoding', () => {
  const plain = Buffer.from('order,sku');

  it.each([
    ['UTF-8 when nothing is said', plain, undefined, 'utf-8'],
    ['what is asked for, by its standard name', plain, 'GB2312', 'gbk'],
    ['what is asked for, with blanks around', plain, ' Big5 ', 'big5'],
    ['Latin-1 as browsers do', plain, 'latin1', 'windows-1252'],
    ['the mark of UTF-16LE', Buffer.from('\ufeffa', 'utf16le'), undefined, 'utf-16le'],
    ['the mark of UTF-16BE', swapped('\ufeffa'), undefined, 'utf-16be'],
    ['the mark rather than what is asked for', Buffer.from('\ufeffa'), 'gb18030', 'utf-8'],
    ['no mark in too few bytes', Buffer.from([0xef, 0xbb]), 'big5', 'big5'],
    ['no mark in nothing', Buffer.alloc(0), undefined, 'utf-8'],
  ])('takes %s', (_, start, wish, encoding) => {
    expect(chooseEncoding(start, wish)).toBe(encoding);
  });

  it('refuses an unknown name even where the mark decides', () => {
    expect(() => chooseEncoding(Buffer.from('\ufeffa'), 'klingon')).toThrow(
      expect.objectContaining({ code: 'bad-input', message: expect.stringContaining('"klingon"') }),
    );
  });
});
