"""Runs an ONNX file in ONNX Runtime and compares its outputs with those of another engine.

usage: .deps/peers/bin/python Benchmarks/peers/onnx_check.py MODEL.onnx VALUES.safetensors [--tolerance 1e-5]

VALUES holds the inputs and the outputs by name, in float32. Prints for each output the largest difference, the largest
value and, for embeddings, the smallest cosine. The exit status is 1 if a difference is above the tolerance times the
largest value (or times 1 if that value is smaller).
"""

import argparse
import json
from pathlib import Path
import sys

import numpy
import onnxruntime


def float32_tensors(path):
    """Returns the float32 tensors of a safetensors file by name, because the package safetensors is not installed."""
    data = Path(path).read_bytes()
    start = 8 + int.from_bytes(data[:8], "little")
    header = json.loads(data[8:start])
    header.pop("__metadata__", None)
    return {name: numpy.frombuffer(data[start:], numpy.float32, offset=entry["data_offsets"][0],
                                   count=int(numpy.prod(entry["shape"]))).reshape(entry["shape"])
            for name, entry in header.items() if entry["dtype"] == "F32"}


def compared(ours, theirs):
    ours, theirs = ours.astype(numpy.float64), theirs.astype(numpy.float64)
    result = {"largest": float(abs(ours - theirs).max()), "largestValue": float(abs(theirs).max())}
    if ours.ndim == 2:
        lengths = numpy.linalg.norm(ours, axis=1) * numpy.linalg.norm(theirs, axis=1)
        result["smallestCosine"] = float(((ours * theirs).sum(1) / lengths).min())
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model")
    parser.add_argument("values")
    parser.add_argument("--tolerance", type=float, default=1e-5)
    arguments = parser.parse_args()
    values = float32_tensors(arguments.values)
    session = onnxruntime.InferenceSession(arguments.model)
    names = [output.name for output in session.get_outputs()]
    theirs = session.run(names, {port.name: values[port.name] for port in session.get_inputs()})
    result = {name: compared(values[name], value) for name, value in zip(names, theirs)}
    print(json.dumps(result, indent=2))
    # NaN is not within the tolerance.
    return 0 if all(r["largest"] <= arguments.tolerance * max(1, r["largestValue"]) for r in result.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
