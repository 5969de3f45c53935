"""Child program: a miner for Python over one FIMI file.

    peers.py serve PEER FILE                     answers questions, one JSON object a line
    peers.py once PEER FILE MINSUPPORT TARGET    counts once and ends, to time the whole process

PEER is fim-fpgrowth, fim-eclat, rusket or mlxtend. Only the miner's own call is timed; everything that turns the
file into what the miner takes comes before. A question's report says whether the sets are only counted or listed;
peers that cannot count return them all either way.
"""

import gc
import json
import resource
import sys
import time

# More is an error, which is an answer, too.
MOST_MEMORY = 8 * 2**30


def read(path):
    with open(path) as lines:
        return [list(map(int, line.split())) for line in lines]


def csr(baskets):
    """The baskets as compressed sparse rows of column numbers, and the number of columns."""
    import numpy as np

    rows = [sorted(set(basket)) for basket in baskets]
    column = {item: c for c, item in enumerate(sorted({item for row in rows for item in row}))}
    offsets = np.zeros(len(rows) + 1, np.int32)
    offsets[1:] = np.cumsum([len(row) for row in rows])
    return offsets, np.array([column[item] for row in rows for item in row], np.int32), len(column)


def pyfim(algorithm):
    def prepare(baskets):
        import fim

        miner = getattr(fim, algorithm)
        # Some versions leave out the sets all of whose items are in every basket; they are added here.
        if miner([[1]], supp=-1, report="#"):
            missing = {"all": 0, "closed": 0}
        else:
            everywhere = len(set.intersection(*map(set, baskets)))
            missing = {"all": 2**everywhere - 1, "closed": min(everywhere, 1)}

        # The report '#' has how many sets there are of each size and support, and no set is built; 'a' lists them
        # with their supports.
        def mine(min_support, target, report):
            # Tuples of numbers are in no cycle; the search for cycles would take much of the time.
            gc.disable()
            try:
                return miner(baskets, target=target[0], supp=-min_support, report="#" if report == "count" else "a")
            finally:
                gc.enable()

        def count(found, target, report):
            sets = len(found) if report == "list" else sum(map(int, dict(found).values()))
            return sets + missing[target]

        return mine, count

    return prepare


def rusket(baskets):
    """Its Rust core without the data frame around the result; it returns all sets in flat arrays."""
    import numpy as np
    from rusket import _rusket

    offsets, columns, width = csr(baskets)
    if len(columns) >= len(baskets) * width / 10:
        # Dense data: it is faster from bytes than from sparse rows.
        cells = np.zeros((len(baskets), width), np.uint8)
        cells[np.repeat(np.arange(len(baskets)), np.diff(offsets)), columns] = 1

        def mine(min_support, *_):
            return _rusket.fpgrowth_from_dense(cells, min_support)

    else:

        def mine(min_support, *_):
            return _rusket.fpgrowth_from_csr(offsets, columns, width, min_support)

    return mine, lambda found, *_: len(found[0])


def mlxtend(baskets):
    import numpy as np
    import pandas as pd
    from mlxtend.frequent_patterns import fpgrowth
    from scipy.sparse import csr_matrix

    offsets, columns, width = csr(baskets)
    cells = csr_matrix((np.ones(len(columns), bool), columns, offsets), shape=(len(baskets), width))
    frame = pd.DataFrame.sparse.from_spmatrix(cells)

    def mine(min_support, *_):
        # It rounds share × baskets up; half a basket less keeps rounding errors from adding one.
        return fpgrowth(frame, min_support=(min_support - 0.5) / len(baskets))

    return mine, lambda found, *_: len(found)


PEERS = {
    "fim-fpgrowth": pyfim("fpgrowth"),
    "fim-eclat": pyfim("eclat"),
    "rusket": rusket,
    "mlxtend": mlxtend,
}


def main(mode, peer, path, *request):
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    mine, count = PEERS[peer](read(path))
    # The loaded baskets are no garbage; looking for some among them would be timed.
    gc.freeze()

    def answer(min_support, target, report):
        started = time.perf_counter()
        found = mine(min_support, target, report)
        ms = (time.perf_counter() - started) * 1000
        return {"ms": ms, "itemsets": str(count(found, target, report))}

    if mode == "once":
        print(json.dumps(answer(int(request[0]), request[1], "count")))
        return
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        question = json.loads(line)
        try:
            words = answer(question["minSupport"], question["target"], question["report"])
        except Exception as error:
            words = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(words), flush=True)


main(*sys.argv[1:])
