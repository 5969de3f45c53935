import { expect, it } from 'vitest';
import { relations } from '../insights/insights.ts';
import { substitutesOf } from './substitutes.ts';

it('lists substitutes under both items, and no other relation', () => {
  const rows: [number, number, (typeof relations)[number]][] = [
    [0, 2, 'substitute'],
    [1, 2, 'complement'],
    [2, 4, 'substitute'],
    [0, 3, 'unrelated'],
  ];
  const none = new Int32Array(rows.length);
  const figures = new Float64Array(rows.length);
  const found = substitutesOf(
    {
      a: Int32Array.from(rows, ([a]) => a),
      b: Int32Array.from(rows, ([, b]) => b),
      relation: Uint8Array.from(rows, ([, , relation]) => relations.indexOf(relation)),
      together: none,
      lift: figures,
      logP: figures,
      logPBeyondSize: figures,
      similarity: figures,
      confidence: figures,
    },
    5,
  );
  expect(found).toEqual({ offsets: Int32Array.of(0, 1, 1, 3, 3, 4), items: Int32Array.of(2, 0, 4, 2) });
});
