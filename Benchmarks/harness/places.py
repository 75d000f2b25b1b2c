"""Where things are."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BENCHMARKS = ROOT / "Benchmarks"
OUTPUT = ROOT / ".output/benchmarks"
PICTURES = OUTPUT / "pictures"
PORTRAITS = ROOT / ".deps/portraits"
INSTALLATION = ROOT / ".deps"
TRAINING_ENGINE = INSTALLATION / "torch/lib/liblikeness_torch.so"
PEERS_PYTHON = ROOT / ".deps/peers/bin/python"
# Compiled networks and the like, apart from the user's own.
CACHE = OUTPUT / "cache"
