"""Joins two networks in one, `likeness-precise`: `likeness-light`, and FaceNet with the masked branch.

Both see one crop of 224 x 224 pixels, aligned by ArcFace's template: the first at half its size, FaceNet at 160 pixels and
whitened. The two embeddings of 128 numbers and the context go through the fusion, which is a file of the clone.
"""

from array import array

import blocks
import facenet
from onnxfile import Model, Value
import strengthened

# FaceNet's place in its package.
FACENET = "nex_face/resources/facenet_keras_2024.h5"
# The parts in the clone.
PARTS = ("Models/facenet-masked.onnx", "Models/likeness-light.onnx", "Models/likeness-precise.fusion.onnx")
SIDE, FACENET_SIDE = 224, 160
# The input is (value - 127.5) / 128, which is as precise in bf16 as the pixels are.
RANGE = 128.0
CONTEXT = 12


def convert(weights, masked, light, fusion):
    """Returns the file of the joined network: from FaceNet-128 in HDF5 and three files of the clone in ONNX: our masked
    branch, `likeness-light` in 8 bits, and the fusion."""
    return join(strengthened.convert(weights, masked)["model.onnx"], light, fusion)


def join(network, light, fusion):
    """Returns the file of `likeness-light` in 8 bits joined with another FaceNet. Without a fusion, the embedding is all
    256 numbers, and there is no context."""
    model = Model("likeness-precise", [Value("input", ["batch", 3, SIDE, SIDE])], [], opset=17)
    small = Model.read(light)
    blocks.dequantize(small)
    model.add("AveragePool", ["input"], "half", kernel_shape=[2, 2], strides=[2, 2])
    one = model.graft(small, "light.", "half")
    two = model.graft(Model.read(network), "facenet.", _whitened(model))
    joined = model.add("Concat", [one["embedding"], two["embedding"]], "both", axis=1)
    if fusion is None:
        model.add("Identity", [joined], "embedding")
        embedding = Value("embedding", ["batch", 256])
    else:
        model.inputs.append(Value("context", ["batch", CONTEXT]))
        fused = model.graft(Model.read(fusion), "fusion.", joined, "context")
        model.add("Identity", [fused["embedding"]], "embedding")
        embedding = Value("embedding", ["batch", 128])
    # The other outputs get the names that the card lists.
    maps = [Value("attention_fine", ["batch", 1, 8, 8]), Value("attention_coarse", ["batch", 1, 3, 3])]
    model.outputs = [embedding] + [value for value in maps if value.name in two]
    for value in model.outputs[1:]:
        model.add("Identity", [two[value.name]], value.name)
    return {"model.onnx": model.write()}


def _constant(model, name, *values):
    return model.weight(name, [len(values)], array("f", values))


def _whitened(model):
    """Adds the picture at FaceNet's size minus its mean, divided by its standard deviation."""
    factor = FACENET_SIDE / SIDE
    region = model.weight("no_region", [0], array("f"))
    scales = _constant(model, "facenet_scales", 1, 1, factor, factor)
    model.add("Resize", ["input", region, scales], "resized", mode=b"linear",
              coordinate_transformation_mode=b"half_pixel")
    model.add("ReduceMean", ["resized"], "mean", axes=[1, 2, 3], keepdims=1)
    model.add("Sub", ["resized", "mean"], "centered")
    model.add("Mul", ["centered", "centered"], "squares")
    model.add("ReduceMean", ["squares"], "variance", axes=[1, 2, 3], keepdims=1)
    model.add("Sqrt", ["variance"], "deviation")
    # A crop of one color must not be divided by zero.
    least = _constant(model, "least_deviation", 1 / RANGE / (3 * FACENET_SIDE ** 2) ** 0.5)
    model.add("Max", ["deviation", least], "divisor")
    return model.add("Div", ["centered", "divisor"], "whitened")
