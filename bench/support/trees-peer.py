"""Child program: scikit-learn trains on the rows in a file once and scores the test rows.

    trees-peer.py FILE TASK

FILE holds 32-bit numbers, column by column, the targets last; TASK is JSON. What is timed is `fit` and `predict_proba`, after another
run on a few rows.
"""

import json
import sys
import time

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score


def timed(work):
    started, before = time.perf_counter(), time.process_time()
    result = work()
    return result, (time.perf_counter() - started) * 1000, (time.process_time() - before) * 1000


def main(path, task):
    rows = task["rows"]
    values = np.fromfile(path, np.float32).reshape(task["columns"] + 1, -1)
    table, target = values[:-1].T, values[-1].astype(np.int32)
    model = HistGradientBoostingClassifier(
        max_iter=task["trees"], max_leaf_nodes=task["leaves"], early_stopping=False, random_state=1
    )
    some = min(rows, 20_000)
    model.fit(table[:some], target[:some])
    _, fit, fit_cpu = timed(lambda: model.fit(table[:rows], target[:rows]))
    test = np.ascontiguousarray(table[rows:])
    model.predict_proba(test[:1000])
    found, score, score_cpu = timed(lambda: model.predict_proba(test))
    auc = roc_auc_score(target[rows:], found[:, 1])
    print(json.dumps({"fitMs": fit, "fitCpuMs": fit_cpu, "scoreMs": score, "scoreCpuMs": score_cpu, "auc": auc}))


main(sys.argv[1], json.loads(sys.argv[2]))
