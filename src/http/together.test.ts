import { describe, expect, it } from 'vitest';
import { together } from './together.ts';

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

describe('together', () => {
  it('holds answers back until all requests of a turn have been worked on', async () => {
    const log: string[] = [];
    const fetch = together((request) => {
      log.push(`worked on ${request.url}`);
      return new Response(request.url);
    });
    const asked = ['http://a/1', 'http://a/2', 'http://a/3'].map(async (url) => {
      const response = await fetch(new Request(url), undefined);
      log.push(`answered ${await response.text()}`);
    });
    await Promise.resolve();
    expect(log).toHaveLength(3);
    await Promise.all(asked);
    expect(log).toEqual([
      ...[1, 2, 3].map((n) => `worked on http://a/${n}`),
      ...[1, 2, 3].map((n) => `answered http://a/${n}`),
    ]);
  });

  it('answers in each later turn', async () => {
    const fetch = together(({ url }) => new Response(url));
    for (const url of ['http://a/1', 'http://a/2']) {
      expect(await (await fetch(new Request(url), undefined)).text()).toBe(url);
      await nextTurn();
    }
  });

  it('passes on what is not ready at once, and what fails', async () => {
    const later = Promise.resolve(new Response('later'));
    expect(together(() => later)(new Request('http://a/'), undefined)).toBe(later);
    expect(() =>
      together(() => {
        throw new Error('no');
      })(new Request('http://a/'), undefined),
    ).toThrow('no');
  });
});
