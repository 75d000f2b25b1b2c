"""Reads, changes and writes ONNX files with Python's standard library only.

An ONNX file is a protocol buffer. Setup needs only a few of its messages, so it has its own small codec instead of three
wheels for each Python version. The output has the same bytes on every machine, so its digest can be pinned.
Documentation strings and metadata are dropped; everything that a runtime uses is kept.
"""

from array import array
from dataclasses import dataclass, field
import struct

FLOAT, UINT8, INT8, INT64, HALF = 1, 2, 3, 7, 10  # TensorProto.DataType


# --- the wire format -------------------------------------------------------------------------------------------------

def varint(value):
    value &= (1 << 64) - 1  # negative numbers are encoded as 64-bit two's complement
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def number(key, value):
    return varint(key << 3) + varint(value)


def chunk(key, value):
    value = value.encode() if isinstance(value, str) else bytes(value)
    return varint(key << 3 | 2) + varint(len(value)) + value


def fields(data):
    """Yields (key, value) for each field: an int for varints, a memoryview for everything else."""
    data, at = memoryview(data), 0

    def read():
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while at < len(data):
        tag = read()
        kind = tag & 7
        if kind == 0:
            yield tag >> 3, read()
            continue
        size = {1: 8, 5: 4}[kind] if kind != 2 else read()
        yield tag >> 3, data[at:at + size]
        at += size


def signed(value):
    return value - (1 << 64) if value >> 63 else value


def integers(value):
    """Returns the values of a repeated integer field, packed or not."""
    if isinstance(value, int):
        return [signed(value)]
    return [signed(v) for v in _packed(value)]


def _packed(data):
    value = shift = 0
    for byte in data:
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            yield value
            value = shift = 0


# --- the messages ----------------------------------------------------------------------------------------------------

@dataclass
class Tensor:
    shape: list
    data: array  # 'f', 'B', 'b', 'q', or 'H' for the bits of half-precision numbers; None if the values are elsewhere
    lender: str = ""  # the name of the tensor with the values in another file, if they are there ("external data")

    CODES = {FLOAT: "f", UINT8: "B", INT8: "b", INT64: "q", HALF: "H"}

    @staticmethod
    def read(message):
        shape, kind, name, raw, listed, lender = [], None, "", None, {}, ""
        for key, value in fields(message):
            if key == 1:
                shape += integers(value)
            elif key == 2:
                kind = value
            elif key == 8:
                name = bytes(value).decode()
            elif key == 9:
                raw = bytes(value)
            elif key in (4, 5, 7):
                listed.setdefault(key, []).append(value)
            elif key == 13:
                lender = bytes(dict(fields(value))[2]).decode()
        if lender:
            return name, Tensor(shape, None, lender)
        data = array(Tensor.CODES[kind])
        if raw is not None:
            data.frombytes(raw)
        for key, values in listed.items():
            for value in values:
                data.frombytes(value) if key == 4 else data.extend(integers(value))
        return name, Tensor(shape, data)

    def write(self, name):
        if self.lender:
            place = chunk(1, "location") + chunk(2, self.lender)
            return (b"".join(number(1, d) for d in self.shape) + number(2, FLOAT) + chunk(8, name)
                    + chunk(13, place) + number(14, 1))
        kind = next(k for k, code in Tensor.CODES.items() if code == self.data.typecode)
        return (b"".join(number(1, d) for d in self.shape) + number(2, kind) + chunk(8, name)
                + chunk(9, self.data.tobytes()))


@dataclass
class Node:
    kind: str
    inputs: list
    outputs: list
    attributes: dict = field(default_factory=dict)  # int, float, bytes, Tensor, or a list of ints or floats
    name: str = ""

    @staticmethod
    def read(message):
        node = Node("", [], [])
        for key, value in fields(message):
            if key == 5:
                name, attribute = _attribute(value)
                node.attributes[name] = attribute
            elif key in (1, 2, 3, 4):
                text = bytes(value).decode()
                if key == 1:
                    node.inputs.append(text)
                elif key == 2:
                    node.outputs.append(text)
                elif key == 3:
                    node.name = text
                else:
                    node.kind = text
        return node

    def write(self):
        return (b"".join(chunk(1, i) for i in self.inputs) + b"".join(chunk(2, o) for o in self.outputs)
                + chunk(3, self.name) + chunk(4, self.kind)
                + b"".join(chunk(5, _attribute_bytes(k, v)) for k, v in self.attributes.items()))


