"""Times whole processes, from start to end."""

import shutil
import subprocess
import time

from .partner import environment
from .places import OUTPUT, PORTRAITS
from .progress import Failure, say
from .rounds import median, table

COLD_CACHE = OUTPUT / "cold-cache"


def measure(programs, options):
    likeness = programs / "likeness"
    verify = [likeness, "verify", PORTRAITS / "obama.jpg", PORTRAITS / "obama2.jpg", "--threshold", "0.3",
              "--quiet"]
    count = 3 if options.quick else 10
    say("start-up: likeness --help, likeness verify, likeness doctor")
    _run([likeness, "--help"])
    _run(verify)
    times = {"help": [], "verify": [], "verifyEmptyCache": [], "doctor": []}
    for _ in range(count):
        times["help"].append(_run([likeness, "--help"]))
        times["verify"].append(_run(verify))
        shutil.rmtree(COLD_CACHE, ignore_errors=True)
        times["verifyEmptyCache"].append(_run(verify, cache=COLD_CACHE))
        times["doctor"].append(_run([likeness, "doctor"]))
    shutil.rmtree(COLD_CACHE, ignore_errors=True)
    return {name: {"milliseconds": median(values), "fastest": min(values), "rounds": values}
            for name, values in times.items()}


def _run(command, **cache):
    """Returns the milliseconds that the process takes."""
    start = time.perf_counter()
    done = subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL, capture_output=True,
                          env=environment(2, **cache), timeout=120)
    taken = (time.perf_counter() - start) * 1000
    if done.returncode != 0:
        raise Failure(f"{command[0].name} {command[1]} ended with {done.returncode}: {done.stderr.decode().strip()}")
    return taken


def text(result):
    names = {"help": "likeness --help", "verify": "likeness verify, two photographs",
             "verifyEmptyCache": "the same, no compiled networks yet",
             "doctor": "likeness doctor"}
    rows = [[names[key], one["milliseconds"], one["fastest"]] for key, one in result.items()]
    return "Whole processes\n\n" + table(["milliseconds", "median", "fastest"], rows)
