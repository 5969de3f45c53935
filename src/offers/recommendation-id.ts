import { type Placement, placementNames } from './placements.ts';

/** What the id of an answer tells of it: an answer is stored nowhere. */
export interface AnswerOrigin {
  readonly modelVersion: number;
  readonly placement: Placement;
}

const shape = /^(\d{1,15})\.([a-z-]+)\.[\w-]{1,100}$/;

/**
 * The id that later events quote, such as `12.cart.b3b74cb8-478d-4125-aad4-99dcf93aba55`.
 *
 * @param unique letters, digits, `-` and `_`, 1 to 100 of them, which no other answer has
 */
export const recommendationIdOf = ({ modelVersion, placement }: AnswerOrigin, unique: string): string =>
  `${modelVersion}.${placement}.${unique}`;

/** What the id says; undefined for one that we have not given out. */
export function readRecommendationId(id: string): AnswerOrigin | undefined {
  const [, version, name] = shape.exec(id) ?? [];
  const placement = placementNames.find((known) => known === name);
  return placement && { modelVersion: Number(version), placement };
}
