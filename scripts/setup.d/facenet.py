"""Converts FaceNet, a Keras model of Inception-ResNet-v1 in HDF5, to ONNX.

The graph follows the file layer by layer, converted from the layout of Keras (height, width, channel) to batch, channel,
height, width. Batch normalizations and the blocks' residual scales (0.17, 0.10, 0.20) are constant at run time, so they
are folded into the preceding weights. Products are computed in double precision and rounded to float32 once. The output
is the raw embedding; the caller scales it to length 1.
"""

from array import array
from functools import cache
import json
from math import sqrt

from hdf5 import File
from onnxfile import Model, Value


class Linear:
    """A convolution or dense layer that is not written yet, so that the next layers can be folded into it."""

    def __init__(self, kind, source, shape, weights, bias, attributes):
        self.kind, self.source, self.shape, self.attributes = kind, source, shape, attributes
        self.weights = weights  # output channel first
        self.bias = bias or array("f", bytes(4 * shape[0]))

    def scaled(self, factors, offsets):
        """Multiplies each output channel by its factor and adds its offset."""
        row = len(self.weights) // self.shape[0]
        weights = array("f")
        for channel, factor in enumerate(factors):
            weights.extend([w * factor for w in self.weights[channel * row:(channel + 1) * row]])
        self.weights = weights
        self.bias = array("f", [b * f + o for b, f, o in zip(self.bias, factors, offsets)])


class Converter:
    def __init__(self, data):
        file = File(data)
        self.config = json.loads(file.root.text_attribute("model_config"))["config"]
        # 'model_weights/<layer>/<layer>/<weight>:0' → (layer, weight)
        self.stored = {tuple(path.split(":")[0].split("/")[2:]): dataset for path, dataset in file.datasets()}
        self.model = Model("facenet-128", [Value("input", ["batch", 3, 160, 160])], [])
        self.tensors = {}  # a Keras layer's name → the name of its output tensor
        self.waiting = {}  # a Keras layer's name → its Linear, not written yet

    def convert(self):
        for layer in self.config["layers"]:
            sources = [node[0] for node in layer["inbound_nodes"][0]] if layer["inbound_nodes"] else []
            getattr(self, layer["class_name"])(layer["name"], layer["config"], sources)
        last = self.config["output_layers"][0][0]
        self.model.add("Identity", [self.tensor(last)], "embedding")
        self.model.outputs = [Value("embedding", ["batch", 128])]
        if self.stored:
            raise ValueError(f"weights left over: {list(self.stored)}")
        return self.model.write()

    def take(self, layer, weight):
        dataset = self.stored.pop((layer, weight))
        return dataset.shape, dataset.floats()

    def tensor(self, layer):
        """Returns the name of a layer's output. Writes the layer first if it is waiting."""
        if layer in self.waiting:
            linear = self.waiting.pop(layer)
            weights = self.model.weight(f"{layer}.weight", linear.shape, linear.weights)
            bias = self.model.weight(f"{layer}.bias", [linear.shape[0]], linear.bias)
            self.tensors[layer] = self.model.add(
                linear.kind, [linear.source, weights, bias], layer, **linear.attributes)
        return self.tensors[layer]

    # --- one method for each kind of Keras layer ---

    def InputLayer(self, name, config, sources):
        self.tensors[name] = "input"

    def Conv2D(self, name, config, sources):
        (height, width, inputs, outputs), stored = self.take(name, "kernel")
        bias = self.take(name, "bias")[1] if config["use_bias"] else None
        same = config["padding"] == "same"
        if same and config["strides"] != [1, 1]:
            raise ValueError(f"{name}: 'same' with a stride pads unevenly")
        pads = [(height - 1) // 2, (width - 1) // 2] * 2 if same else [0, 0, 0, 0]
        # Keras: height, width, input, output; ONNX: output, input, height, width.
        weights = array("f")
        for output in range(outputs):
            for_output = stored[output::outputs]
            for channel in range(inputs):
                weights.extend(for_output[channel::inputs])
        attributes = {"kernel_shape": [height, width], "strides": config["strides"], "pads": pads}
        self.waiting[name] = Linear(
            "Conv", self.tensor(sources[0]), [outputs, inputs, height, width], weights, bias, attributes)

    def Dense(self, name, config, sources):
        (inputs, outputs), stored = self.take(name, "kernel")
        weights = array("f")
        for output in range(outputs):
            weights.extend(stored[output::outputs])
        self.waiting[name] = Linear(
            "Gemm", self.tensor(sources[0]), [outputs, inputs], weights, None, {"transB": 1})

    def BatchNormalization(self, name, config, sources):
        if config["scale"]:
            raise ValueError(f"{name}: a learned scale was not expected")
        mean, variance, shift = (self.take(name, w)[1] for w in ("moving_mean", "moving_variance", "beta"))
        factors = [1 / sqrt(v + config["epsilon"]) for v in variance]
        self._fold(name, sources[0], factors, [b - m * f for b, m, f in zip(shift, mean, factors)])

    def Lambda(self, name, config, sources):  # the only one: x * scale, on a block's last convolution
        scale = config["arguments"]["scale"]
        channels = self.waiting[sources[0]].shape[0]
        self._fold(name, sources[0], [scale] * channels, [0.0] * channels)

    def _fold(self, name, source, factors, offsets):
        self.waiting[name] = self.waiting.pop(source)
        self.waiting[name].scaled(factors, offsets)

    def Activation(self, name, config, sources):
        if config["activation"] != "relu":
            raise ValueError(f"{name}: {config['activation']}")
        self.tensors[name] = self.model.add("Relu", [self.tensor(sources[0])], name)

    def MaxPooling2D(self, name, config, sources):
        if config["padding"] != "valid":
            raise ValueError(f"{name}: padding {config['padding']}")
        self.tensors[name] = self.model.add(
            "MaxPool", [self.tensor(sources[0])], name, kernel_shape=config["pool_size"], strides=config["strides"])

    def Concatenate(self, name, config, sources):
        self.tensors[name] = self.model.add("Concat", [self.tensor(s) for s in sources], name, axis=1)

    def Add(self, name, config, sources):
        self.tensors[name] = self.model.add("Add", [self.tensor(s) for s in sources], name)

    def GlobalAveragePooling2D(self, name, config, sources):
        self.model.add("GlobalAveragePool", [self.tensor(sources[0])], f"{name}_places")
        self.tensors[name] = self.model.add("Flatten", [f"{name}_places"], name, axis=1)

    def Dropout(self, name, config, sources):  # does nothing outside training
        self.tensors[name] = self.tensor(sources[0])


# FaceNet-128 and the networks that were trained on it are made from the same file, in one run.
@cache
def convert(data):
    return {"model.onnx": Converter(data).convert()}
