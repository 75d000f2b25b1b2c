"""Reads the groups, float32 datasets and text attributes of an HDF5 file of the classic layout, in plain Python.

Keras writes its weights in this layout: superblock 0, version 1 object headers, groups as B-trees of names, contiguous
data. Anything else raises an error. Format: *HDF5 File Format Specification*, version 2.0.
"""

from array import array
import struct

UNDEFINED = (1 << 64) - 1


class File:
    def __init__(self, data):
        self.data = data
        if data[:9] != b"\x89HDF\r\n\x1a\n\0" or data[13:15] != b"\x08\x08":
            raise ValueError("not an HDF5 file of the classic layout")
        # The root group's entry follows the superblock: name offset, header address.
        self.root = Object(self, self.word(56 + 8))

    def word(self, at, size=8):
        return int.from_bytes(self.data[at:at + size], "little")

    def datasets(self):
        """Yields (path, dataset) for every dataset."""
        waiting = [("", self.root)]
        while waiting:
            path, item = waiting.pop()
            if item.is_group:
                waiting += [(f"{path}/{name}".lstrip("/"), child) for name, child in item.children()]
            else:
                yield path, item


class Object:
    """A group or a dataset: the messages of one object header."""

    DATASPACE, DATATYPE, LAYOUT, ATTRIBUTE, CONTINUATION, SYMBOL_TABLE = 0x01, 0x03, 0x08, 0x0C, 0x10, 0x11

    def __init__(self, file, address):
        self.file, self.messages = file, []
        if file.data[address] != 1:
            raise ValueError(f"object header at {address} is not of version 1")
        blocks = [(address + 16, file.word(address + 8, 4))]
        while blocks:
            at, size = blocks.pop(0)
            end = at + size
            while at + 8 <= end:
                kind, length = file.word(at, 2), file.word(at + 2, 2)
                if kind == self.CONTINUATION:
                    blocks.append((file.word(at + 8), file.word(at + 16)))
                else:
                    self.messages.append((kind, at + 8, length))
                at += 8 + length

    def message(self, kind):
        return next((at for found, at, _ in self.messages if found == kind), None)

    @property
    def is_group(self):
        return self.message(self.SYMBOL_TABLE) is not None

    # --- groups ---

    def children(self):
        at = self.message(self.SYMBOL_TABLE)
        heap = self.file.word(self.file.word(at + 8) + 24)  # the local heap's data: zero-terminated names
        return [(self._text(heap + name), Object(self.file, header))
                for name, header in self._entries(self.file.word(at))]

    def _entries(self, at):
        file = self.file
        kind = file.data[at:at + 4]
        if kind == b"TREE":
            for i in range(file.word(at + 6, 2)):
                yield from self._entries(file.word(at + 24 + 16 * i + 8))
        elif kind == b"SNOD":
            for i in range(file.word(at + 6, 2)):
                yield file.word(at + 8 + 40 * i), file.word(at + 16 + 40 * i)
        else:
            raise ValueError(f"neither a tree nor a table of names at {at}")

    def _text(self, at):
        return self.file.data[at:self.file.data.index(b"\0", at)].decode()

    # --- datasets ---

    @property
    def shape(self):
        return self._shape(self.message(self.DATASPACE))

    def _shape(self, at):
        rank = self.file.data[at + 1]
        first = at + (8 if self.file.data[at] == 1 else 4)
        return [self.file.word(first + 8 * i) for i in range(rank)]

    def floats(self):
        kind, layout = self.message(self.DATATYPE), self.message(self.LAYOUT)
        if self.file.data[kind] & 15 != 1 or self.file.word(kind + 4, 4) != 4:
            raise ValueError("not a dataset of float32")
        if self.file.data[layout] != 3 or self.file.data[layout + 1] != 1:
            raise ValueError("not a contiguous dataset")
        address, size = self.file.word(layout + 2), self.file.word(layout + 10)
        values = array("f")
        values.frombytes(self.file.data[address:address + size])
        return values

    # --- attributes ---

    def text_attribute(self, name):
        for kind, at, _ in self.messages:
            if kind != self.ATTRIBUTE or self.file.data[at] != 1:
                continue
            sizes = struct.unpack_from("<HHH", self.file.data, at + 2)  # of the name, the datatype, the dataspace
            padded = [(size + 7) // 8 * 8 for size in sizes]
            if self._text(at + 8) == name:
                datatype = at + 8 + padded[0]
                return self._string(datatype, datatype + padded[1] + padded[2])
        raise KeyError(name)

    def _string(self, datatype, at):
        file = self.file
        if file.data[datatype] & 15 == 3:  # fixed length
            return file.data[at:at + file.word(datatype + 4, 4)].rstrip(b"\0").decode()
        # Variable length: a reference to a global heap.
        length, heap, wanted = file.word(at, 4), file.word(at + 4), file.word(at + 12, 4)
        at = heap + 16
        while file.word(at, 2) != wanted:
            at += 16 + (file.word(at + 8) + 7) // 8 * 8
        return file.data[at + 16:at + 16 + length].decode()
