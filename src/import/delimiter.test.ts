import { describe, expect, it } from 'vitest';
import { blanks, detectDelimiter, parseDelimiter } from './delimiter.ts';

describe('detectDelimiter', () => {
  it.each([
    ['order,sku,date', ','],
    ['order;sku;date', ';'],
    ['order\tsku\tdate', '\t'],
    ['order|sku|date', '|'],
    ['order;sku;price, net;date', ';'],
    ['"order, shop; till";sku;date', ';'],
    ['"a ""b,c,d,e"" f";sku;date', ';'],
    ['Order ID,Customer ID,date', ','],
    ['order sku date', blanks],
    ['order  sku \t date', '\t'],
    ['"order no" sku', ','],
    ['order', ','],
    ['', ','],
  ])('finds in %j the delimiter %j', (headingLine, delimiter) => {
    expect(detectDelimiter(headingLine)).toBe(delimiter);
  });
});

describe('parseDelimiter', () => {
  it.each([
    ['tab', '\t'],
    ['\\t', '\t'],
    ['\t', '\t'],
    ['comma', ','],
    [',', ','],
    ['semicolon', ';'],
    ['pipe', '|'],
    ['|', '|'],
    ['blank', blanks],
    ['space', blanks],
    [' ', blanks],
    ['^', '^'],
    ['§', '§'],
  ])('takes %j for %j', (text, delimiter) => {
    expect(parseDelimiter(text)).toBe(delimiter);
  });

  it.each(['', '::', 'constructor', 'toString', 'Tab', '"', '\n', '\r', '\\n'])(
    'refuses %j and lists the names',
    (text) => {
      expect(() => parseDelimiter(text)).toThrow(
        expect.objectContaining({
          code: 'bad-input',
          message: expect.stringMatching(
            /is no delimiter\. Give one character or one of tab, .*comma, semicolon, pipe/,
          ),
        }),
      );
    },
  );
});
