/** Answers kept, of a few thousand characters each. */
const answersKept = 10_000;
/** A longer question is answered anew each time: what anybody may send must not fill the memory. */
const longestQuestion = 500;

interface Kept<Answer> {
  readonly answer: Answer;
  readonly restsOn: readonly unknown[];
}

/** Answers to questions that come again, for as long as nothing changes that they rest on. */
export class KeptAnswers<Answer> {
  readonly #kept = new Map<string, Kept<Answer>>();

  /**
   * @param question all that tells it from others
   * @param restsOn what the answer would be another of: compared one by one, as `===` does
   */
  of(question: string, restsOn: readonly unknown[], answer: () => Answer): Answer {
    if (question.length > longestQuestion) return answer();
    const known = this.#kept.get(question);
    if (known?.restsOn.every((one, n) => one === restsOn[n])) return known.answer;
    const made = { answer: answer(), restsOn };
    // Taken out and put in again, so that the oldest come first.
    this.#kept.delete(question);
    this.#kept.set(question, made);
    if (this.#kept.size > answersKept) this.#kept.delete(this.#kept.keys().next().value!);
    return made.answer;
  }
}
