/** What went wrong, as callers may branch on it. Stable: clients see these codes in problem+json answers. */
export type ErrorCode =
  | 'bad-input'
  | 'not-found'
  | 'conflict'
  | 'unauthorized'
  | 'forbidden'
  | 'limit-exceeded'
  | 'cancelled'
  | 'busy'
  | 'unavailable';

/**
 * An expected failure: its message says what to do and may be shown to whoever asked.
 * Anything else that is thrown is a defect and is shown as "internal error".
 */
export class PairwellError extends Error {
  override readonly name = 'PairwellError';
  readonly code: ErrorCode;
  /** Figures behind the message, for programs: plain JSON. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
