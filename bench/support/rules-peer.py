"""Child program: mlxtend makes the rules of the itemsets in a file and measures them.

    rules-peer.py FILE MEASURES GC

FILE is as itemset-file.ts writes it, MEASURES are mlxtend's names with commas between them, GC is
on, as Python has it, or off: without the search for cycles, which frozen sets of numbers are never in. Only `association_rules` is
timed; the data frame that it takes is made before.
"""

import gc
import json
import math
import resource
import sys
import time

import numpy as np
import pandas as pd
from mlxtend.frequent_patterns import association_rules

# More is an error, which is an answer, too.
MOST_MEMORY = 12 * 2**30


def memory(name):
    """A field of Linux's account of this process, in MB."""
    with open("/proc/self/status") as lines:
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(name))


def start_peak():
    """Sets the peak back to what is held, which it returns."""
    with open("/proc/self/clear_refs", "w") as file:
        file.write("5")
    return memory("VmRSS")


def read(path):
    numbers = np.fromfile(path, np.int32)
    transactions, sets, items_in_all = (int(number) for number in numbers[:3])
    offsets = numbers[3 : 3 + sets + 1].tolist()
    items = numbers[3 + sets + 1 : 3 + sets + 1 + items_in_all].tolist()
    supports = numbers[3 + sets + 1 + items_in_all :]
    frame = pd.DataFrame(
        {
            "support": supports / transactions,
            "itemsets": [frozenset(items[a:b]) for a, b in zip(offsets, offsets[1:])],
        }
    )
    return transactions, frame


def main(path, names, search_for_cycles):
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    measures = names.split(",")
    transactions, frame = read(path)
    if search_for_cycles == "off":
        gc.disable()
    before = start_peak()
    started = time.perf_counter()
    rules = association_rules(
        frame, num_itemsets=transactions, metric="confidence", min_threshold=0, return_metrics=measures
    )
    ms = (time.perf_counter() - started) * 1000
    peak = memory("VmHWM")
    one = rules[rules["consequents"].map(len) == 1]
    sums = {name: math.fsum(value for value in one[name] if math.isfinite(value)) for name in measures}
    print(
        json.dumps(
            {
                "ms": ms,
                "peakMb": peak,
                "addedMb": peak - before,
                "allRules": len(rules),
                "rules": len(one),
                "sums": sums,
            }
        )
    )


main(*sys.argv[1:])
