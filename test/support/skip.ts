import { describe, it } from 'vitest';

/** Marks a suite as skipped and prints why; where CI is set, a skip is a failure. */
export function skipReason(suite: string, reason: string): void {
  describe(suite, () => {
    if (process.env.CI) {
      it('runs in CI', () => {
        throw new Error(`Skipped in CI: ${reason}`);
      });
      return;
    }
    process.stderr.write(`Skipped: ${suite}: ${reason}\n`);
    it.skip(reason, () => undefined);
  });
}
