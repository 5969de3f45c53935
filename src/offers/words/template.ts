import { PairwellError } from '../../errors.ts';

/** Text and blanks in turn. */
export type Template = readonly (string | Blank)[];

/** A place to be filled in. */
export interface Blank {
  readonly name: string;
  /** What stands there, by selector; null where the figure itself does. */
  readonly forms: ReadonlyMap<string, Template> | null;
}

/** Those of CLDR for plurals, certain numbers, and what is said of each name. */
const selector = '(zero|one|two|few|many|other|each|=\\d{1,9})';
const nextForm = new RegExp(`,\\s*${selector}\\s*:`, 'y');

/**
 * Reads a template: `{orders}` is a figure, `{orders, one: order, other: {orders} orders}` text that goes by it. Blanks around a form
 * are not part of it, and a comma is text unless a form follows. There is no way to write a brace as text.
 *
 * @throws PairwellError `bad-input` for braces without their other half and for placeholders that cannot be read
 */
export function parseTemplate(text: string): Template {
  return new Parser(text).whole();
}

class Parser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): Template {
    const template = this.#pieces(() => false);
    if (this.#at < this.#text.length) throw wrong('There is a } without its {', this.#text, this.#at);
    return template;
  }

  /** Up to a closing brace, or to where it ends before. */
  #pieces(endsHere: () => boolean): Template {
    const pieces: (string | Blank)[] = [];
    let start = this.#at;
    const addText = () => {
      if (this.#at > start) pieces.push(this.#text.slice(start, this.#at));
    };
    while (this.#at < this.#text.length && this.#text[this.#at] !== '}' && !endsHere()) {
      if (this.#text[this.#at] !== '{') {
        this.#at++;
        continue;
      }
      addText();
      pieces.push(this.#blank());
      start = this.#at;
    }
    addText();
    return pieces;
  }

  #blank(): Blank {
    const opened = this.#at++;
    const start = this.#at;
    while (this.#at < this.#text.length && !'{},'.includes(this.#text[this.#at])) this.#at++;
    const name = this.#text.slice(start, this.#at).trim();
    const forms = this.#text[this.#at] === ',' ? this.#forms(name) : null;
    if (this.#text[this.#at] !== '}') throw wrong('There is a { without its }', this.#text, opened);
    this.#at++;
    return { name, forms };
  }

  #forms(name: string): Map<string, Template> {
    const forms = new Map<string, Template>();
    while (this.#text[this.#at] === ',') {
      const found = this.#formAhead();
      if (!found) {
        const how = `After {${name}, comes a form, such as one: or =1: or other:. This has none`;
        throw wrong(how, this.#text, this.#at);
      }
      const [opening, which] = found;
      if (forms.has(which)) throw wrong(`The form ${which}: stands there twice`, this.#text, this.#at);
      this.#at += opening.length;
      forms.set(which, trimmed(this.#pieces(() => this.#formAhead() !== null)));
    }
    return forms;
  }

  #formAhead(): RegExpExecArray | null {
    nextForm.lastIndex = this.#at;
    return nextForm.exec(this.#text);
  }
}

/** Without the blanks at both ends. */
function trimmed(template: Template): Template {
  const pieces = template.slice();
  const last = pieces.length - 1;
  if (typeof pieces[0] === 'string') pieces[0] = pieces[0].trimStart();
  if (typeof pieces[last] === 'string') pieces[last] = pieces[last].trimEnd();
  return pieces.filter((piece) => piece !== '');
}

function wrong(what: string, text: string, at: number): PairwellError {
  return new PairwellError(
    'bad-input',
    `${what}, at character ${at + 1} of ${JSON.stringify(text)}. Placeholders are written {orders}, or {orders, one: order, other: orders}; other braces cannot stand in a template.`,
    { at },
  );
}
