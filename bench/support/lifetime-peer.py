"""Child program: lifetimes fits BG/NBD to the customers in a file, standard errors and all, and foresees the
purchases of each; several times in one process.

    lifetime-peer.py FILE WARM TIMED WEEKS

FILE is as lifetime-work.ts writes it. WARM fits come first, TIMED ones are measured.
"""

import json
import statistics
import sys
import time
import warnings

import numpy as np
from lifetimes import BetaGeoFitter

warnings.filterwarnings("ignore")


def timed(work):
    started = time.perf_counter()
    result = work()
    return result, (time.perf_counter() - started) * 1000


def main(path, warm, timed_runs, weeks):
    frequency, recency, age = np.fromfile(path, np.float64).reshape(3, -1)
    fit_ms, expect_ms = [], []
    for _ in range(warm + timed_runs):
        fitter, ms = timed(lambda: BetaGeoFitter().fit(frequency, recency, age))
        fit_ms.append(ms)
        expected, ms = timed(lambda: float(np.sum(fitter.predict(weeks, frequency, recency, age))))
        expect_ms.append(ms)
    print(
        json.dumps(
            {
                "parameters": fitter.params_.tolist(),
                "expected": expected,
                "firstFitMs": fit_ms[0],
                "fitMs": statistics.median(fit_ms[warm:]),
                "expectMs": statistics.median(expect_ms[warm:]),
            }
        )
    )


main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))
