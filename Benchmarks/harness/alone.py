"""Programs that report once."""

import json
import subprocess

from .partner import environment
from .places import BENCHMARKS, PEERS_PYTHON, PICTURES
from .progress import Failure, say
from .rounds import table


def _report(command):
    done = subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL, capture_output=True,
                          env=environment(2), timeout=600)
    if done.returncode != 0:
        raise Failure(f"{command[0].name} exited with status {done.returncode}: {done.stderr.decode().strip()}")
    return json.loads(done.stdout)


def pixels(programs, options):
    say("pixels")
    picture = [PICTURES / "one.jpg", "--seconds", 0.2 if options.quick else 0.5]
    found = _report([programs / "pixels-benchmark", *picture])
    if options.peers:
        found["opencv"] = _report([PEERS_PYTHON, BENCHMARKS / "peers/pixels.py", *picture])
    return found


def pixels_text(result):
    peer = result.get("opencv", {})
    rows = [[name, times["median"], times["fastest"], peer.get(name, {}).get("median"), peer.get(name, {}).get("fastest")]
            for name, times in result["milliseconds"].items()]
    title = f"Pixels, {result['width']} x {result['height']}, one thread"
    return f"{title}\n\n" + table(["milliseconds", "median", "fastest", "OpenCV", "fastest"], rows)


def evaluation(programs, options):
    say("evaluation")
    sizes = ["--rounds", 200, "--pictures", 5000] if options.quick else []
    return _report([programs / "evaluation-benchmark", *sizes])


def evaluation_text(result):
    rows = [[f"{result['pairs']} pairs: accuracy, curve, rates", result["report"]["median"] / 1000],
            [f"with intervals from {result['bootstrapRounds']} draws of people", result["reportWithBootstrapSeconds"]]]
    rows += [[f"all against all, {one['pictures']} pictures of {one['people']} people", one["seconds"]]
             for one in result["allAgainstAll"]]
    return "Evaluation\n\n" + table(["seconds", "taken"], rows)
