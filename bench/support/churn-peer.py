"""Child program: scikit-learn fits both models to the rows in a file once and scores the test rows.

    churn-peer.py FILE TASK

FILE holds 32-bit numbers, column by column, the targets last; TASK is JSON. What is timed is `fit`, after another run on a few rows.
Logistic regression has what is missing replaced by the mean and columns standardised, as ours does.
"""

import json
import sys
import time

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def timed(work):
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def main(path, task):
    rows = task["rows"]
    values = np.fromfile(path, np.float32).reshape(task["columns"] + 1, -1)
    table, target = values[:-1].T, values[-1].astype(np.int32)
    trees = HistGradientBoostingClassifier(
        max_iter=task["trees"], max_leaf_nodes=task["leaves"], early_stopping=False, random_state=1
    )
    logistic = make_pipeline(SimpleImputer(), StandardScaler(), LogisticRegression(C=1.0))
    some = min(rows, 20_000)
    answer = {}
    for name, model in (("trees", trees), ("logistic", logistic)):
        model.fit(table[:some], target[:some])
        answer[name + "Ms"] = timed(lambda: model.fit(table[:rows], target[:rows]))
        answer[name + "Auc"] = roc_auc_score(target[rows:], model.predict_proba(table[rows:])[:, 1])
    print(json.dumps(answer))


main(sys.argv[1], json.loads(sys.argv[2]))
