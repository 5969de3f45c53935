import { Worker, type WorkerOptions } from 'node:worker_threads';

/**
 * Starts a thread entry that stands beside the caller, compiled or not.
 *
 * @param name the entry's file name without its ending, such as `compute-worker`
 *
 * A `.ts` entry (tests, development) needs tsx registered inside the thread; a compiled `.js` entry needs
 * nothing and starts in a third of the time.
 */
export function spawn(name: string, options: WorkerOptions = {}): Worker {
  const compiled = import.meta.url.endsWith('.js');
  const entry = new URL(`./${name}${compiled ? '.js' : '.ts'}`, import.meta.url);
  if (compiled) return new Worker(entry, options);
  // Resolved here, as the thread's own imports start from the working directory, where tsx need not be.
  const tsx = JSON.stringify(import.meta.resolve('tsx/esm/api'));
  const bootstrap = `import(${tsx}).then(({ register }) => { register(); return import(${JSON.stringify(entry.href)}); });`;
  return new Worker(bootstrap, { ...options, eval: true });
}
