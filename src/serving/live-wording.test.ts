import { expect, it } from 'vitest';
import { LiveWording } from './live-wording.ts';

it('tells in the words that were put last, and that they have changed', () => {
  const live = new LiveWording();
  const chosen = { key: 'chosen', because: [] } as const;
  const versions = new Set([live.version]);
  expect(live.text(chosen, live.pick(undefined, undefined))).toBe('Chosen for you by the shop.');
  live.put([{ language: 'de', templates: { chosen: 'Für Sie.' } }], 'de');
  versions.add(live.version);
  expect(live.text(chosen, live.pick(undefined, undefined))).toBe('Für Sie.');
  expect(live.text(chosen, live.pick('de-AT', undefined))).toBe('Für Sie.');
  live.put([], 'en');
  versions.add(live.version);
  expect(live.text(chosen, live.pick('de', undefined))).toBe('Chosen for you by the shop.');
  expect(versions.size).toBe(3);
});
