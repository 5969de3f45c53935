import { ruleChunks } from '../rule-lines.ts';
import { arulesChunks } from './arules.ts';
import { csvChunks } from './csv.ts';
import { jsonChunks } from './json.ts';
import { pmmlChunks } from './pmml.ts';
import type { RuleSet } from './rule-set.ts';

export interface RuleFormat {
  readonly mediaType: string;
  /** Of file names, without the point. */
  readonly extension: string;
  /** The file in chunks of some 128 kB that whoever gets them may keep. */
  readonly chunks: (set: RuleSet) => Iterable<Uint8Array>;
}

/** The formats that rules are written in. */
export const ruleFormats = {
  csv: { mediaType: 'text/csv; charset=utf-8', extension: 'csv', chunks: csvChunks },
  json: { mediaType: 'application/json', extension: 'json', chunks: jsonChunks },
  pmml: { mediaType: 'application/xml', extension: 'pmml', chunks: pmmlChunks },
  arules: { mediaType: 'text/csv; charset=utf-8', extension: 'csv', chunks: arulesChunks },
  /** Without further measures, and with six digits. */
  spmf: {
    mediaType: 'text/plain; charset=utf-8',
    extension: 'txt',
    chunks: ({ rules, names }) => ruleChunks(rules, names),
  },
} as const satisfies Record<string, RuleFormat>;

export type RuleFormatName = keyof typeof ruleFormats;
