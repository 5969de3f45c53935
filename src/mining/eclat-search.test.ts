import { eclatSearch } from './eclat-search.ts';
import { testHugeCounts } from './testing/test-huge-counts.ts';
import { testMedium } from './testing/test-medium.ts';
import { testSearch } from './testing/test-search.ts';
import { testWide } from './testing/test-wide.ts';

const name = 'Eclat over bits';

testSearch(name, eclatSearch);
testMedium(name, eclatSearch);
testHugeCounts(name, eclatSearch);
testWide(name, eclatSearch, [
  { items: 300, targets: ['all', 'closed', 'maximal', 'generator'], times: 1, shares: 1 },
]);
