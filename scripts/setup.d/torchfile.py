"""Reads the tensors of a PyTorch checkpoint in the format before 2020, without PyTorch.

Such a file consists of five pickles and then the numbers. Pickles can run code, so this reader allows only an ordered
dictionary, a float storage and a tensor from a storage, and rejects everything else.
"""

from array import array
from collections import OrderedDict
import io
import pickle

MAGIC = 0x1950A86A20F9469CFC6C


class _Unpickler(pickle.Unpickler):
    ALLOWED = {
        ("collections", "OrderedDict"): OrderedDict,
        ("torch._utils", "_rebuild_tensor_v2"): lambda key, offset, shape, strides, *_: (key, offset, shape, strides),
        ("torch", "FloatStorage"): "f",
    }

    def find_class(self, module, name):
        try:
            return self.ALLOWED[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"the file names {module}.{name}, which weights do not need") from None

    def persistent_load(self, reference):
        return reference[2]  # ("storage", type, key, device, count, view)


def tensors(data):
    """Returns name → (shape, array of float32 in row-major order)."""
    file = io.BytesIO(data)
    if _Unpickler(file).load() != MAGIC:
        raise ValueError("not a PyTorch checkpoint of the old format")
    _Unpickler(file).load()  # the version of the format
    _Unpickler(file).load()  # the sizes of numbers on the machine that wrote it
    named, keys = _Unpickler(file).load(), _Unpickler(file).load()
    storages = {}
    for key in keys:
        count = int.from_bytes(file.read(8), "little")
        storages[key] = array("f")
        storages[key].frombytes(file.read(4 * count))
    return {name: (list(shape), _gathered(storages[key], offset, shape, strides))
            for name, (key, offset, shape, strides) in named.items()}


def _gathered(storage, offset, shape, strides):
    """Returns the numbers in row-major order, according to the strides."""
    places = [offset]
    for size, stride in zip(shape, strides):
        places = [place + i * stride for place in places for i in range(size)]
    return array("f", [storage[place] for place in places])
