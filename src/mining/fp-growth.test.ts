import { fpGrowth } from './fp-growth.ts';
import { testMiner } from './testing/test-miner.ts';

testMiner('fpGrowth', fpGrowth);
