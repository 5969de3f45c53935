import { fuzzyLearner } from './fuzzy-learner.ts';
import { logisticLearner, majority, singleFeature } from './logistic-learner.ts';
import { testLearner } from './testing/test-learner.ts';
import { treeLearner } from './tree-learner.ts';

testLearner(majority);
testLearner(singleFeature('strong alone', 'strong'));
testLearner(logisticLearner);
testLearner(treeLearner());
testLearner(fuzzyLearner());
testLearner(fuzzyLearner({ variant: 'paper' }));
