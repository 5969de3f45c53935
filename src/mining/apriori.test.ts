import { apriori } from './apriori.ts';
import { testMiner } from './testing/test-miner.ts';

testMiner('apriori', apriori);
