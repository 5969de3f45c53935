import { describe, expect, it } from 'vitest';
import { PairwellError } from '../errors.ts';
import { numberChannels } from './channels.ts';

const numbered = (namers: number[], names: [id: number, channel: string][]) => {
  const { channel, channelNames } = numberChannels(
    Int32Array.from(namers),
    names.map(([id, channel]) => ({ id, channel })),
  );
  return { channel: [...channel], channelNames };
};

describe('numberChannels', () => {
  it('numbers the names as they sort', () => {
    expect(
      numbered(
        [4, 9, -1, 4, 2],
        [
          [2, 'app'],
          [4, 'web'],
          [9, 'Store'],
        ],
      ),
    ).toEqual({ channel: [2, 0, -1, 2, 1], channelNames: ['Store', 'app', 'web'] });
  });

  it('takes names for one that differ in the space around them, and blank ones for none', () => {
    expect(
      numbered(
        [1, 2, 3, 5],
        [
          [1, 'web'],
          [2, ' web\t'],
          [3, ' '],
          [5, ''],
        ],
      ),
    ).toEqual({ channel: [0, 0, -1, -1], channelNames: ['web'] });
  });

  it('has no channels where no order has one', () => {
    expect(numbered([-1, -1], [])).toEqual({ channel: [-1, -1], channelNames: [] });
  });

  it('refuses to guess the channel whose name is gone', () => {
    expect(() => numbered([1, 2], [[1, 'web']])).toThrow(
      new PairwellError('conflict', 'Orders were taken back while they were read. Train again.'),
    );
  });
});
