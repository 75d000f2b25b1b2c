"""Makes the sizes of YuNet dynamic.

The published file declares a fixed size of 1 x 3 x 640 x 640, but its convolutions, poolings and upsamplings work with
any size. Only its reshapes fix a batch of one. With the input's batch size instead, every height and width that is a
multiple of 32 works. The weights do not change.
"""

from onnxfile import Model

CHANNELS = {"cls": 1, "obj": 1, "bbox": 4, "kps": 10}


def convert(data):
    model = Model.read(data)
    shapes = {node.inputs[1] for node in model.nodes if node.kind == "Reshape"}
    for name in shapes:
        shape = model.weights[name].data
        assert shape[0] == 1 and shape[1] == -1
        shape[0] = 0  # 0 means 'keep this size' in Reshape
    model.inputs[0].shape = ["batch", 3, "height", "width"]
    for output in model.outputs:
        kind, stride = output.name.split("_")
        output.shape = ["batch", f"places_{stride}", CHANNELS[kind]]
    return {"model.onnx": model.write()}
