import { PairwellError } from '../../errors.ts';
import { type Attributes, parseXml } from './parse-xml.ts';
import { extensions } from './pmml.ts';
import { badRule } from './rule-set-builder.ts';

/** An element of the model. */
export interface PmmlElement {
  /** In the file, for messages. */
  readonly where: string;
  readonly attributes: Attributes;
  /** Our own `Extension` elements in it, by name. */
  readonly own: ReadonlyMap<string, string>;
}

export interface PmmlItemset extends PmmlElement {
  /** Ids of items, as they stand there. */
  readonly itemRefs: readonly string[];
}

/** An `AssociationModel`, references unresolved. */
export interface PmmlModel {
  readonly model: PmmlElement;
  readonly items: readonly PmmlElement[];
  readonly itemsets: readonly PmmlItemset[];
  readonly rules: readonly PmmlElement[];
}

/** Children of `PMML` that are no models. */
const notModels = ['Header', 'MiningBuildTask', 'DataDictionary', 'TransformationDictionary', 'Extension'];

/**
 * The association model of a PMML file, of any version.
 *
 * @throws PairwellError `bad-input` when it is not XML, not PMML or does not hold one such model
 */
export function readPmmlModel(input: string | Uint8Array): PmmlModel {
  const reader = new ModelReader();
  parseXml(input, reader);
  return reader.finish();
}

class ModelReader {
  readonly #items: PmmlElement[] = [];
  readonly #itemsets: PmmlItemset[] = [];
  readonly #rules: PmmlElement[] = [];
  #model: PmmlElement | undefined;
  readonly #otherModels = new Set<string>();
  /** The names of the elements that are open. */
  readonly #path: string[] = [];
  #itemRefs: string[] = [];
  #own = new Map<string, string>();

  finish(): PmmlModel {
    if (this.#model) {
      return { model: this.#model, items: this.#items, itemsets: this.#itemsets, rules: this.#rules };
    }
    const others = [...this.#otherModels].join(', ');
    throw new PairwellError(
      'bad-input',
      others
        ? `The file holds another model and no rules: ${others}. An AssociationModel is needed.`
        : 'The file is PMML without a model. An AssociationModel is needed.',
    );
  }

  open(name: string, attributes: Attributes, where: string): void {
    const depth = this.#path.length;
    const parent = this.#path.at(-1);
    this.#path.push(name);
    if (depth === 0) checkRoot(name, where);
    else if (depth === 1) this.#openModel(name, attributes, where);
    else if (depth === 2 && parent === 'AssociationModel') this.#openPart(name, attributes, where);
    else if (depth === 3 && this.#path[1] === 'AssociationModel') this.#openDetail(name, attributes, where);
  }

  close(): void {
    this.#path.pop();
  }

  #openModel(name: string, attributes: Attributes, where: string): void {
    if (name === 'AssociationModel') {
      if (this.#model) throw badRule(where, 'a second AssociationModel; only one in a file is supported.');
      this.#model = { where, attributes, own: new Map() };
    } else if (!notModels.includes(name)) this.#otherModels.add(name);
  }

  #openPart(name: string, attributes: Attributes, where: string): void {
    this.#own = new Map();
    this.#itemRefs = [];
    const element = { where, attributes, own: this.#own };
    if (name === 'Item') this.#items.push(element);
    else if (name === 'Itemset') this.#itemsets.push({ ...element, itemRefs: this.#itemRefs });
    else if (name === 'AssociationRule') this.#rules.push(element);
  }

  #openDetail(name: string, attributes: Attributes, where: string): void {
    if (name === 'ItemRef') this.#itemRefs.push(attribute({ attributes, where }, 'itemRef'));
    if (name !== 'Extension' || attributes.extender !== extensions.extender) return;
    this.#own.set(attributes.name ?? '', attributes.value ?? '');
  }
}

function checkRoot(name: string, where: string): void {
  if (name === 'PMML') return;
  throw name.toLowerCase() === 'html'
    ? badRule(where, 'this is an HTML page, not PMML.')
    : badRule(where, `this is not PMML: its root is <${name}>, not <PMML>.`);
}

/** @throws PairwellError `bad-input` when the element does not have it */
export function attribute(
  { attributes, where }: Pick<PmmlElement, 'attributes' | 'where'>,
  name: string,
): string {
  const value = attributes[name];
  if (value === undefined) throw badRule(where, `the attribute ${name} is missing.`);
  return value;
}
