import { PairwellError } from '../errors.ts';
import { type Field, ignored, parseField } from './fields.ts';
import { type Dialect, findPreset, noPreset, type Preset, presets } from './presets.ts';
import { generalRules } from './row-rules.ts';
import { normalizeHeading, synonyms } from './synonyms.ts';

/** A column of the file and what it means; a column may have several uses. */
export interface ColumnUse {
  /** Its place, from 0. */
  readonly index: number;
  readonly field: Field;
}

/** One `--map column=field`. */
export interface ColumnMapping {
  readonly column: string;
  readonly field: string;
}

export interface ColumnWishes {
  /** A preset's name, or `none` to recognise no preset; by default the headings decide. */
  preset?: string | undefined;
  /** Goes before what headings say. */
  map?: readonly ColumnMapping[] | undefined;
  /** When all orders were placed, whatever the file says of it; then it need not say. */
  time?: Date | undefined;
}

export interface ResolvedColumns {
  /** The preset's name, or null. */
  readonly preset: string | null;
  readonly dialect: Dialect;
  readonly uses: readonly ColumnUse[];
}

const general: Dialect = { rules: generalRules };

class Headings {
  readonly names: readonly string[];
  readonly #normalized: readonly string[];

  constructor(names: readonly string[]) {
    this.names = names.map((name) => name.trim());
    this.#normalized = this.names.map(normalizeHeading);
  }

  /**
   * The first column that goes by one of the normalized names, asked in their order; -1 when none does. A name of
   * signs alone is normalized to nothing, and is no column's.
   */
  find(normalized: readonly string[]): number {
    for (const name of normalized) {
      if (name === '') continue;
      const index = this.#normalized.indexOf(name);
      if (index >= 0) return index;
    }
    return -1;
  }

  /** @throws PairwellError `bad-input` for a name that is no column */
  indexOf(name: string): number {
    const exact = this.names.indexOf(name.trim());
    const index = exact >= 0 ? exact : this.find([normalizeHeading(name)]);
    if (index >= 0) return index;
    throw new PairwellError('bad-input', `There is no column "${name}". The columns are: ${this.list()}.`);
  }

  list(): string {
    return this.names.map((name) => (name === '' ? '(empty)' : name)).join(', ');
  }
}

function matches(preset: Preset, headings: Headings): boolean {
  return preset.columns.every((column) => column.optional || headings.find(column.headings) >= 0);
}

function choosePreset(headings: Headings, wish: string | undefined): Preset | undefined {
  if (wish === noPreset) return undefined;
  if (wish !== undefined) return findPreset(wish);
  return presets.find((preset) => matches(preset, headings));
}

function proposed(headings: Headings, preset: Preset | undefined): ColumnUse[] {
  const candidates = preset
    ? preset.columns.map(({ field, headings }) => [field, headings] as const)
    : synonyms;
  const uses = candidates.map(([field, names]) => ({ field, index: headings.find(names) }));
  // Attribute columns may be written out in the heading itself: customer.country.
  headings.names.forEach((name, index) => {
    if (/^(?:customer|product)\.\S/.test(name)) uses.push({ field: name as Field, index });
  });
  return uses.filter(({ index }) => index >= 0);
}

function missingFields(uses: readonly ColumnUse[], dialect: Dialect, timeKnown: boolean): Field[] {
  const required: Field[] = [];
  if (!dialect.orderPerRow) required.push('order');
  if (dialect.product === undefined) required.push('product');
  if (!timeKnown) required.push('time');
  return required.filter((field) => !uses.some((use) => use.field === field));
}

/**
 * Decides what each column of a file means.
 *
 * @param header the file's heading line
 * @throws PairwellError `bad-input` for a column, field or preset that there is not, and when order, product or
 *   time have no column
 */
export function resolveColumns(header: readonly string[], wishes: ColumnWishes = {}): ResolvedColumns {
  const headings = new Headings(header);
  const preset = choosePreset(headings, wishes.preset);
  const mapped = (wishes.map ?? []).map(({ column, field }) => ({
    index: headings.indexOf(column),
    field: parseField(field),
  }));
  // What was said replaces what the headings say, for the column and for the field.
  const kept = proposed(headings, preset).filter(
    (use) => !mapped.some(({ index, field }) => index === use.index || field === use.field),
  );
  const stated = mapped.filter((use): use is ColumnUse => use.field !== ignored);
  const uses = [...kept, ...stated];
  const dialect = preset ?? general;
  const missing = missingFields(uses, dialect, wishes.time !== undefined);
  if (missing.length > 0) {
    throw new PairwellError(
      'bad-input',
      `No column is known to hold ${missing.join(' and ')}. The columns are: ${headings.list()}. ` +
        `Say which it is: ${missing.map((field) => `--map "<column>=${field}"`).join(' ')}`,
      { missing, columns: headings.names },
    );
  }
  return { preset: preset?.name ?? null, dialect, uses };
}
