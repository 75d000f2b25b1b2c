"""Completes networks that were trained on FaceNet-128's frozen trunk: the clone has our values, the trunk's are added.

Our file is ONNX in which the trunk's tensors have their names in FaceNet-128's file instead of their values (external
data). Everything else is copied byte for byte, so the result is the file that was exported after training.
"""

import facenet
from onnxfile import Model, chunk, fields, number

GRAPH, INITIALIZER = 7, 5  # of ModelProto and of GraphProto
VALUES, EXTERNAL, LOCATION = 9, 13, 14  # of TensorProto


def convert(weights, ours):
    """Converts FaceNet-128 in HDF5 and our ONNX file to the files of the whole network, by name."""
    trunk = Model.read(facenet.convert(weights)["model.onnx"]).weights

    def tensor(message):
        parts = list(fields(message))
        if (LOCATION, 1) not in parts:
            return bytes(message)
        entry = dict(fields(dict(parts)[EXTERNAL]))
        lender = bytes(entry[2]).decode()
        values = trunk[lender].data.tobytes()
        kept = [(key, value) for key, value in parts if key not in (EXTERNAL, LOCATION)]
        return b"".join(_field(key, value) for key, value in kept) + chunk(VALUES, values)

    def graph(message):
        return b"".join(chunk(key, tensor(value)) if key == INITIALIZER else _field(key, value)
                        for key, value in fields(message))

    whole = b"".join(chunk(key, graph(value)) if key == GRAPH else _field(key, value) for key, value in fields(ours))
    return {"model.onnx": whole}


def _field(key, value):
    return number(key, value) if isinstance(value, int) else chunk(key, value)
