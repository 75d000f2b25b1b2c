"""Makes the photographs that everyone is timed on: 640 x 480 JPEGs with one face each, from the fetched portraits.

usage: pictures.py FOLDER [--count 1000]

Writes FOLDER/one.jpg and FOLDER/many/0000.jpg and so on. Each is a crop of a portrait, moved, zoomed (the faces are
100 to 370 pixels wide) and half of them mirrored, by a fixed seed: with the same Pillow, the same bytes everywhere.
"""

import argparse
import json
from pathlib import Path
import random

from PIL import Image, ImageOps

ROOT = Path(__file__).resolve().parents[2]
PORTRAITS = ("astronaut.png", "biden.jpg", "obama.jpg", "obama2.jpg", "obama3.jpg")
SIZE = (640, 480)


def largest_face(name):
    golden = json.loads((ROOT / "Tests/DetectorsTests/Golden/mtcnn-facenet-pytorch.json").read_text())
    portrait = next(p for p in golden["portraits"] if p["image"] == name)
    return portrait["faces"][0]["box"]


def crop(portrait, face, zoom, across, down):
    """A 4:3 crop, as wide as the portrait allows over `zoom`, with the face's middle near these fractions of it."""
    left, top, right, bottom = face
    wide = min(portrait.width, portrait.height * SIZE[0] / SIZE[1]) / zoom
    high = wide * SIZE[1] / SIZE[0]
    x = min(max((left + right) / 2 - across * wide, 0), portrait.width - wide)
    y = min(max((top + bottom) / 2 - down * high, 0), portrait.height - high)
    return portrait.resize(SIZE, Image.LANCZOS, box=(x, y, x + wide, y + high))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=1000)
    arguments = parser.parse_args()
    many = arguments.folder / "many"
    many.mkdir(parents=True, exist_ok=True)

    portraits = {name: Image.open(ROOT / ".deps/portraits" / name).convert("RGB") for name in PORTRAITS}
    faces = {name: largest_face(name) for name in PORTRAITS}
    crop(portraits["obama3.jpg"], faces["obama3.jpg"], 1, 0.5, 0.45).save(arguments.folder / "one.jpg", quality=92)
    chance = random.Random(1)
    for i in range(arguments.count):
        name = PORTRAITS[i % len(PORTRAITS)]
        picture = crop(portraits[name], faces[name], chance.uniform(1, 1.3), chance.uniform(0.3, 0.7),
                       chance.uniform(0.4, 0.6))
        if chance.random() < 0.5:
            picture = ImageOps.mirror(picture)
        picture.save(many / f"{i:04d}.jpg", quality=92)


if __name__ == "__main__":
    main()
