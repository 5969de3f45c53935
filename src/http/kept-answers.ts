/** A longer question is answered anew each time: what anybody may send must not fill the memory. */
const longestQuestion = 500;

interface Kept<Answer> {
  readonly answer: Answer;
  readonly restsOn: readonly unknown[];
}

/** Answers to questions that come again, for as long as nothing changes that they rest on. */
export class KeptAnswers<Answer> {
  readonly #kept = new Map<string, Kept<Answer>>();
  readonly #most: number;

  /** @param most that are kept at a time; 0 for none */
  constructor(most: number) {
    this.#most = most;
  }

  /**
   * @param question all that tells it from others
   * @param restsOn what an answer would be another of, now: compared with what it was, one by one, as `===` does
   * @returns undefined where none is kept that still holds
   */
  find(question: string, restsOn: (answer: Answer) => readonly unknown[]): Answer | undefined {
    const known = this.#kept.get(question);
    if (!known) return undefined;
    const now = restsOn(known.answer);
    return known.restsOn.every((one, n) => one === now[n]) ? known.answer : undefined;
  }

  /** @param restsOn as it was before the answer was made */
  keep(question: string, answer: Answer, restsOn: readonly unknown[]): void {
    if (this.#most === 0 || question.length > longestQuestion) return;
    // Taken out and put in again, so that the oldest come first.
    this.#kept.delete(question);
    this.#kept.set(question, { answer, restsOn });
    if (this.#kept.size > this.#most) this.#kept.delete(this.#kept.keys().next().value!);
  }
}
