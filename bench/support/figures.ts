import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';

/**
 * Writes what a benchmark found, and on what machine, as JSON.
 *
 * @param file where to; without one to stdout
 */
export async function writeFigures(file: string | undefined, figures: object): Promise<void> {
  const machine = { node: process.version, cpu: cpus()[0]?.model, cores: availableParallelism() };
  const text = `${JSON.stringify({ ...machine, ...figures })}\n`;
  if (file === undefined) process.stdout.write(text);
  else await writeFile(file, text);
}
