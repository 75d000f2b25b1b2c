"""Times steps of training in turns with PyTorch's own loop."""

from .partner import Partner
from .places import BENCHMARKS, PEERS_PYTHON, TRAINING_ENGINE
from .progress import Failure, say
from .rounds import median, ratio, table

PRECISIONS = ("fp32", "bf16")
BATCH = 32


def measure(programs, options):
    if not TRAINING_ENGINE.exists():
        raise Failure("the training engine is not installed: run scripts/setup --training")
    sizes = ["--threads", options.threads, "--batch", BATCH, "--steps", 1 if options.quick else 2]
    ours = Partner("training-benchmark", [programs / "training-benchmark", "--engine", TRAINING_ENGINE, *sizes],
                   options.threads)
    peer = Partner("pytorch-training", [PEERS_PYTHON, BENCHMARKS / "peers/training.py", *sizes],
                   options.threads) if options.peers else None
    try:
        about = {"ours": ours.receive(), "peer": peer.receive() if peer else None}
        rounds = _rounds(ours, peer, 2 if options.quick else 6)
    finally:
        ours.close()
        if peer:
            peer.close()
    return {**about, "batch": BATCH, "threads": options.threads, "rounds": rounds,
            "cases": {precision: _case(times) for precision, times in rounds.items()}}


def _rounds(ours, peer, count):
    found = {precision: {"ours": [], "peer": []} for precision in PRECISIONS}
    for number in range(count + 1):
        say(f"training: round {number} of {count}")
        for precision in PRECISIONS:
            times = ours.ask(precision)["seconds"], peer.ask(precision)["seconds"] if peer else None
            if number > 0:  # the first round warms up
                found[precision]["ours"].append(times[0])
                found[precision]["peer"].append(times[1])
    return found


def _case(times):
    theirs = [seconds for seconds in times["peer"] if seconds is not None]
    return {"picturesPerSecond": BATCH / median(times["ours"]),
            "peerPicturesPerSecond": BATCH / median(theirs) if theirs else None,
            "overPeer": ratio(times["peer"], times["ours"])}


def text(result):
    rows = [[name, c["picturesPerSecond"], c["peerPicturesPerSecond"], c["overPeer"]]
            for name, c in result["cases"].items()]
    return (f"Training of Inception-ResNet-v1, 160 x 160, batches of {result['batch']}, {result['threads']} threads\n\n"
            + table(["pictures per second", "ours", "PyTorch's loop", "x PyTorch"], rows))
