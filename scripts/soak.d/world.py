"""The files for the random command lines."""

import os
import pathlib
import random
import shutil
import socket
import struct
import subprocess
import zlib


def png(width: int, height: int, pixel) -> bytes:
    """Returns a PNG with the pixels `pixel(x, y)`, three bytes each."""
    rows = b"".join(b"\0" + b"".join(pixel(x, y) for x in range(width)) for y in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def huge_header(width: int, height: int) -> bytes:
    """Returns a PNG with a very large size in its header and almost no data."""
    data = bytearray(png(1, 1, lambda x, y: b"\0\0\0"))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data[16:29] = header
    data[29:33] = struct.pack(">I", zlib.crc32(b"IHDR" + header))
    return bytes(data)


class World:
    """A folder of valid, invalid and unusual files, which depend only on the seed."""

    PORTRAITS = ["obama.jpg", "obama2.jpg", "biden.jpg", "obama_partial_face.jpg"]

    def __init__(self, folder: pathlib.Path, portraits: pathlib.Path, seed: int):
        self.folder = folder
        self.out = folder / "out"
        self.inputs = folder / "in"
        self.random = random.Random(seed)
        self.portraits = [portraits / name for name in self.PORTRAITS if (portraits / name).exists()]
        if len(self.portraits) < 3:
            raise SystemExit(f"soak: the portraits are not in {portraits}: run scripts/setup")
        for place in (self.out, self.inputs):
            place.mkdir(parents=True, exist_ok=True)
        self._pictures()
        self._people()
        self._lists()
        self.before = self.state()

    def _write(self, name, data: bytes) -> None:
        path = os.path.join(os.fsencode(self.inputs), os.fsencode(name))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data)

    def _pictures(self) -> None:
        rng = self.random
        for portrait in self.portraits:
            shutil.copyfile(portrait, self._place("photos") / portrait.name)
        good = self.portraits[0].read_bytes()
        noise = bytes(rng.randrange(256) for _ in range(3 * 90 * 70))
        self._write("photos/blank.png", png(64, 48, lambda x, y: b"\x5a\x78\x96"))
        self._write("photos/noise.png", png(90, 70, lambda x, y: noise[3 * (90 * y + x):3 * (90 * y + x) + 3]))
        self._write("photos/line.png", png(700, 1, lambda x, y: bytes([x % 256, 0, 9])))
        self._write("photos/pixel.png", png(1, 1, lambda x, y: b"\xff\xff\xff"))
        self._write("bad/truncated.jpg", good[: len(good) // 3])
        damaged = bytearray(good)
        for _ in range(200):
            damaged[rng.randrange(600, len(damaged))] = rng.randrange(256)
        self._write("bad/damaged.jpg", bytes(damaged))
        self._write("bad/empty.jpg", b"")
        self._write("bad/text.jpg", b"this is no picture\n")
        self._write("bad/random.webp", bytes(rng.randrange(256) for _ in range(3000)))
        self._write("bad/huge.png", huge_header(60000, 60000))
        self._write("bad/most.png", huge_header(0xFFFFFFFF, 0xFFFFFFFF))
        self._write("bad/notes.txt", b"passed over\n")
        self._write("odd/line\nend.jpg", good)
        self._write("odd/escape\x1b[31m.png", png(40, 40, lambda x, y: b"\0\0\0"))
        self._write("odd/turned\u202egpj.png", png(40, 40, lambda x, y: b"\0\0\0"))
        self._write(b"odd/bytes-\xff\xfe.jpg", good)
        self._write("odd/-dash.png", png(40, 40, lambda x, y: b"\0\0\0"))
        self._write("odd/with, comma \"quoted\".png", png(40, 40, lambda x, y: b"\0\0\0"))
        self._write("odd/" + "l" * 240 + ".png", png(40, 40, lambda x, y: b"\0\0\0"))
        links = self._place("links")
        os.symlink("../photos/" + self.portraits[0].name, links / "link.jpg")
        os.link(self._place("photos") / self.portraits[1].name, links / "hard.jpg")
        os.symlink("nowhere.jpg", links / "dangling.jpg")
        os.symlink("loop.jpg", links / "loop.jpg")
        os.symlink("../photos", links / "folder")
        os.symlink(".", links / "itself")
        special = self._place("special")
        os.mkfifo(special / "pipe.jpg")
        listener = socket.socket(socket.AF_UNIX)
        here = os.getcwd()
        os.chdir(special)
        listener.bind("socket.jpg")
        os.chdir(here)
        listener.close()
        os.symlink("/dev/zero", special / "device.jpg")
        self._place("empty")

    def _place(self, name: str) -> pathlib.Path:
        place = self.inputs / name
        place.mkdir(parents=True, exist_ok=True)
        return place

    def _people(self) -> None:
        names = ["Ada", "Bob\nby", "C\u202ed"]
        for index, name in enumerate(names):
            for number in range(2):
                source = self.portraits[(index + number) % len(self.portraits)]
                shutil.copyfile(source, self._place(f"people/{name}") / f"{number}.jpg")
        self._write("people/stray.png", png(40, 40, lambda x, y: b"\0\0\0"))

    def _lists(self) -> None:
        rows = [("obama.jpg", "obama2.jpg", 1), ("obama.jpg", "biden.jpg", 0), ("obama2.jpg", "biden.jpg", 0),
                ("obama.jpg", "blank.png", 1), ("obama2.jpg", "obama_partial_face.jpg", 1)]
        self._write("lists/pairs.csv", ("image_a,image_b,same\n" + "".join(f"{a},{b},{s}\n" for a, b, s in rows)).encode())
        self._write("lists/missing.csv", b"image_a,image_b,same\nno.jpg,none.jpg,1\nno.jpg,neither.jpg,0\n")
        self._write("lists/people.csv", b"file,identity\nobama.jpg,O\nobama2.jpg,O\nbiden.jpg,B\nblank.png,B\n")
        self._write("lists/labels.csv", b"file,identity,age\nobama.jpg,O,1\nobama2.jpg,O,1\nbiden.jpg,B,2\nblank.png,B,2\n")
        self._write("lists/templates.csv", b"template,file,identity\n1,obama.jpg,O\n2,obama2.jpg,O\n3,biden.jpg,B\n")
        self._write("lists/templatepairs.csv", b"template_a,template_b\n1,2\n1,3\n2,3\n")
        self._write("lists/broken.csv", b"image_a,image_b\n\"x\nfile,,,,\n\xff\xfe\n")
        self._write("lists/policy.json", b'{"steps": [{"kind": "flip", "probability": 1}]}')
        self._write("lists/badpolicy.json", b'{"steps": [{"kind": "rotation", "probability": 7, "range": [1e308, -1e308]}]}')
        self._write("lists/run.json", b'{"task": "backbone", "epochs": 1, "settings": {"pictures": {"archive": "none"}}}')
        self._write("lists/badrun.json", b'{"task": "backbone", "epochs": 1e300, "batch": -1, "seeds": []}')
        self._write("lists/table.csv", b"x,cost\n0,1\n1,0.5\n2,0.7\n")
        self._write("lists/random.bin", bytes(self.random.randrange(256) for _ in range(500)))

    def enroll(self, command: list, environment: dict) -> None:
        """Creates a store and an export of it. Each run copies them."""
        store = str(self._place("stores") / "people.sqlite")
        for name, portrait in [("Ada", "obama.jpg"), ("Bob", "biden.jpg")]:
            subprocess.run(
                command + ["enroll", "--store", store, name, str(self.inputs / "photos" / portrait), "--quiet"],
                env=environment, check=True, stdout=subprocess.DEVNULL)
        subprocess.run(
            command + ["gallery", "export", "--store", store, str(self._place("stores") / "people.export")],
            env=environment, check=True)
        self.before = self.state()

    def state(self) -> dict:
        """Returns the metadata of each input, by path, for detecting changes."""
        result = {}
        for folder, folders, files in os.walk(os.fsencode(self.inputs)):
            for name in folders + files:
                path = os.path.join(folder, name)
                status = os.lstat(path)
                kind = status.st_mode & 0o170000
                size = None if kind == 0o040000 else (status.st_size, status.st_mtime_ns, status.st_ino)
                result[path] = (kind, size)
        return result

    def changes(self) -> list:
        """Returns the inputs that have changed. New files next to them are allowed."""
        after = self.state()
        return sorted(os.fsdecode(path) for path, known in self.before.items() if after.get(path) != known)
