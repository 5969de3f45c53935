import { PairwellError } from '../src/errors.ts';

/** Has calls take turns: one runs, the others wait in the order they came. */
export class Turns {
  readonly #mostWaiting: number;
  readonly #waiting: (() => void)[] = [];
  #isTaken = false;

  /** @param mostWaiting how many may wait; one more is refused */
  constructor(mostWaiting: number) {
    this.#mostWaiting = mostWaiting;
  }

  /**
   * Runs `work` when all that came before have ended.
   *
   * @throws PairwellError `busy` when too many wait already, `cancelled` when `signal` fires while it waits
   */
  async take<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (this.#isTaken) await this.#turn(signal);
    this.#isTaken = true;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#isTaken = false;
    }
  }

  #turn(signal: AbortSignal | undefined): Promise<void> {
    if (this.#waiting.length >= this.#mostWaiting) {
      const message = `${this.#waiting.length} tasks are waiting already; try again later.`;
      throw new PairwellError('busy', message);
    }
    return new Promise((resolve, reject) => {
      const begin = (): void => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(begin), 1);
        reject(new PairwellError('cancelled', 'The work was cancelled.'));
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.#waiting.push(begin);
    });
  }
}
