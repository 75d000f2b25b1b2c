"""Converts MTCNN's three networks from facenet-pytorch's checkpoints to ONNX.

Zhang et al., *Joint Face Detection and Alignment using Multi-task Cascaded Convolutional Networks*, 2016
(arXiv:1604.02878). The checkpoints contain only weights, so the graphs are built here, in the layout of the checkpoints:
batch, channel, height, width, with upright pictures. Max pooling rounds sizes up, as in Caffe. The batch size of all three
networks and the height and width of P-Net's input are dynamic.
"""

from onnxfile import Model, Value
import torchfile


class Graph(Model):
    """A network as a chain of layers: each call adds a layer at the end."""

    def __init__(self, name, checkpoint, size):
        shape = ["batch", 3, *(size or ["height", "width"])]
        super().__init__(name, [Value("input", shape)], [])
        self.tensors, self.last = torchfile.tensors(checkpoint), "input"

    def take(self, name):
        shape, data = self.tensors.pop(name)
        return self.weight(name, shape, data)

    def convolution(self, name):
        inputs = [self.last, self.take(f"{name}.weight"), self.take(f"{name}.bias")]
        self.last = self.add("Conv", inputs, name, kernel_shape=self.weights[inputs[1]].shape[2:])

    def dense(self, name, source=None):
        inputs = [source or self.last, self.take(f"{name}.weight"), self.take(f"{name}.bias")]
        self.last = self.add("Gemm", inputs, name, transB=1)

    def prelu(self, name, spatial=True):
        shape, data = self.tensors.pop(f"{name}.weight")
        slope = self.weight(f"{name}.weight", [*shape, 1, 1] if spatial else shape, data)
        self.last = self.add("PRelu", [self.last, slope], name)

    def pool(self, name, size):
        self.last = self.add("MaxPool", [self.last], name, kernel_shape=[size, size], strides=[2, 2], ceil_mode=1)

    def flatten(self):
        # Channels last and height after width: the order in which the dense weights were trained.
        self.add("Transpose", [self.last], "upended", perm=[0, 3, 2, 1])
        self.last = self.add("Flatten", ["upended"], "flat", axis=1)

    def output(self, name, source, shape, softmax=False):
        self.add("Softmax", [source], name, axis=1) if softmax else self.add("Identity", [source], name)
        self.outputs.append(Value(name, ["batch", *shape]))

    def finished(self):
        assert not self.tensors, f"weights left over: {list(self.tensors)}"
        return self.write()


def p_net(checkpoint):
    g = Graph("mtcnn-pnet", checkpoint, None)
    g.convolution("conv1")
    g.prelu("prelu1")
    g.pool("pool1", 2)
    g.convolution("conv2")
    g.prelu("prelu2")
    g.convolution("conv3")
    g.prelu("prelu3")
    shared = g.last
    g.convolution("conv4_1")
    g.last = shared
    g.convolution("conv4_2")
    g.output("regression", "conv4_2", [4, "rows", "columns"])
    g.output("probability", "conv4_1", [2, "rows", "columns"], softmax=True)
    return g.finished()


def r_net(checkpoint):
    g = Graph("mtcnn-rnet", checkpoint, [24, 24])
    for layer, pool in ((1, 3), (2, 3), (3, None)):
        g.convolution(f"conv{layer}")
        g.prelu(f"prelu{layer}")
        if pool:
            g.pool(f"pool{layer}", pool)
    g.flatten()
    g.dense("dense4")
    g.prelu("prelu4", spatial=False)
    shared = g.last
    g.dense("dense5_1", shared)
    g.dense("dense5_2", shared)
    g.output("regression", "dense5_2", [4])
    g.output("probability", "dense5_1", [2], softmax=True)
    return g.finished()


def o_net(checkpoint):
    g = Graph("mtcnn-onet", checkpoint, [48, 48])
    for layer, pool in ((1, 3), (2, 3), (3, 2), (4, None)):
        g.convolution(f"conv{layer}")
        g.prelu(f"prelu{layer}")
        if pool:
            g.pool(f"pool{layer}", pool)
    g.flatten()
    g.dense("dense5")
    g.prelu("prelu5", spatial=False)
    shared = g.last
    for head in ("dense6_1", "dense6_2", "dense6_3"):
        g.dense(head, shared)
    g.output("regression", "dense6_2", [4])
    g.output("landmarks", "dense6_3", [10])
    g.output("probability", "dense6_1", [2], softmax=True)
    return g.finished()


def convert(p, r, o):
    return {"pnet.onnx": p_net(p), "rnet.onnx": r_net(r), "onet.onnx": o_net(o)}
