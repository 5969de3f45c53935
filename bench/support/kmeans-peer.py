"""Child program: scikit-learn clusters the rows in a file once.

    kmeans-peer.py FILE TASK

FILE holds 32-bit numbers, row by row; TASK is JSON. The first rows are the first centres. What is timed is `fit`, after another
one on a few rows.
"""

import json
import sys
import time
import warnings

import numpy as np
from sklearn.cluster import KMeans, MiniBatchKMeans

warnings.filterwarnings("ignore")


def main(path, task):
    rows = np.fromfile(path, np.float32).reshape(-1, task["columns"])
    clusters = task["clusters"]
    common = {"n_clusters": clusters, "init": rows[:clusters].copy(), "n_init": 1}
    if task["method"] == "mini-batch":
        model = MiniBatchKMeans(**common, batch_size=1024, random_state=1)
    else:
        model = KMeans(**common, max_iter=task["iterations"], tol=0, algorithm=task["method"])
    model.fit(rows[:20_000])
    started = time.perf_counter()
    model.fit(rows)
    ms = (time.perf_counter() - started) * 1000
    iterations = model.n_steps_ if task["method"] == "mini-batch" else model.n_iter_
    print(json.dumps({"ms": ms, "inertia": float(model.inertia_), "iterations": int(iterations)}))


main(sys.argv[1], json.loads(sys.argv[2]))
