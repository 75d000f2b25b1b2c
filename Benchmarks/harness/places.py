"""The locations of files and folders."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BENCHMARKS = ROOT / "Benchmarks"
OUTPUT = ROOT / ".output/benchmarks"
PICTURES = OUTPUT / "pictures"
PORTRAITS = ROOT / ".deps/portraits"
INSTALLATION = ROOT / ".deps"
TRAINING_ENGINE = INSTALLATION / "torch/lib/liblikeness_torch.so"
PEERS_PYTHON = ROOT / ".deps/peers/bin/python"
# The cache of compiled networks, separate from the user's own.
CACHE = OUTPUT / "cache"
