import { kernelModule } from '../testing/kernel-module.ts';
import { testSearch } from '../testing/test-search.ts';
import { kernelSearch } from './kernel-search.ts';

testSearch('Pattern growth in WebAssembly', kernelSearch(kernelModule));
