"""Times one peer on request, from a JPEG's bytes to its faces' embeddings and for a folder.

usage: .deps/peers/bin/python Benchmarks/peers/recognition.py PEER --pictures FOLDER [--threads 2]

PEER is opencv, facenet_pytorch or dlib; FOLDER is .output/benchmarks/pictures, which Benchmarks/run creates. Writes a line
of JSON when it is ready, with the modes in which a user of the peer can process a folder (one process with all threads,
several processes with one thread each, batches). Then answers each line of the standard input with a line of JSON:

  picture SECONDS     one photograph, for this time
  folder COUNT WAY    the first photographs of the folder, in this mode
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
    embeddings_of(peer, paths[:batch], batch)  # warms up
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
    """Runs several processes. Loading is not counted: they start together when all are ready."""
    context = multiprocessing.get_context("spawn")
    ready, results, go = context.Queue(), context.Queue(), context.Event()
    workers = [context.Process(target=_worker, args=(module, paths[i::count], ready, go, results), daemon=True)
               for i in range(count)]
    for worker in workers:
        worker.start()
    for _ in workers:
        ready.get(timeout=120)
    started = time.perf_counter()
    go.set()
    faces = sum(results.get(timeout=600) for _ in workers)
    elapsed = time.perf_counter() - started
    for worker in workers:
        worker.join()
    return elapsed, faces


def ways(module, peer, threads):
    found = {f"one process, {threads} threads": lambda paths: one_process(peer, paths, 1),
             f"{threads} processes": lambda paths: processes(module, paths, threads)}
    for size in peer.batches:
        found[f"one process, {threads} threads, batches of {size}"] = \
            lambda paths, size=size: one_process(peer, paths, size)
    return found


def answer(peer, folder_ways, pictures, command):
    kind, amount, *way = command.split(maxsplit=2)
    if kind == "picture":
        data = (pictures / "one.jpg").read_bytes()
        faces = len(peer.faces(data, lambda name: None))
        return {"faces": faces, **timing.medians(lambda lap: peer.faces(data, lap), 2, 5, float(amount))}
    paths = sorted((pictures / "many").glob("*.jpg"))[:int(amount)]
    elapsed, faces = folder_ways[way[0]](paths)
    return {"pictures": len(paths), "faces": faces, "picturesPerSecond": len(paths) / elapsed}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("peer", choices=["opencv", "facenet_pytorch", "dlib"])
    parser.add_argument("--pictures", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()

    module = f"{arguments.peer}_peer"
    peer = importlib.import_module(module).Peer(arguments.threads)
    folder_ways = ways(module, peer, arguments.threads)
    print(json.dumps({"peer": peer.name, "versions": peer.versions, "notes": peer.notes, "threads": arguments.threads,
                      "ways": list(folder_ways)}), flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(peer, folder_ways, arguments.pictures, line.strip())), flush=True)


if __name__ == "__main__":
    main()
