import { kernelModule } from '../testing/kernel-module.ts';
import { testHugeCounts } from '../testing/test-huge-counts.ts';
import { testMedium } from '../testing/test-medium.ts';
import { testSearch } from '../testing/test-search.ts';
import { kernelSearch } from './kernel-search.ts';

const name = 'Pattern growth in WebAssembly';
const search = kernelSearch(kernelModule);

testSearch(name, search);
testMedium(name, search);
testHugeCounts(name, search);
