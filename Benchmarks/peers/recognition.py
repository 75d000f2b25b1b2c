"""Times one peer from a JPEG's bytes to its faces' embeddings, and over a folder; prints JSON.

usage: .deps/peers/bin/python Benchmarks/peers/recognition.py PEER --pictures FOLDER [--threads 2] [--count 1000]

PEER is opencv, facenet_pytorch or dlib; FOLDER is what pictures.py made. A folder is tried in every way that a user of
the peer has (one process with all threads, as many processes with one thread each, batches); the fastest counts.
"""

import argparse
import importlib
import json
import multiprocessing
from pathlib import Path
import sys
import time

import timing


def chunks(items, size):
    return [items[i:i + size] for i in range(0, len(items), size)]


def embeddings_of(peer, paths, batch):
    lap = lambda name: None
    if batch == 1:
        return sum(len(peer.faces(path.read_bytes(), lap)) for path in paths)
    return sum(len(peer.batch([path.read_bytes() for path in group])) for group in chunks(paths, batch))


def one_process(peer, paths, batch):
    embeddings_of(peer, paths[:2 * batch], batch)  # warms up
    started = time.perf_counter()
    faces = embeddings_of(peer, paths, batch)
    return time.perf_counter() - started, faces


def _worker(module, paths, ready, go, results):
    peer = importlib.import_module(module).Peer(1)
    embeddings_of(peer, paths[:2], 1)
    ready.put(True)
    go.wait()
    results.put(embeddings_of(peer, paths, 1))


def processes(module, paths, count):
    """Loading is not counted: all wait for each other, then run."""
    context = multiprocessing.get_context("spawn")
    ready, results, go = context.Queue(), context.Queue(), context.Event()
    workers = [context.Process(target=_worker, args=(module, paths[i::count], ready, go, results))
               for i in range(count)]
    for worker in workers:
        worker.start()
    for _ in workers:
        ready.get()
    started = time.perf_counter()
    go.set()
    faces = sum(results.get() for _ in workers)
    elapsed = time.perf_counter() - started
    for worker in workers:
        worker.join()
    return elapsed, faces


def folder(module, peer, paths, threads):
    ways = {f"one process, {threads} threads": lambda: one_process(peer, paths, 1),
            f"{threads} processes": lambda: processes(module, paths, threads)}
    for size in peer.batches:
        ways[f"one process, {threads} threads, batches of {size}"] = lambda size=size: one_process(peer, paths, size)
    found = {}
    for name, run in ways.items():
        elapsed, faces = run()
        found[name] = {"picturesPerSecond": round(len(paths) / elapsed, 2), "faces": faces}
        print(f"{peer.name}: {name}: {found[name]}", file=sys.stderr, flush=True)
    best = max(found, key=lambda name: found[name]["picturesPerSecond"])
    return {"pictures": len(paths), "best": best, "picturesPerSecond": found[best]["picturesPerSecond"], "ways": found}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("peer", choices=["opencv", "facenet_pytorch", "dlib"])
    parser.add_argument("--pictures", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--count", type=int, default=1000, help="pictures of the folder; 0 leaves the folder out")
    arguments = parser.parse_args()

    module = f"{arguments.peer}_peer"
    peer = importlib.import_module(module).Peer(arguments.threads)
    data = (arguments.pictures / "one.jpg").read_bytes()
    faces = len(peer.faces(data, lambda name: None))
    one = timing.medians(lambda lap: peer.faces(data, lap))
    print(f"{peer.name}: {one['milliseconds']['median']} ms", file=sys.stderr, flush=True)
    result = {"peer": peer.name, "versions": peer.versions, "notes": peer.notes, "threads": arguments.threads,
              "machine": timing.machine(), "picture": {"file": "one.jpg", "facesFound": faces, **one}}
    paths = sorted((arguments.pictures / "many").glob("*.jpg"))[:arguments.count]
    if paths:
        result["folder"] = folder(module, peer, paths, arguments.threads)
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
