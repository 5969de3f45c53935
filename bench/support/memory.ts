import { readFileSync, writeFileSync } from 'node:fs';

const field = (name: string): number => {
  const status = readFileSync('/proc/self/status', 'utf8');
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) / 1024;
};

/**
 * What this process holds now, in MB of resident memory, after which {@link peakMb} counts anew. Linux only; NaN elsewhere.
 */
export function startPeak(): number {
  try {
    // 5 sets the peak back to what is held (proc(5)).
    writeFileSync('/proc/self/clear_refs', '5');
    return field('VmRSS');
  } catch {
    return Number.NaN;
  }
}

/** The most that this process has held since {@link startPeak}, in MB. */
export function peakMb(): number {
  try {
    return field('VmHWM');
  } catch {
    return Number.NaN;
  }
}
