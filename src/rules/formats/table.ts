import { PairwellError } from '../../errors.ts';
import { ruleChunks } from '../rule-lines.ts';
import { arulesChunks } from './arules.ts';
import { csvChunks } from './csv.ts';
import { jsonChunks } from './json.ts';
import { pmmlChunks } from './pmml.ts';
import { readCsvRules } from './read-csv.ts';
import { readJsonRules } from './read-json.ts';
import { readPmmlRules } from './read-pmml.ts';
import { readSpmfRules } from './read-spmf-rules.ts';
import type { RuleSet } from './rule-set.ts';

export interface RuleFormat {
  readonly mediaType: string;
  /** Of file names, without the point. */
  readonly extension: string;
  /**
   * The file in chunks of some 128 kB that whoever gets them may keep.
   *
   * @throws PairwellError `bad-input`, some with the first chunk only, for what the format cannot hold
   */
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
    chunks: (set) => {
      checkBlanks(set);
      return ruleChunks(set.rules, set.names);
    },
  },
} as const satisfies Record<string, RuleFormat>;

export type RuleFormatName = keyof typeof ruleFormats;

/**
 * The formats that rules are read from.
 *
 * @param transactionCount of the baskets the rules come from, for SPMF, which does not tell
 * @throws PairwellError `bad-input`, saying where, for anything else than a whole file of the format
 */
export const ruleReaders = {
  csv: readCsvRules,
  json: readJsonRules,
  pmml: readPmmlRules,
  spmf: readSpmfRules,
} as const satisfies Record<string, (bytes: Uint8Array, transactionCount: number) => Required<RuleSet>>;

export type ReadableFormat = keyof typeof ruleReaders;

/** @throws PairwellError `bad-input` for an item in the rules whose name would come as several items there, or none */
function checkBlanks({ rules, names }: RuleSet): void {
  for (const item of new Set([...new Set(rules.antecedentItems), ...rules.consequent])) {
    if (/^\S+$/.test(names[item])) continue;
    const name = JSON.stringify(names[item]);
    throw new PairwellError(
      'bad-input',
      `SPMF parts items by blanks, so ${name} would not be one item there: take another format, or names without blanks.`,
      { name: names[item] },
    );
  }
}
