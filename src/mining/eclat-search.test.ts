import { eclatSearch } from './eclat-search.ts';
import { testSearch } from './testing/test-search.ts';

testSearch('Eclat over bits', eclatSearch);
