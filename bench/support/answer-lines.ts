import { createInterface } from 'node:readline';
import type { Answer } from './contest.ts';
import type { Question } from './line-child.ts';

/** The child's side of `LineChild`: says that it is ready, then answers one question a line until stdin ends. */
export async function answerLines(answer: (question: Question) => Promise<Answer>): Promise<void> {
  const say = (words: object): boolean => process.stdout.write(`${JSON.stringify(words)}\n`);
  say({ ready: true });
  for await (const line of createInterface({ input: process.stdin })) {
    try {
      say(await answer(JSON.parse(line)));
    } catch (error) {
      say({ error: (error as Error).message });
    }
  }
}
