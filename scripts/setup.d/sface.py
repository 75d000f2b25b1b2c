"""Converts SFace to plain float32.

The published file stores its weights in 8 bits with one scale per block of 64 (DequantizeLinear of opset 21), which few
runtimes support. Here each such node is replaced by its float weights, (q - zero point) x scale, computed exactly in
double precision and rounded once, so nothing is lost compared to the file. The reshapes of the weights are also done
here, the batch size becomes dynamic, and opset 13 is sufficient for the rest.
"""

from array import array

from onnxfile import Model, Tensor


def dequantized(node, weights):
    quantized, scales, zeros = (weights[name] for name in node.inputs)
    axis, block = node.attributes["axis"], node.attributes["block_size"]
    if axis != len(quantized.shape) - 1:
        raise ValueError(f"{node.outputs[0]}: blocks must run along the last axis")
    values, out = quantized.data, array("f")
    row = quantized.shape[-1]
    at = 0
    for start in range(0, len(values), row):
        for first in range(start, start + row, block):
            scale, zero = scales.data[at], zeros.data[at]
            out.extend([(q - zero) * scale for q in values[first:min(first + block, start + row)]])
            at += 1
    assert at == len(scales.data)
    return Tensor(quantized.shape, out)


def convert(data):
    model = Model.read(data)
    weights, kept = model.weights, []
    for node in model.nodes:
        if node.kind == "DequantizeLinear":
            weights[node.outputs[0]] = dequantized(node, weights)
        elif node.kind == "Reshape" and node.inputs[0] in weights:
            shape = list(weights[node.inputs[1]].data)
            weights[node.outputs[0]] = Tensor(shape, weights[node.inputs[0]].data)
        elif node.kind == "Dropout":  # does nothing outside training
            _rename(model.nodes, node.outputs[0], node.inputs[0])
        elif node.kind != "Constant":  # the only one was Dropout's ratio
            kept.append(node)
    used = {name for node in kept for name in node.inputs}
    made = {name for node in kept for name in node.outputs}
    model.nodes = kept
    model.weights = {name: tensor for name, tensor in weights.items() if name in used}
    model.inputs = [value for value in model.inputs if value.name in used - made - set(model.weights)]
    assert [value.name for value in model.inputs] == ["data"]
    model.inputs[0].shape[0] = model.outputs[0].shape[0] = "batch"
    model.opset = 13
    return {"model.onnx": model.write()}


def _rename(nodes, old, new):
    for node in nodes:
        node.inputs = [new if name == old else name for name in node.inputs]
