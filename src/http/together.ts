type Fetch<Env> = (request: Request, env: Env) => Response | Promise<Response>;

/**
 * Lets the answers that are ready at once leave together, after all requests that came in the same turn of the
 * event loop have been worked on; as Redis does. A write wakes whoever waits for it, which costs more than the
 * answer itself; those that follow closely find the receiver awake.
 */
export function together<Env>(fetch: Fetch<Env>): Fetch<Env> {
  let waiting: (() => void)[] = [];
  const release = (): void => {
    const ready = waiting;
    waiting = [];
    for (const leave of ready) leave();
  };
  return (request, env) => {
    const answer = fetch(request, env);
    if (answer instanceof Promise) return answer;
    return new Promise((resolve) => {
      if (waiting.length === 0) setImmediate(release);
      waiting.push(() => resolve(answer));
    });
  };
}
