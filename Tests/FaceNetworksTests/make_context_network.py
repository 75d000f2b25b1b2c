"""Creates Golden/context.onnx: a network whose embedding is the crop (8 x 8, three channels) followed by the context.

What an embedder gives with it shows which numbers it was given, in which order. Run from the repository's root:

    python3 Tests/FaceNetworksTests/make_context_network.py
"""

from pathlib import Path
import sys

sys.path.insert(0, "scripts/setup.d")
from onnxfile import Model, Value  # noqa: E402

model = Model(
    "context", [Value("input", ["batch", 3, 8, 8]), Value("context", ["batch", 12])],
    [Value("embedding", ["batch", 204])])
pixels = model.add("Flatten", ["input"], "pixels", axis=1)
model.add("Concat", [pixels, "context"], "embedding", axis=1)
(Path(__file__).parent / "Golden/context.onnx").write_bytes(model.write())
