/** The codes along an error's chain of causes: the ORM wraps the driver's errors. */
function* codesOf(error: unknown): Generator<string> {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { code } = at as { code?: unknown };
    if (typeof code === 'string') yield code;
  }
}

export function isUniqueViolation(error: unknown): boolean {
  return [...codesOf(error)].includes('23505');
}

// Socket errors, postgres.js's own codes, and the SQLSTATE classes "connection", "out of resources" and
// "operator intervention" (a server that shuts down or starts up).
const unavailable = /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH|CONNECTION_|CONNECT_TIMEOUT|08|53|57P)/;

/** Whether the database could not be reached, so that the same call may work later. */
export function isUnavailable(error: unknown): boolean {
  return [...codesOf(error)].some((code) => unavailable.test(code));
}