def _attribute(message):
    name, kind, found = "", 0, {}
    for key, value in fields(message):
        if key == 1:
            name = bytes(value).decode()
        elif key == 20:
            kind = value
        else:
            found.setdefault(key, []).append(value)
    first = next(iter(found.values()), [0])[0]
    if kind == 1:
        return name, struct.unpack("<f", first)[0]
    if kind == 2:
        return name, signed(first)
    if kind == 3:
        return name, bytes(first)
    if kind == 4:
        return name, Tensor.read(first)[1]
    if kind == 7:
        return name, [i for value in found.get(8, []) for i in integers(value)]
    raise ValueError(f"attribute {name} has a type this reader does not know: {kind}")


def _attribute_bytes(name, value):
    if isinstance(value, float):
        body, kind = varint(2 << 3 | 5) + struct.pack("<f", value), 1
    elif isinstance(value, int):
        body, kind = number(3, value), 2
    elif isinstance(value, bytes):
        body, kind = chunk(4, value), 3
    elif isinstance(value, Tensor):
        body, kind = chunk(5, value.write("")), 4
    else:
        body, kind = b"".join(number(8, v) for v in value), 7
    return chunk(1, name) + body + number(20, kind)


@dataclass
class Value:
    """An input or output of float32: its name and its shape, in which a string is a dynamic size."""

    name: str
    shape: list

    @staticmethod
    def read(message):
        value = Value("", [])
        for key, part in fields(message):
            if key == 1:
                value.name = bytes(part).decode()
            elif key == 2:
                tensor = dict(fields(part))[1]
                for inner, shape in fields(tensor):
                    if inner == 2:
                        value.shape = [_dimension(d) for k, d in fields(shape) if k == 1]
        return value

    def write(self):
        sizes = b"".join(chunk(1, chunk(2, d) if isinstance(d, str) else number(1, d)) for d in self.shape)
        return chunk(1, self.name) + chunk(2, chunk(1, number(1, FLOAT) + chunk(2, sizes)))


def _dimension(message):
    for key, value in fields(message):
        return value if key == 1 else bytes(value).decode()
    return "?"


@dataclass
class Model:
    name: str
    inputs: list
    outputs: list
    nodes: list = field(default_factory=list)
    weights: dict = field(default_factory=dict)  # name → Tensor
    opset: int = 13

    @staticmethod
    def read(data):
        model = Model("", [], [])
        for key, value in fields(data):
            if key == 8:
                opset = dict(fields(value))
                if not opset.get(1, b""):
                    model.opset = opset[2]
            elif key == 7:
                model._read_graph(value)
        # Old files also list their weights among the inputs.
        model.inputs = [i for i in model.inputs if i.name not in model.weights]
        return model

    def _read_graph(self, message):
        for key, value in fields(message):
            if key == 1:
                self.nodes.append(Node.read(value))
            elif key == 2:
                self.name = bytes(value).decode()
            elif key == 5:
                name, tensor = Tensor.read(value)
                self.weights[name] = tensor
            elif key == 11:
                self.inputs.append(Value.read(value))
            elif key == 12:
                self.outputs.append(Value.read(value))

    def write(self):
        graph = b"".join([
            *(chunk(1, node.write()) for node in self.nodes),
            chunk(2, self.name),
            *(chunk(5, tensor.write(name)) for name, tensor in self.weights.items()),
            *(chunk(11, value.write()) for value in self.inputs),
            *(chunk(12, value.write()) for value in self.outputs),
        ])
        ir_version = 8  # required by opsets 11 to 18; all current runtimes read it
        return number(1, ir_version) + chunk(2, "likeness set-up") + chunk(7, graph) + chunk(8, number(2, self.opset))

    # --- building a graph ---

    def add(self, kind, inputs, output, **attributes):
        self.nodes.append(Node(kind, list(inputs), [output], attributes, name=output))
        return output

    def graft(self, part, prefix, *sources):
        """Adds a network whose inputs are `sources`, with `prefix` before its names. Returns the new names of its outputs."""
        names = {"": ""} | {value.name: source for value, source in zip(part.inputs, sources, strict=True)}

        def renamed(name):
            return names.setdefault(name, prefix + name)

        for name, tensor in part.weights.items():
            self.weights[renamed(name)] = tensor
        for node in part.nodes:
            self.nodes.append(Node(node.kind, [renamed(name) for name in node.inputs],
                                   [renamed(name) for name in node.outputs], node.attributes, renamed(node.name)))
        return {output.name: renamed(output.name) for output in part.outputs}

    def weight(self, name, shape, data):
        self.weights[name] = Tensor(list(shape), data)
        return name
