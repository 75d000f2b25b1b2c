"""The photographs with which all programs are timed: 640 x 480 JPEGs with one face each, from the fetched portraits.

`one.jpg`, and `many/0000.jpg` to `many/0999.jpg`. Each is a crop of a portrait, shifted and zoomed (the faces are 100 to
370 pixels wide), and half of them are mirrored. All random choices have a fixed seed. The program benchmark-pictures cuts
the crops.
"""

import json
import random
import shutil
import subprocess

from .places import PICTURES, PORTRAITS, ROOT
from .progress import Failure, say

NAMES = ("astronaut.png", "biden.jpg", "obama.jpg", "obama2.jpg", "obama3.jpg")
COUNT = 1000
SHAPE = 640 / 480


def make(programs):
    """Creates the photographs unless they exist."""
    if (PICTURES / "complete").exists():
        return
    say("creating the photographs")
    shutil.rmtree(PICTURES, ignore_errors=True)
    (PICTURES / "many").mkdir(parents=True)
    command = [str(programs / "benchmark-pictures"), str(PORTRAITS), str(PICTURES)]
    lines = "".join(json.dumps(crop) + "\n" for crop in _crops())
    done = subprocess.run(command, input=lines.encode(), stderr=subprocess.PIPE)
    if done.returncode != 0:
        raise Failure(f"the photographs could not be created: {done.stderr.decode().strip()}")
    (PICTURES / "complete").touch()


def _portraits():
    """Returns the sizes of the portraits and their largest faces, as found by facenet-pytorch."""
    golden = json.loads((ROOT / "Tests/DetectorsTests/Golden/mtcnn-facenet-pytorch.json").read_text())
    found = {portrait["image"]: portrait for portrait in golden["portraits"]}
    return {name: (found[name]["width"], found[name]["height"], found[name]["faces"][0]["box"]) for name in NAMES}


def _crops():
    portraits = _portraits()
    yield {"portrait": "obama3.jpg", "file": "one.jpg", "mirrored": False,
           **_crop(portraits["obama3.jpg"], 1, 0.5, 0.45)}
    chance = random.Random(1)
    for i in range(COUNT):
        name = NAMES[i % len(NAMES)]
        box = _crop(portraits[name], chance.uniform(1, 1.3), chance.uniform(0.3, 0.7), chance.uniform(0.4, 0.6))
        yield {"portrait": name, "file": f"many/{i:04d}.jpg", "mirrored": chance.random() < 0.5, **box}


def _crop(portrait, zoom, across, down):
    """Returns a 4:3 crop whose width is the largest possible one divided by `zoom`. The middle of the face is near the
    fractions `across` and `down` of the crop."""
    width, height, (left, top, right, bottom) = portrait
    wide = min(width, height * SHAPE) / zoom
    high = wide / SHAPE
    return {"x": min(max((left + right) / 2 - across * wide, 0), width - wide),
            "y": min(max((top + bottom) / 2 - down * high, 0), height - high), "width": wide, "height": high}
