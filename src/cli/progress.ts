export interface Progress {
  /** @param share 0 to 1 */
  update(share: number, words: string): void;
  stop(): void;
}

/** A progress bar on stderr, if that is a terminal; otherwise nothing is shown. */
export async function progressBar(title: string): Promise<Progress> {
  if (!process.stderr.isTTY) return { update: () => undefined, stop: () => undefined };
  const { SingleBar } = await import('cli-progress');
  const bar = new SingleBar({
    format: `${title} {bar} {percentage} % {words}`,
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
  });
  bar.start(100, 0, { words: '' });
  return {
    update: (share, words) => bar.update(Math.floor(share * 100), { words }),
    stop: () => bar.stop(),
  };
}
