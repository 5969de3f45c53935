import { PairwellError } from '../../errors.ts';
import { fitPlatt, plattProbability } from '../../learn/calibration.ts';
import type { Random } from '../../learn/random.ts';
import { areaUnderCurve, logLoss } from '../../learn/scores.ts';
import { rolesOf } from '../../learn/training-data.ts';
import { checkFeatures } from './features.ts';
import type { FuzzyData } from './fuzzy-data.ts';
import { type FuzzyModel, scoreFuzzy } from './fuzzy-model.ts';
import { type FuzzyOptions, fuzzySettings, type Settings } from './fuzzy-options.ts';
import { induced } from './induced.ts';
import { NothingToInduce } from './nothing-to-induce.ts';
import { foldsOf, groupCounts } from './parts.ts';

/** Fewer of a class cannot be parted for choice and calibration in any way that says something. */
const fewestOfClass = 10;

/**
 * Learns rules in words for who leaves and who stays: self-organising fuzzy rule induction, a GMDH of fuzzy sets (Ivakhnenko 1968;
 * `analytics.md`, "Self-organising fuzzy rule induction"). See `searchPaper` and `searchWeighted` for the two variants.
 *
 * @param random parts the rows: the same again makes the same rules
 * @throws PairwellError `bad-input` for columns that do not fit the features, or options that cannot be
 * @throws NothingToInduce for one class only or too few of one, or no column that says anything
 */
export function trainFuzzy(data: FuzzyData, options: FuzzyOptions, random: Random): FuzzyModel {
  const settings = fuzzySettings(options);
  const rows = rolesOf({ table: data.table, target: data.target, trainingRows: data.rows }).training;
  checkFeatures(data.features, data.table, rows);
  if (data.groups && data.groups.length !== data.table.rows)
    throw new PairwellError(
      'bad-input',
      `There are ${data.groups.length} groups for ${data.table.rows} rows; give one for each.`,
    );
  checkClasses(data, rows);
  const model = induced(data, rows, settings, random);
  return settings.folds === 0 ? model : calibrated(model, data, rows, settings, random);
}

function checkClasses({ target, groups }: FuzzyData, rows: Int32Array): void {
  const [stayed, left] = groupCounts({ rows, target, groups });
  if (Math.min(stayed, left) >= fewestOfClass) return;
  const what = stayed === 0 || left === 0 ? 'one class only' : 'too few of one class';
  throw new NothingToInduce(
    `${stayed} customers stayed and ${left} left: ${what}, rules take ${fewestOfClass} of each. Look back further, or take another horizon or definition of leaving.`,
    { stayed, left, fewestOfClass },
  );
}

/**
 * The same with a calibration that is fitted to scores of customers by rules that were learnt without them; only the width of the layers,
 * one of few, is the one that was chosen with them.
 */
function calibrated(
  model: FuzzyModel,
  data: FuzzyData,
  rows: Int32Array,
  settings: Settings,
  random: Random,
): FuzzyModel {
  const { table, target, groups } = data;
  const scores = new Float64Array(rows.length);
  const foldSettings = { ...settings, widths: [model.induction.width] };
  const place = new Map(Array.from(rows, (row, n) => [row, n]));
  for (const held of foldsOf({ rows, target, groups }, settings.folds, random)) {
    const isHeld = new Set(held);
    const others = rows.filter((row) => !isHeld.has(row));
    const part = induced(data, others, foldSettings, random);
    const own = new Float64Array(held.length);
    scoreFuzzy(part, rowsOf(table, held), held.length, own);
    for (const [n, row] of held.entries()) scores[place.get(row)!] = own[n];
  }
  const own = Uint8Array.from(rows, (row) => target[row]);
  const calibration = fitPlatt(scores, own);
  const outOfFold = {
    areaUnderCurve: areaUnderCurve(scores, own)!,
    logLoss: logLoss(
      scores.map((score) => plattProbability(calibration, score)),
      own,
    ),
  };
  return { ...model, calibration, induction: { ...model.induction, outOfFold } };
}

function rowsOf({ columns }: FuzzyData['table'], rows: Int32Array): Float64Array {
  const values = new Float64Array(rows.length * columns.length);
  for (const [feature, column] of columns.entries())
    for (let n = 0; n < rows.length; n++) values[n * columns.length + feature] = column[rows[n]];
  return values;
}
