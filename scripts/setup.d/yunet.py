"""YuNet with its sizes left open.

The published file fixes 1 x 3 x 640 x 640, but only in what it declares: its convolutions, poolings and doublings
don't care, and each of its reshapes says 'a batch of one, all places, these channels'. 'As many as came in' for the
batch makes every size work whose height and width are multiples of 32. The weights are untouched.
"""

from onnxfile import Model

CHANNELS = {"cls": 1, "obj": 1, "bbox": 4, "kps": 10}


def convert(data):
    model = Model.read(data)
    shapes = {node.inputs[1] for node in model.nodes if node.kind == "Reshape"}
    for name in shapes:
        shape = model.weights[name].data
        assert shape[0] == 1 and shape[1] == -1
        shape[0] = 0  # Reshape's word for 'keep this size'
    model.inputs[0].shape = ["batch", 3, "height", "width"]
    for output in model.outputs:
        kind, stride = output.name.split("_")
        output.shape = ["batch", f"places_{stride}", CHANNELS[kind]]
    return {"model.onnx": model.write()}
