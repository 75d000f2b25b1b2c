"""Times faiss-cpu's exact search (flat, inner product, float32) among random unit vectors on request.

Faiss has two modes: its own loops, one query at a time (its default for all batches here), and one matrix product for a
batch (BLAS), which a user can choose by lowering a threshold. Both are timed.

usage: .deps/peers/bin/python Benchmarks/peers/search.py [--vectors 1000000] [--dimension 128]

Writes a line of JSON when it is ready. Then runs a round for each line of the standard input, and answers with the
milliseconds by threads, queries and mode.
"""

import argparse
from importlib.metadata import version
import json
import sys
import time

import faiss
import numpy

# Threads and queries, as in search-benchmark.
CASES = ((1, 1), (2, 1), (2, 32))


def unit_vectors(count, dimension, seed):
    vectors = numpy.random.default_rng(seed).standard_normal((count, dimension), dtype=numpy.float32)
    vectors /= numpy.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


def taken(index, threads, queries, threshold, neighbors):
    faiss.omp_set_num_threads(threads)
    faiss.cvar.distance_compute_blas_threshold = threshold
    started = time.perf_counter()
    index.search(queries, neighbors)
    return (time.perf_counter() - started) * 1000


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--vectors", type=int, default=1_000_000)
    parser.add_argument("--dimension", type=int, default=128)
    parser.add_argument("--neighbors", type=int, default=2, help="the best and the runner-up")
    arguments = parser.parse_args()

    index = faiss.IndexFlatIP(arguments.dimension)
    index.add(unit_vectors(arguments.vectors, arguments.dimension, 1))
    default = faiss.cvar.distance_compute_blas_threshold
    print(json.dumps({"peer": "faiss-cpu IndexFlatIP",
                      "versions": {name: version(name) for name in ("faiss-cpu", "numpy")},
                      "instructions": faiss.get_compile_options().strip(), "vectors": arguments.vectors,
                      "dimension": arguments.dimension, "neighbors": arguments.neighbors}), flush=True)
    for round_number, _ in enumerate(sys.stdin):
        found = {}
        for threads, size in CASES:
            queries = unit_vectors(size, arguments.dimension, 2 + round_number)
            for way, threshold in (("default", default), ("matrix product", 1)):
                key = f"{threads} threads, {size} queries, {way}"
                found[key] = taken(index, threads, queries, threshold, arguments.neighbors)
        print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
