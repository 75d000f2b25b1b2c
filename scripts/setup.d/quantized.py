"""Quantizes a network to 8-bit integers, with ranges of activations that `likeness export --int8` measured.

Activations become unsigned integers with one scale and one zero point each, and weights become signed integers with one
scale per output (Jacob et al., 2018). CPUs without VNNI add the products of two neighboring inputs in 16 bits. So the scales
are so large that two neighboring weights add up to at most 128: 255 x 128 is less than 2 to the power of 15. Biases and
everything else stay floating point (note 0010).
"""

from array import array
import csv
import io
from operator import add

from onnxfile import Model, Node

# The largest weight and, before rounding, the largest sum of two.
LARGEST = 127


def convert(network, ranges):
    """Returns the files of a quantized network: from its ONNX file and a table of the activations with the columns
    `activation`, `scale` and `zero point`."""
    model = Model.read(network)
    rows = csv.DictReader(io.StringIO(ranges.decode()))
    quantize(model, {row["activation"]: (float(row["scale"]), int(row["zero point"])) for row in rows})
    return {"model.onnx": model.write()}


def quantize(model, ranges):
    """Quantizes the products of constant weights with the activations that `ranges` has."""
    nodes, done = [], {}
    for node in model.nodes:
        if axis := _axis(node, model, ranges):
            activation, weight = node.inputs[:2]
            if activation not in done:
                done[activation] = _activation(model, nodes, activation, ranges[activation])
            if weight not in done:
                depthwise = node.attributes.get("group", 1) == model.weights[weight].shape[0] > 1
                done[weight] = _weight(model, nodes, weight, axis[0], depthwise)
            node = Node(node.kind, [done[node.inputs[0]], done[node.inputs[1]], *node.inputs[2:]], node.outputs,
                        node.attributes, node.name)
        nodes.append(node)
    if missing := [name for name in ranges if name not in done]:
        raise ValueError(f"the network has no products with {missing[0]}")
    used = {name for node in nodes for name in node.inputs}
    model.nodes = nodes
    model.weights = {name: tensor for name, tensor in model.weights.items() if name in used}


def _axis(node, model, ranges):
    """Returns a tuple of the weight's axis of the outputs; nothing if the operation is not quantized."""
    if node.kind not in ("Conv", "Gemm", "MatMul") or node.inputs[0] not in ranges:
        return ()
    if node.inputs[1] not in model.weights:
        return ()
    return (0,) if node.kind == "Conv" or node.attributes.get("transB") == 1 else (1,)


def _activation(model, nodes, name, measured):
    scale, zero = measured
    pair = [model.weight(f"{name}.scale", [], array("f", [scale])),
            model.weight(f"{name}.zero", [], array("B", [zero]))]
    nodes.append(Node("QuantizeLinear", [name, *pair], [f"{name}.quantized"], {}, f"{name}.quantized"))
    nodes.append(Node("DequantizeLinear", [f"{name}.quantized", *pair], [f"{name}.dequantized"], {},
                      f"{name}.dequantized"))
    return f"{name}.dequantized"


def _weight(model, nodes, name, axis, depthwise):
    tensor = model.weights[name]
    values, outputs = tensor.data, tensor.shape[axis]
    if axis == 0:
        size = len(values) // outputs
        parts = [slice(size * place, size * (place + 1)) for place in range(outputs)]
    else:
        parts = [slice(place, None, outputs) for place in range(outputs)]
    # The distance between two neighboring inputs.
    neighbor = size // tensor.shape[1] if axis == 0 and len(tensor.shape) > 1 and tensor.shape[1] > 1 else 1
    scales, numbers = array("f"), array("b", bytes(len(values)))
    for part in parts:
        some = values[part]
        sums = [] if depthwise else list(map(add, some, some[neighbor:]))
        scales.append(max(max(some), -min(some), max(sums, default=0), -min(sums, default=0)) / LARGEST or 1)
        scale = scales[-1]  # rounded to single precision
        numbers[part] = array("b", [round(value / scale) for value in some])
    names = [model.weight(f"{name}.{kind}", shape, data) for kind, shape, data in (
        ("quantized", tensor.shape, numbers), ("scale", [outputs], scales), ("zero", [outputs], array("b", bytes(outputs))))]
    nodes.append(Node("DequantizeLinear", names, [f"{name}.dequantized"], {"axis": axis}, f"{name}.dequantized"))
    return f"{name}.dequantized"
