import { describe, expect, it } from 'vitest';
import { SpmfHeader, startsHeader } from './spmf.ts';

function namesIn(...lines: string[]): Record<string, string> {
  const header = new SpmfHeader();
  for (const line of lines) {
    header.begin();
    expect(header.push(Buffer.from(`${line}\n7`), 0)).toBe(Buffer.byteLength(line) + 1);
  }
  expect(header.lines).toBe(lines.length);
  return Object.fromEntries(header.names);
}

describe('SpmfHeader', () => {
  it('knows its lines by their first byte', () => {
    expect([...Buffer.from('#%@ 1x\n')].map(startsHeader)).toEqual([
      true,
      true,
      true,
      ...Array(4).fill(false),
    ]);
  });

  it('takes the last of several names', () => {
    expect(namesIn('@ITEM=4=tea', '@ITEM=4= green tea\r')).toEqual({ 4: 'green tea' });
  });

  it.each([
    '@ITEM=-1=|',
    '@ITEM=4=',
    '@ITEM=4= ',
    '@ITEM==tea',
    '@ITEM=four=tea',
    '# @ITEM=4=tea',
    '@item=4=tea',
  ])('finds no name in %j', (line) => expect(namesIn(line)).toEqual({}));

  it('waits for the end of a line', () => {
    const header = new SpmfHeader();
    header.begin();
    expect(header.push(Buffer.from('x@ITEM=1=t'), 1)).toBe(10);
    expect([header.open, header.lines]).toEqual([true, 0]);
    expect(header.push(Buffer.from('ea\n1'), 0)).toBe(3);
    expect([header.open, header.lines]).toEqual([false, 1]);
    expect(header.names.get(1)).toBe('tea');
  });
});
