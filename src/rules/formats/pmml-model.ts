import { PairwellError } from '../../errors.ts';
import { type Attributes, parseXml, type XmlHandler } from './parse-xml.ts';
import { extensions } from './pmml.ts';
import { badRule } from './rule-set-builder.ts';

/** An element of the model. */
export interface PmmlElement {
  /** In the file, for messages. */
  readonly where: string;
  readonly attributes: Attributes;
}

/** A child of the `AssociationModel`, with what stands in it. */
export interface PmmlPart extends PmmlElement {
  /** Ids of items, as they stand there. */
  readonly itemRefs: readonly string[];
  /** Our own `Extension` elements, by name. */
  readonly own: ReadonlyMap<string, string>;
}

/** Gets the parts of a model in the order of the file, in which nothing refers to what comes later. */
export interface ModelHandler {
  model(element: PmmlElement): void;
  item(part: PmmlPart): void;
  itemset(part: PmmlPart): void;
  rule(part: PmmlPart): void;
}

/** Children of `PMML` that are no models. */
const notModels = ['Header', 'MiningBuildTask', 'DataDictionary', 'TransformationDictionary', 'Extension'];

/**
 * Reads the association model of a PMML file of any version.
 *
 * @throws PairwellError `bad-input` when it is not XML, not PMML or does not hold one such model; whatever the handler
 *   throws
 */
export function readPmmlModel(input: string | Uint8Array, handler: ModelHandler): void {
  const reader = new ModelReader(handler);
  parseXml(input, reader);
  reader.finish();
}

class ModelReader implements XmlHandler {
  readonly #handler: ModelHandler;
  #hasModel = false;
  readonly #otherModels = new Set<string>();
  /** The names of the elements that are open. */
  readonly #path: string[] = [];
  /** The child of the model that is open. */
  #part: (PmmlPart & { readonly itemRefs: string[]; readonly own: Map<string, string> }) | undefined;

  constructor(handler: ModelHandler) {
    this.#handler = handler;
  }

  finish(): void {
    if (this.#hasModel) return;
    const others = [...this.#otherModels].join(', ');
    throw new PairwellError(
      'bad-input',
      others
        ? `The file holds another model and no rules: ${others}. An AssociationModel is needed.`
        : 'The file is PMML without a model. An AssociationModel is needed.',
    );
  }

  open(name: string, attributes: Attributes, where: string): void {
    const path = this.#path;
    if (path.length === 0) checkRoot(name, where);
    else if (path.length === 1) this.#openModel(name, attributes, where);
    else if (path[1] === 'AssociationModel') {
      if (path.length === 2) this.#part = { where, attributes, itemRefs: [], own: new Map() };
      else if (path.length === 3) this.#openDetail(name, attributes, where);
    }
    path.push(name);
  }

  close(): void {
    const name = this.#path.pop();
    const part = this.#part;
    if (!part || this.#path.length !== 2) return;
    if (name === 'Item') this.#handler.item(part);
    else if (name === 'Itemset') this.#handler.itemset(part);
    else if (name === 'AssociationRule') this.#handler.rule(part);
    this.#part = undefined;
  }

  #openModel(name: string, attributes: Attributes, where: string): void {
    if (name === 'AssociationModel') {
      if (this.#hasModel) throw badRule(where, 'a second AssociationModel; only one in a file is supported.');
      this.#hasModel = true;
      this.#handler.model({ where, attributes });
    } else if (!notModels.includes(name)) this.#otherModels.add(name);
  }

  #openDetail(name: string, attributes: Attributes, where: string): void {
    if (name === 'ItemRef') this.#part?.itemRefs.push(attribute({ attributes, where }, 'itemRef'));
    if (name !== 'Extension' || attributes.extender !== extensions.extender) return;
    this.#part?.own.set(attributes.name ?? '', attributes.value ?? '');
  }
}

function checkRoot(name: string, where: string): void {
  if (name === 'PMML') return;
  throw name.toLowerCase() === 'html'
    ? badRule(where, 'this is an HTML page, not PMML.')
    : badRule(where, `this is not PMML: its root is <${name}>, not <PMML>.`);
}

/** @throws PairwellError `bad-input` when the element does not have it */
export function attribute({ attributes, where }: PmmlElement, name: string): string {
  const value = attributes[name];
  if (value === undefined) throw badRule(where, `the attribute ${name} is missing.`);
  return value;
}
