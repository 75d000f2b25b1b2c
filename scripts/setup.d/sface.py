"""Converts SFace to plain float32.

The published file stores its weights in 8 bits (blocks.py). Here they become floats, which loses nothing compared to the
file. The batch size becomes dynamic, and opset 13 is sufficient for the rest.
"""

import blocks
from onnxfile import Model


def convert(data):
    model = Model.read(data)
    blocks.dequantize(model)
    kept = []
    for node in model.nodes:
        if node.kind == "Dropout":  # does nothing outside training
            _rename(model.nodes, node.outputs[0], node.inputs[0])
        elif node.kind != "Constant":  # the only one was Dropout's ratio
            kept.append(node)
    made = {name for node in kept for name in node.outputs}
    used = {name for node in kept for name in node.inputs}
    model.nodes = kept
    model.inputs = [value for value in model.inputs if value.name in used - made - set(model.weights)]
    assert [value.name for value in model.inputs] == ["data"]
    model.inputs[0].shape[0] = model.outputs[0].shape[0] = "batch"
    model.opset = 13
    return {"model.onnx": model.write()}


def _rename(nodes, old, new):
    for node in nodes:
        node.inputs = [new if name == old else name for name in node.inputs]
