import type { Reason } from '../offers/reason.ts';
import { type OwnTemplates, Wording } from '../offers/words/wording.ts';

/** The words that reasons are told in, as the request path reads them: those that come with it until the shop's own are put. */
export class LiveWording {
  #wording = new Wording();
  #version = 0;

  get current(): Wording {
    return this.#wording;
  }

  /** Changes whenever words may have: what was told in an earlier version is not to be told again. */
  get version(): number {
    return this.#version;
  }

  /** Takes in all of the shop's templates anew; the next request is told in them. */
  put(own: readonly OwnTemplates[], defaultLanguage: string): void {
    this.#wording = this.#wording.with(own, defaultLanguage);
    this.#version++;
  }

  /** As {@link Wording.text}. */
  text(reason: Reason, language: string): string {
    return this.#wording.text(reason, language);
  }

  /** As {@link Wording.pick}. */
  pick(requested: string | undefined, acceptLanguage: string | undefined): string {
    return this.#wording.pick(requested, acceptLanguage);
  }
}
