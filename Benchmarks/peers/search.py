"""Times faiss-cpu's exact search (flat, inner product, float32) among random unit vectors; prints JSON.

Faiss has two ways: its own loops, one query at a time (its default for all batches here), and one matrix product for a
batch (BLAS), which a user may choose by lowering a threshold. Both are timed.

usage: .deps/peers/bin/python Benchmarks/peers/search.py [--vectors 1000000] [--dimension 128] [--threads 1 2]
"""

import argparse
from importlib.metadata import version
import json

import faiss
import numpy

import timing


def unit_vectors(count, dimension, seed):
    vectors = numpy.random.default_rng(seed).standard_normal((count, dimension), dtype=numpy.float32)
    return vectors / numpy.linalg.norm(vectors, axis=1, keepdims=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--vectors", type=int, default=1_000_000)
    parser.add_argument("--dimension", type=int, default=128)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--batches", type=int, nargs="+", default=[1, 8, 32, 128])
    parser.add_argument("--neighbors", type=int, default=2, help="the best and the runner-up")
    arguments = parser.parse_args()

    index = faiss.IndexFlatIP(arguments.dimension)
    index.add(unit_vectors(arguments.vectors, arguments.dimension, 1))
    gigabytes = arguments.vectors * arguments.dimension * 4 / 1e9
    default = faiss.cvar.distance_compute_blas_threshold
    runs = []
    for threads in arguments.threads:
        faiss.omp_set_num_threads(threads)
        for size in arguments.batches:
            queries = unit_vectors(size, arguments.dimension, 2)
            for way, threshold in (("default", default), ("matrix product", 1)):
                faiss.cvar.distance_compute_blas_threshold = threshold
                taken = timing.medians(lambda lap: (index.search(queries, arguments.neighbors), lap("search")),
                                       warm_up=2, least=10, seconds=2)["milliseconds"]
                runs.append({"threads": threads, "queries": size, "way": way, "milliseconds": taken,
                             "millisecondsPerQuery": round(taken["median"] / size, 4),
                             "gigabytesPerSecond": round(gigabytes / taken["median"] * 1000, 2)})
    print(json.dumps({
        "peer": "faiss-cpu IndexFlatIP", "versions": {p: version(p) for p in ("faiss-cpu", "numpy")},
        "queriesBeforeMatrixProduct": default,
        "instructions": faiss.get_compile_options().strip(), "machine": timing.machine(),
        "vectors": arguments.vectors, "dimension": arguments.dimension, "neighbors": arguments.neighbors, "runs": runs,
    }, indent=2))


if __name__ == "__main__":
    main()
