"""Weights in 8 bits with one scale per block, as in ONNX's DequantizeLinear of opset 21, which few runtimes support.

Files are stored in this form because they are four times smaller. Set-up replaces each such node by its float weights,
(q - zero point) x scale, computed in double precision and rounded once.
"""

from array import array
import struct

from onnxfile import Node, Tensor

BLOCK = 64
# Smaller tensors, such as biases and depthwise kernels, stay as they are.
FEWEST = 20000


def dequantize(model):
    """Replaces nodes for quantized weights, and reshapes of weights, by float weights."""
    weights, kept = model.weights, []
    for node in model.nodes:
        if node.kind == "DequantizeLinear" and node.inputs[0] in weights:
            weights[node.outputs[0]] = _floats(node, weights)
        elif node.kind == "Reshape" and node.inputs[0] in weights:
            shape = list(weights[node.inputs[1]].data)
            weights[node.outputs[0]] = Tensor(shape, weights[node.inputs[0]].data)
        else:
            kept.append(node)
    used = {name for node in kept for name in node.inputs}
    model.nodes = kept
    model.weights = {name: tensor for name, tensor in weights.items() if name in used}


def quantize(model):
    """Stores the large weights of a network in 8 bits, with one scale per block of 64 along a row; a row has all weights
    of one output."""
    _widen(model)
    nodes = []
    for name, tensor in list(model.weights.items()):
        if tensor.lender or tensor.data.typecode != "f" or len(tensor.data) < FEWEST:
            continue
        count = len(tensor.data)
        rows, row = tensor.shape[0], count // tensor.shape[0]
        numbers, scales = array("b"), array("f")
        for start in range(0, count, row):
            for first in range(start, start + row, BLOCK):
                block = tensor.data[first:min(first + BLOCK, start + row)]
                scales.append(max(map(abs, block)) / 127 or 1)
                # The scale that is stored has been rounded to single precision.
                numbers.extend([max(-127, min(127, round(value / scales[-1]))) for value in block])
        del model.weights[name]
        model.weight(f"{name}.int8", [rows, row], numbers)
        model.weight(f"{name}.scales", [rows, len(scales) // rows], scales)
        model.weight(f"{name}.shape", [len(tensor.shape)], array("q", tensor.shape))
        nodes.append(Node("DequantizeLinear", [f"{name}.int8", f"{name}.scales"], [f"{name}.rows"],
                          {"axis": 1, "block_size": BLOCK}, f"{name}.rows"))
        nodes.append(Node("Reshape", [f"{name}.rows", f"{name}.shape"], [name], {}, name))
    model.nodes = nodes + model.nodes
    model.opset = max(model.opset, 21)


def _widen(model):
    """Replaces weights in half precision, which casts convert at run time, by floats."""
    kept = []
    for node in model.nodes:
        half = model.weights.get(node.inputs[0]) if node.kind == "Cast" else None
        if half and half.data.typecode == "H":
            numbers = struct.unpack(f"<{len(half.data)}e", half.data.tobytes())
            model.weights[node.outputs[0]] = Tensor(half.shape, array("f", numbers))
            del model.weights[node.inputs[0]]
        else:
            kept.append(node)
    model.nodes = kept


def _floats(node, weights):
    quantized, scales = (weights[name] for name in node.inputs[:2])
    zeros = weights[node.inputs[2]].data if len(node.inputs) > 2 else None
    axis, block = node.attributes["axis"], node.attributes["block_size"]
    if axis != len(quantized.shape) - 1:
        raise ValueError(f"{node.outputs[0]}: blocks must run along the last axis")
    values, out = quantized.data, array("f")
    row = quantized.shape[-1]
    at = 0
    for start in range(0, len(values), row):
        for first in range(start, start + row, block):
            scale, zero = scales.data[at], zeros[at] if zeros else 0
            out.extend([(q - zero) * scale for q in values[first:min(first + block, start + row)]])
            at += 1
    assert at == len(scales.data)
    return Tensor(quantized.shape, out)
