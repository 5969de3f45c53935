import type { CustomerAttribute } from '../customers/ledger.ts';
import { absent, type TextColumn } from './copy-columns.ts';
import { sharedColumn } from './shared-column.ts';

/** An attribute with more distinct labels tells customers apart rather than kinds of customers. */
export const mostLabels = 100;

/** Those that are stated of the most customers are kept. */
export const mostAttributes = 60;

/** Why an attribute is no column. */
export type AttributeFault = 'too-many-labels' | 'no-plain-values' | 'too-many-attributes';

export interface AttributeColumns {
  /** By name. */
  readonly attributes: readonly CustomerAttribute[];
  readonly leftOut: readonly { readonly name: string; readonly reason: AttributeFault }[];
}

type Value = string | number;

/** A number as a file writes it; with a zero in front it is a code, such as that of a town. */
const plainNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** What is a code, whatever it looks like: the number of a store is no quantity. */
const codeWords = new Set(
  'branch channel code depot district id outlet plz postcode region shop site store zip zipcode'.split(' '),
);

/** Whether the last word of a name, such as `homeStore`, `store_id` or `zip-code`, is one of codes. */
const isCodeName = (name: string): boolean =>
  codeWords.has(
    name
      .match(/[A-Z]?[a-z]+|[A-Z]+/g)
      ?.at(-1)
      ?.toLowerCase() ?? '',
  );

/**
 * Makes columns of what the shop said of its customers: of numbers where every stated value is one and the name does not say that they
 * are codes ({@link isCodeName}), of labels else. Numbers may be stated as text. An empty text and null state nothing; a list or an object is no plain value.
 *
 * @param stated by row: a JSON object
 * @param customerOf by row: whose it is, or −1 for one that is passed over
 */
export function attributeColumns(
  stated: TextColumn,
  customerOf: Int32Array,
  customerCount: number,
): AttributeColumns {
  const times = new Int32Array(stated.names.length);
  for (let row = 0; row < customerOf.length; row++) if (customerOf[row] >= 0) times[stated.values[row]]++;
  const drafts = new Map<string, Draft>();
  stated.names.forEach((json, n) => {
    if (times[n] === 0) return;
    for (const [name, value] of plainEntries(json)) {
      const draft = drafts.get(name) ?? new Draft(name);
      drafts.set(name, draft);
      draft.see(value, times[n]);
    }
  });
  const byName = [...drafts.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const sound = byName.filter(({ fault }) => fault === undefined);
  const kept = new Set(sound.sort((a, b) => b.times - a.times).slice(0, mostAttributes));

  const columns = new Map(
    byName.filter((draft) => kept.has(draft)).map((draft) => [draft.name, draft.column(customerCount)]),
  );
  for (let row = 0; row < customerOf.length; row++) {
    if (customerOf[row] < 0) continue;
    // Parsed once more: a million customers' objects at once would take more memory than everything else that is read.
    for (const [name, value] of plainEntries(stated.names[stated.values[row]]))
      columns.get(name)?.set(customerOf[row], value);
  }
  return {
    attributes: [...columns.values()].map(({ attribute }) => attribute),
    leftOut: byName
      .filter((draft) => !kept.has(draft))
      .map(({ name, fault }) => ({ name, reason: fault ?? 'too-many-attributes' })),
  };
}

/** What the shop stated, without JSON's types; undefined stands for a value that is not plain. */
function* plainEntries(json: string): Generator<[name: string, value: Value | undefined]> {
  for (const [name, value] of Object.entries(JSON.parse(json) as Record<string, unknown>)) {
    if (value === null) continue;
    const text = typeof value === 'object' ? undefined : String(value).trim();
    if (text !== '')
      yield [name, text !== undefined && isNumber(text) && !isCodeName(name) ? Number(text) : text];
  }
}

const isNumber = (text: string): boolean => plainNumber.test(text) && Number.isFinite(Number(text));

/** An attribute that is filled in. */
interface FilledColumn {
  readonly attribute: CustomerAttribute;
  set(customer: number, value: Value | undefined): void;
}

/** What is known of an attribute before it is clear whether it is one of numbers. */
class Draft {
  readonly name: string;
  /** Customers it is stated of. */
  times = 0;
  readonly #labels = new Set<string>();
  #isNumeric = true;
  #isPlain = true;

  constructor(name: string) {
    this.name = name;
  }

  see(value: Value | undefined, times: number): void {
    this.times += times;
    this.#isPlain &&= value !== undefined;
    this.#isNumeric &&= typeof value === 'number';
    if (this.#labels.size <= mostLabels) this.#labels.add(String(value));
  }

  get fault(): AttributeFault | undefined {
    if (!this.#isPlain) return 'no-plain-values';
    return !this.#isNumeric && this.#labels.size > mostLabels ? 'too-many-labels' : undefined;
  }

  /** A column without values, for an attribute without a fault. */
  column(customerCount: number): FilledColumn {
    const { name } = this;
    if (this.#isNumeric) {
      const values = sharedColumn(Float64Array, customerCount).fill(Number.NaN);
      return {
        attribute: { name, kind: 'number', values },
        set: (customer, value) => {
          values[customer] = value as number;
        },
      };
    }
    const labels = [...this.#labels].sort();
    const positions = new Map(labels.map((label, n) => [label, n]));
    const values = sharedColumn(Int32Array, customerCount).fill(absent);
    return {
      attribute: { name, kind: 'label', values, labels },
      set: (customer, value) => {
        values[customer] = positions.get(String(value))!;
      },
    };
  }
}
