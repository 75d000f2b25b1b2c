"""Completes networks that were trained on FaceNet-128's frozen trunk: the clone has our values, the trunk's are added.

Our file is ONNX with the large weights in 8 bits, in which the trunk's tensors have their names in FaceNet-128's file
instead of their values (external data).
"""

import blocks
import facenet
from onnxfile import Model, Tensor

OPSET = 17


def convert(weights, ours):
    """Converts FaceNet-128 in HDF5 and our ONNX file to the files of the whole network, by name."""
    trunk = Model.read(facenet.convert(weights)["model.onnx"]).weights
    model = Model.read(ours)
    blocks.dequantize(model)
    model.opset = OPSET
    for name, tensor in model.weights.items():
        if tensor.lender:
            model.weights[name] = Tensor(tensor.shape, trunk[tensor.lender].data)
    return {"model.onnx": model.write()}
