import { lineChunks, NameBytes, writeInteger, writeText } from '../mining/line-writer.ts';
import { confidence, lift } from './measures/support-confidence-lift.ts';
import type { RuleColumns } from './rule-columns.ts';

const arrow = Buffer.from('==> ');
const support = Buffer.from('#SUP: ');
const confident = Buffer.from(' #CONF: ');
const lifted = Buffer.from(' #LIFT: ');
const newline = 10;
const point = 46;
const zero = 48;

/** More than the bytes of a line besides its names. */
const others = 96;

/** Measures are for people and other programs to read: the last of these digits is rounded. */
const digits = 6;

const powersOfTen = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8];

/** Decimals of a number from 0.001 to below 100,000 that has six significant digits. */
function decimalsOf(value: number): number {
  if (value >= 10) return value >= 1000 ? (value >= 10_000 ? 1 : 2) : value >= 100 ? 3 : 4;
  if (value >= 0.1) return value >= 1 ? 5 : 6;
  return value >= 0.01 ? 7 : 8;
}

/** Writes `value.toPrecision(6)` and returns where it ends. */
export function writeMeasure(value: number, out: Uint8Array, at: number): number {
  if (!(value >= 0.001 && value < 99_999)) return writeText(Buffer.from(value.toPrecision(digits)), out, at);
  const decimals = decimalsOf(value);
  const scaled = value * powersOfTen[decimals];
  let rest = scaled | 0;
  const fraction = scaled - rest;
  // The product is rounded itself: the engine decides what is as good as half-way, and what may get a digit more.
  if (Math.abs(fraction - 0.5) < 1e-6 || rest === 999_999) {
    return writeText(Buffer.from(value.toPrecision(digits)), out, at);
  }
  if (fraction > 0.5) rest++;
  // Digits from the last to the first, the point among them, and a zero before it at the least.
  const end = at + Math.max(digits, decimals + 1) + 1;
  const pointAt = end - 1 - decimals;
  for (let i = end - 1; i >= at; i--) {
    if (i === pointAt) {
      out[i] = point;
      continue;
    }
    const tens = (rest / 10) | 0;
    out[i] = zero + rest - 10 * tens;
    rest = tens;
  }
  return end;
}

/**
 * Lines as SPMF writes them, `milk bread ==> butter #SUP: 3 #CONF: 0.750000 #LIFT: 1.50000`: how many transactions
 * hold the whole rule, its confidence and its lift. UTF-8, in chunks of some 128 kB that whoever gets them may keep.
 *
 * @param names by item
 */
export function ruleChunks(rules: RuleColumns, names: readonly string[]): Iterable<Uint8Array> {
  const { transactionCount, antecedentOffsets, antecedentItems, consequent } = rules;
  const { supportCount, antecedentCount, consequentCount } = rules;
  const nameBytes = new NameBytes(names);
  return lineChunks({
    count: consequent.length,
    longest: (r) => nameBytes.longest(antecedentOffsets[r + 1] - antecedentOffsets[r] + 1) + others,
    length: (r) =>
      nameBytes.length(antecedentItems, antecedentOffsets[r], antecedentOffsets[r + 1]) +
      nameBytes.length(consequent, r, r + 1) +
      others,
    write: (r, out, at) => {
      const count = supportCount[r];
      let end = nameBytes.write(antecedentItems, antecedentOffsets[r], antecedentOffsets[r + 1], out, at);
      end = writeText(arrow, out, end);
      end = nameBytes.write(consequent, r, r + 1, out, end);
      end = writeText(support, out, end);
      end = writeInteger(count, out, end);
      end = writeText(confident, out, end);
      end = writeMeasure(confidence(count, antecedentCount[r]), out, end);
      end = writeText(lifted, out, end);
      end = writeMeasure(lift(count, antecedentCount[r], consequentCount[r], transactionCount), out, end);
      out[end] = newline;
      return end + 1;
    },
  });
}
