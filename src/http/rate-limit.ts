const windowMs = 60_000;

/** Counts the requests of each client in windows of one minute, the same ones for all clients. */
export class RateLimit {
  readonly #perMinute: number;
  readonly #counts = new Map<string, number>();
  #windowEnd = Number.NEGATIVE_INFINITY;

  /** @param perMinute requests that each client may make in a window; 0 for no limit */
  constructor(perMinute: number) {
    this.#perMinute = perMinute;
  }

  /**
   * Counts one request of a client.
   *
   * @param now milliseconds, from any clock that only goes forward
   * @returns 0 when the request may go on, otherwise the seconds to wait
   */
  secondsToWait(client: string, now: number): number {
    if (this.#perMinute === 0) return 0;
    if (now >= this.#windowEnd) {
      this.#counts.clear();
      this.#windowEnd = now + windowMs;
    }
    const count = (this.#counts.get(client) ?? 0) + 1;
    this.#counts.set(client, count);
    return count <= this.#perMinute ? 0 : Math.ceil((this.#windowEnd - now) / 1000);
  }
}
