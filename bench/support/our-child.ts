import { readBaskets } from '../../src/import/read-baskets.ts';
import { answerLines } from './answer-lines.ts';
import { mineOnce } from './our-miner.ts';

/** Child program: reads the FIMI file it is given, then mines it as often as it is asked to. */

const { transactions } = await readBaskets(process.argv[2], { format: 'fimi' });
await answerLines((question) => mineOnce(transactions, question));
// The engine's threads would keep the process.
process.exit();
