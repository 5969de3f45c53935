import { z } from '@hono/zod-openapi';
import { describe, expect, it } from 'vitest';
import { readCursor, writeCursor } from './cursor.ts';

const place = z.object({ at: z.number().int(), sort: z.string() });

describe('cursors', () => {
  it('come back as they went, through an address', () => {
    const cursor = writeCursor({ at: 12, sort: 'Größe?&=' });
    expect(encodeURIComponent(cursor)).toBe(cursor);
    expect(readCursor(place, cursor)).toEqual({ at: 12, sort: 'Größe?&=' });
  });

  it.each([
    ['', 'empty'],
    ['!!!', 'no base64'],
    ['bm90IEpTT04', 'no JSON'],
    [writeCursor({ before: 1 }), 'of another list'],
    [writeCursor({ at: 1.5, sort: 'a' }), 'out of its range'],
    [writeCursor({ at: 12, sort: 'a' }).slice(0, -4), 'cut short'],
  ])('refuse %o, which is %s', (cursor) => {
    expect(() => readCursor(place, cursor)).toThrow(
      expect.objectContaining({ code: 'bad-input', message: expect.stringContaining('Start again') }),
    );
  });
});
