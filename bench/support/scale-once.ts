import { absoluteSupport } from '../../src/mining/options.ts';
import { generateTransactions } from './generate-baskets.ts';
import { mineOnce } from './our-miner.ts';

/** Child program: mines so many generated baskets once, at a share of them, with so many threads. */

const [baskets, share, threads, seed] = process.argv.slice(2).map(Number);
// Threads run and the code has been seen before the clock starts; a thousand baskets take no memory to speak of.
const few = 1_000;
const work = { target: 'all', threads, report: 'count' } as const;
await mineOnce(generateTransactions({ baskets: few, seed }), {
  ...work,
  minSupport: absoluteSupport(0.01, few),
});
const transactions = generateTransactions({ baskets, seed });
const answer = await mineOnce(transactions, { ...work, minSupport: absoluteSupport(share, baskets) });
const peakMb = process.resourceUsage().maxRSS / 1024;
const dataMb = (transactions.items.byteLength + transactions.offsets.byteLength) / 2 ** 20;
process.stdout.write(JSON.stringify({ ...answer, dataMb, peakMb }), () => process.exit());
