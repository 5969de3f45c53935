/** The errors with a code along an error's chain of causes: the ORM wraps the driver's errors. */
function* coded(error: unknown): Generator<Error & { code: string }> {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') yield at as Error & { code: string };
  }
}

export function isUniqueViolation(error: unknown): boolean {
  return [...coded(error)].some(({ code }) => code === '23505');
}

// Socket errors, postgres.js's own codes, and the SQLSTATE classes "connection", "transaction rollback" (a deadlock),
// "out of resources" and "operator intervention" (a server that shuts down or starts up).
const unavailable =
  /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH|CONNECTION_|CONNECT_TIMEOUT|08|40|53|57P)/;

/** Whether the database could not be reached or gave up, so that the same call may work later. */
export function isUnavailable(error: unknown): boolean {
  return [...coded(error)].some(({ code }) => unavailable.test(code));
}

/** What the database says of a value that it cannot store (SQLSTATE class "data exception"), if that is the error. */
export function refusedValue(error: unknown): string | undefined {
  return [...coded(error)].find(({ code }) => /^22...$/.test(code))?.message;
}
