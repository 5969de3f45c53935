import { eclat } from './eclat.ts';
import { testMiner } from './testing/test-miner.ts';

testMiner('Eclat', eclat);
