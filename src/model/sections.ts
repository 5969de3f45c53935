import { crc32 } from 'node:zlib';
import { PairwellError } from '../errors.ts';

/**
 * A binary container of named typed arrays. Layout, little-endian:
 *
 * | bytes | what |
 * |---|---|
 * | 0–3 | magic `PWL1` |
 * | 4–7 | CRC-32 of everything from byte 8 on |
 * | 8–11 | length of the manifest |
 * | 12–… | manifest: JSON `{meta, sections: {name: [type, byte offset, length]}}`, offsets from the first section |
 * | … | sections, each aligned to 8 bytes |
 *
 * Reading makes views, not copies, so a model of any size opens in the time its checksum takes.
 */
const magic = 0x314c5750;

const types = {
  u8: Uint8Array,
  i8: Int8Array,
  u16: Uint16Array,
  i16: Int16Array,
  i32: Int32Array,
  f32: Float32Array,
  f64: Float64Array,
} as const;
type TypeName = keyof typeof types;
export type Section =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Int32Array
  | Float32Array
  | Float64Array;

interface Manifest<Meta> {
  meta: Meta;
  sections: Record<string, [type: TypeName, offset: number, length: number]>;
}

// No bit operations: they end at 2 GB.
const align = (offset: number): number => Math.ceil(offset / 8) * 8;

function typeOf(section: Section): TypeName {
  const found = Object.entries(types).find(([, type]) => section instanceof type);
  if (!found) throw new TypeError('A section is a typed array of a kind that the container knows.');
  return found[0] as TypeName;
}

export function encodeSections(meta: object, sections: Readonly<Record<string, Section>>): Uint8Array {
  const manifest: Manifest<object> = { meta, sections: {} };
  let size = 0;
  for (const [name, section] of Object.entries(sections)) {
    manifest.sections[name] = [typeOf(section), size, section.length];
    size = align(size + section.byteLength);
  }
  const head = new TextEncoder().encode(JSON.stringify(manifest));
  const start = align(12 + head.length);
  const bytes = new Uint8Array(start + size);
  bytes.set(head, 12);
  for (const [name, section] of Object.entries(sections)) {
    const [, offset] = manifest.sections[name]!;
    bytes.set(new Uint8Array(section.buffer, section.byteOffset, section.byteLength), start + offset);
  }
  const view = new DataView(bytes.buffer);
  view.setUint32(0, magic, true);
  view.setUint32(8, head.length, true);
  sealSections(bytes);
  return bytes;
}

/** Makes the checksum right again of a container whose sections have changed in place. */
export function sealSections(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  view.setUint32(4, crc32(bytes.subarray(8)), true);
}

/** Sections of whatever type they were stored as. */
export interface AnyDecoded {
  /** @throws PairwellError `conflict` when the section is absent */
  any(name: string): Section;
}

export interface Decoded<Meta> extends AnyDecoded {
  readonly meta: Meta;
  /** @throws PairwellError `conflict` when the section is absent */
  u8(name: string): Uint8Array;
  i32(name: string): Int32Array;
  f64(name: string): Float64Array;
}

/** @throws PairwellError `conflict` when the bytes are not such a container or were damaged */
export function decodeSections<Meta>(source: Uint8Array): Decoded<Meta> {
  // Sections need 8-byte alignment within the buffer, which a slice of a network buffer may lack. Not `slice()`:
  // that of a Buffer makes no copy.
  const bytes = source.byteOffset % 8 === 0 ? source : new Uint8Array(source);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || view.getUint32(0, true) !== magic) {
    throw new PairwellError('conflict', 'These bytes are not a Pairwell model.');
  }
  if (view.getUint32(4, true) !== crc32(bytes.subarray(8))) {
    throw new PairwellError('conflict', 'The model is damaged: its checksum does not match. Train again.');
  }
  const headLength = view.getUint32(8, true);
  const head = new TextDecoder().decode(bytes.subarray(12, 12 + headLength));
  const { meta, sections } = JSON.parse(head) as Manifest<Meta>;
  const start = bytes.byteOffset + align(12 + headLength);

  const open = <T extends Section>(name: string, wanted?: TypeName): T => {
    const [type, offset, length] = sections[name] ?? [];
    if (type === undefined || type !== (wanted ?? type)) {
      throw new PairwellError(
        'conflict',
        `The model lacks its section ${name}. Train again with this version.`,
      );
    }
    return new types[type](bytes.buffer as ArrayBuffer, start + offset!, length) as T;
  };
  return {
    meta,
    any: (name) => open(name),
    u8: (name) => open<Uint8Array>(name, 'u8'),
    i32: (name) => open<Int32Array>(name, 'i32'),
    f64: (name) => open<Float64Array>(name, 'f64'),
  };
}
