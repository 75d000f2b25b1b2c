"""Networks that were trained on FaceNet-128's frozen trunk: our own values are in the clone, the trunk's are put back.

Our file is ONNX in which the trunk's tensors have, in place of their values, the names that FaceNet-128's file has for
them (external data). Everything else is taken over byte for byte, so that what comes out is the file that was exported
after training.
"""

import facenet
from onnxfile import Model, chunk, fields, number

GRAPH, INITIALIZER = 7, 5  # of ModelProto and of GraphProto
VALUES, EXTERNAL, LOCATION = 9, 13, 14  # of TensorProto


def convert(weights, ours):
    """FaceNet-128 in HDF5 and our ONNX file → the whole network's files by name."""
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
