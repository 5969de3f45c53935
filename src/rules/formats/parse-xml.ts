import { SaxesParser } from 'saxes';
import { PairwellError } from '../../errors.ts';
import { textPieces } from './text-bytes.ts';

export type Attributes = Readonly<Record<string, string>>;

/** Gets the elements of a document as they come, without prefixes. */
export interface XmlHandler {
  /** @param where `Line 3`, where the tag ends */
  open(name: string, attributes: Attributes, where: string): void;
  close(): void;
}

const marks = [
  { label: 'utf-16le', bytes: [0xff, 0xfe] },
  { label: 'utf-16be', bytes: [0xfe, 0xff] },
];

/** What a byte-order mark or the XML declaration says, else UTF-8 (XML 1.0, appendix F). */
function encodingOf(bytes: Uint8Array): string {
  const marked = marks.find((mark) => mark.bytes.every((byte, i) => bytes[i] === byte));
  if (marked) return marked.label;
  const start = Buffer.from(bytes.subarray(0, 256)).toString('latin1');
  return /^(?:\xef\xbb\xbf)?<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1] ?? 'utf-8';
}

/**
 * Reads XML and checks that it is well-formed. Entities that the document declares are neither expanded nor fetched: a
 * reference to one is an error.
 *
 * @param input text, or bytes in the encoding that they declare
 * @throws PairwellError `bad-input`, naming the line, for what is no XML; whatever the handler throws
 */
export function parseXml(input: string | Uint8Array, handler: XmlHandler): void {
  const parser = new SaxesParser({ position: false, xmlns: false });
  const where = (): string => `Line ${parser.line}`;
  const localName = (name: string): string => name.slice(name.indexOf(':') + 1);
  parser.on('error', ({ message }) => {
    throw new PairwellError('bad-input', `${where()}: this is not XML: ${message.replace(/\.$/, '')}.`);
  });
  parser.on('opentag', ({ name, attributes }) => handler.open(localName(name), attributes, where()));
  parser.on('closetag', () => handler.close());
  const encoding = typeof input === 'string' ? 'utf-8' : encodingOf(input);
  for (const piece of textPieces(input, encoding)) parser.write(piece);
  parser.close();
}
