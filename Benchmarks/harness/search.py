"""Times exact search, faiss and a plain reading of memory in turns."""

from .partner import Partner
from .places import BENCHMARKS, PEERS_PYTHON
from .progress import say
from .rounds import median, ratio, table

# The names of the same measurement in both programs, by queries and threads.
CASES = {
    "1 query, 1 thread": ("float 1", "int8 1", "stream 1", "1 threads, 1 queries"),
    "1 query, 2 threads": ("float 2", "int8 2", "stream 2", "2 threads, 1 queries"),
    "32 queries, 2 threads": ("float batch", "int8 batch", None, "2 threads, 32 queries"),
}
WAYS = ("default", "matrix product")


def measure(programs, options):
    vectors = 200_000 if options.quick else 1_000_000
    say(f"search: filling indexes with {vectors} vectors")
    ours = Partner("search-benchmark", [programs / "search-benchmark", "--rows", vectors, "--batch", 32,
                                        "--agreement", 100, "--turns"], 2)
    faiss = _load_faiss(vectors) if options.peers else None
    try:
        about = faiss.receive() if faiss else None
        ours.receive()
        own, other = _rounds(ours, faiss, 5 if options.quick else 15)
        ours.finish()
        details = ours.receive()
    finally:
        ours.close()
        if faiss:
            faiss.close()
    return {"vectors": vectors, "dimension": 128, "peer": about, "ours": details,
            "cases": {name: _case(keys, own, other) for name, keys in CASES.items()},
            "rounds": {"ours": own, "peer": other}}


def _load_faiss(vectors):
    return Partner("faiss", [PEERS_PYTHON, BENCHMARKS / "peers/search.py", "--vectors", vectors], 2)


def _rounds(ours, faiss, count):
    own, other = [], []
    for number in range(count + 1):
        if number % 5 == 1:
            say(f"search: round {number} of {count}")
        found = ours.ask("round"), faiss.ask("round") if faiss else None
        if number > 0:  # the first round warms up
            own.append(found[0])
            if faiss:
                other.append(found[1])
    return own, other


def _case(keys, own, other):
    float_key, int8_key, stream_key, faiss_key = keys
    floats, int8s = [r[float_key] for r in own], [r[int8_key] for r in own]
    # The faster of faiss's two modes for this case.
    ways = {way: [r[f"{faiss_key}, {way}"] for r in other] for way in WAYS} if other else {}
    way = min(ways, key=lambda name: median(ways[name])) if ways else None
    return {
        "floatMilliseconds": median(floats), "int8Milliseconds": median(int8s),
        "floatOfStream": ratio([r[stream_key] for r in own], floats) if stream_key else None,
        "int8OverFloat": ratio(floats, int8s),
        "faissMilliseconds": median(ways[way]) if way else None, "faissWay": way,
        "floatOverFaiss": ratio(ways[way], floats) if way else None,
        "int8OverFaiss": ratio(ways[way], int8s) if way else None,
    }


def text(result):
    rows = [[name, c["floatMilliseconds"], c["int8Milliseconds"], c["faissMilliseconds"], c["floatOfStream"],
             c["int8OverFloat"], c["floatOverFaiss"], c["int8OverFaiss"]] for name, c in result["cases"].items()]
    kernel = result["ours"]["kernel"]
    return (f"Exact search among {result['vectors']} templates of {result['dimension']} numbers, {kernel}\n\n"
            + table(["milliseconds", "float", "int8", "faiss", "float of memory stream", "int8 x float",
                     "float x faiss", "int8 x faiss"], rows))
