import { describe, expect, it } from 'vitest';
import { attributeOf, wrongSegment } from './segment-ids.ts';

describe('wrongSegment', () => {
  it.each(['rfm-champions', 'tier-drain', 'behaviour-12', 'country=DE', 'country=a=b\nc'])(
    'takes %j',
    (id) => {
      expect(wrongSegment(id)).toBeUndefined();
    },
  );

  it.each(['champions', 'rfm-champion', 'behaviour-x', 'country=', '=DE', ''])('does not take %j', (id) => {
    expect(wrongSegment(id)).toContain('rfm-champions, rfm-loyal');
  });
});

describe('attributeOf', () => {
  it('is the name before the first equals sign and the value after it', () => {
    expect(attributeOf('country=a=b')).toEqual({ name: 'country', value: 'a=b' });
    expect(attributeOf('rfm-new')).toBeUndefined();
  });
});
