import { absoluteSupport } from '../../src/mining/options.ts';
import { generateTransactions } from './generate-baskets.ts';
import { mineOnce } from './our-miner.ts';

/** Child program: mines so many generated baskets once, at a share of them, with so many threads. */

const [baskets, share, threads, seed] = process.argv.slice(2).map(Number);
// Threads run and the code has been seen before the clock starts; a thousand baskets take no memory to speak of.
const few = 1_000;
await mineOnce(generateTransactions({ baskets: few, seed }), absoluteSupport(0.01, few), 'all', threads);
const transactions = generateTransactions({ baskets, seed });
const answer = await mineOnce(transactions, absoluteSupport(share, baskets), 'all', threads);
const dataMb = (transactions.items.byteLength + transactions.offsets.byteLength) / 2 ** 20;
process.stdout.write(JSON.stringify({ ...answer, dataMb }), () => process.exit());
