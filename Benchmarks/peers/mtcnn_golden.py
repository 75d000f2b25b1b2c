"""Writes the faces that facenet-pytorch's MTCNN finds, as reference values for our tests.

usage: .deps/peers/bin/python Benchmarks/peers/mtcnn_golden.py --lfw FOLDER [--pairs FILE] > \
           Tests/DetectorsTests/Golden/mtcnn-facenet-pytorch.json

The portraits are those of .deps/portraits. From LFW come the first 200 distinct pictures that its pairs.txt names. No
pictures are written, only file names, digests and numbers. Decoders of JPEG differ by a gray level or two, so the digest of
the decoded RGB bytes is written too: if it is equal, differences come from the detector.
"""

import argparse
import hashlib
import json
from importlib.metadata import version
from pathlib import Path
import platform

from facenet_pytorch import MTCNN
import numpy
from PIL import Image, features
import torch

SETTINGS = {"min_face_size": 20, "thresholds": [0.6, 0.7, 0.7], "factor": 0.709, "keep_all": True}
ROOT = Path(__file__).resolve().parents[2]


def pictures_of_pairs(path, wanted):
    """Returns the first distinct pictures of LFW's pairs.txt, as paths inside its folder."""
    found = {}
    for line in path.read_text().splitlines()[1:]:
        parts = line.split("\t")
        pairs = [(parts[0], n) for n in parts[1:]] if len(parts) == 3 else [parts[0:2], parts[2:4]]
        for person, number in pairs:
            found[f"{person}/{person}_{int(number):04d}.jpg"] = None
        if len(found) >= wanted:
            break
    return list(found)[:wanted]


def faces(mtcnn, path, name):
    image = Image.open(path).convert("RGB")
    pixels = numpy.asarray(image)
    boxes, probabilities, landmarks = mtcnn.detect(image, landmarks=True)
    found = [] if boxes is None else zip(boxes.tolist(), probabilities.tolist(), landmarks.tolist())
    return {
        "image": name,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "pixelsSHA256": hashlib.sha256(pixels.tobytes()).hexdigest(),
        "width": image.width,
        "height": image.height,
        "faces": [
            {
                "box": [round(v, 3) for v in box],  # left, top, right, bottom
                "probability": round(probability, 6),
                "landmarks": [[round(v, 3) for v in point] for point in points],
            }
            for box, probability, points in found
        ],
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lfw", type=Path, required=True, help="LFW's folder of people")
    parser.add_argument("--pairs", type=Path, help="LFW's pairs.txt (default: the one in that folder)")
    parser.add_argument("--count", type=int, default=200)
    arguments = parser.parse_args()

    torch.manual_seed(0)
    mtcnn = MTCNN(**SETTINGS, device="cpu").eval()
    portraits = sorted((ROOT / ".deps" / "portraits").iterdir())
    lfw = pictures_of_pairs(arguments.pairs or arguments.lfw / "pairs.txt", arguments.count)
    result = {
        "provenance": {
            "what": "facenet_pytorch.MTCNN(...).detect(image, landmarks=True), largest box first",
            "command": "Benchmarks/peers/setup && .deps/peers/bin/python Benchmarks/peers/mtcnn_golden.py "
                       "--lfw <LFW> > Tests/DetectorsTests/Golden/mtcnn-facenet-pytorch.json",
            "settings": SETTINGS,
            "packages": {name: version(name) for name in
                         ("facenet-pytorch", "torch", "torchvision", "numpy", "pillow")},
            "decoder": f"Pillow {version('pillow')} with libjpeg-turbo {features.version('libjpeg_turbo')}, "
                       "no EXIF orientation applied",
            "python": platform.python_version(),
            "precision": "float32 on a CPU",
            "landmarks": "left eye, right eye, nose, left mouth corner, right mouth corner, as seen in the image",
        },
        "portraits": [faces(mtcnn, path, path.name) for path in portraits],
        "lfw": [faces(mtcnn, arguments.lfw / name, name) for name in lfw],
    }
    # One picture per line, so that a diff shows which pictures changed.
    head = json.dumps(result["provenance"], indent=2)
    lists = [f'"{key}": [\n' + ",\n".join(json.dumps(picture) for picture in result[key]) + "\n]"
             for key in ("portraits", "lfw")]
    print('{\n"provenance": ' + head + ",\n" + ",\n".join(lists) + "\n}")


if __name__ == "__main__":
    main()
