import { PairwellError } from '../errors.ts';
import type { AnyDecoded, Section } from './sections.ts';

/** Stands in the shape for a section; no field of ours is called so. */
const placeholder = '$section';

export interface Packed {
  /** JSON: the value with each typed array replaced by the name of its section. */
  readonly shape: unknown;
  readonly sections: Record<string, Section>;
}

/**
 * Takes plain data apart into JSON and the typed arrays that are anywhere in it, for a container of sections.
 *
 * @param name what the sections' names begin with
 * @throws PairwellError `bad-input` for a number outside the arrays that JSON has no word for: it would come back as null
 */
export function pack(name: string, value: unknown): Packed {
  const sections: Record<string, Section> = {};
  const shapeOf = (part: unknown, path: string): unknown => {
    if (ArrayBuffer.isView(part)) {
      const section = `${name}.${Object.keys(sections).length}`;
      sections[section] = part as Section;
      return { [placeholder]: section };
    }
    if (Array.isArray(part)) return part.map((entry, at) => shapeOf(entry, `${path}[${at}]`));
    if (part !== null && typeof part === 'object') {
      return Object.fromEntries(
        Object.entries(part).map(([key, entry]) => [key, shapeOf(entry, `${path}.${key}`)]),
      );
    }
    if (typeof part === 'number' && !Number.isFinite(part)) {
      throw new PairwellError(
        'bad-input',
        `${path} is ${part}, which a model cannot keep outside its arrays.`,
      );
    }
    return part;
  };
  return { shape: shapeOf(value, name), sections };
}

/**
 * Puts together what {@link pack} took apart; arrays are views into the container.
 *
 * @throws PairwellError `conflict` when a section is absent
 */
export function unpack<T>(shape: unknown, decoded: AnyDecoded): T {
  const restored = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(restored);
    if (part === null || typeof part !== 'object') return part;
    if (placeholder in part) return decoded.any(part[placeholder] as string);
    return Object.fromEntries(Object.entries(part).map(([key, entry]) => [key, restored(entry)]));
  };
  return restored(shape) as T;
}
