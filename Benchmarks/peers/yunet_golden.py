"""Writes the faces that OpenCV's YuNet finds, as reference values for our tests.

usage: .deps/peers/bin/python Benchmarks/peers/yunet_golden.py > Tests/DetectorsTests/Golden/yunet-opencv.json

The pictures are the unchanged portraits of .deps/portraits. OpenCV pads them with black, at the right and the bottom, to
multiples of 32 pixels.
"""

import hashlib
import json
from pathlib import Path

import cv2

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = {"score_threshold": 0.6, "nms_threshold": 0.3, "top_k": 5000}


def faces(model, path):
    image = cv2.imread(str(path), cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION)
    height, width = image.shape[:2]
    detector = cv2.FaceDetectorYN.create(model, "", (width, height), **SETTINGS)
    _, found = detector.detect(image)
    return {
        "image": path.name,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "width": width,
        "height": height,
        "faces": [
            {
                "box": [round(float(v), 3) for v in row[:4]],  # left, top, width, height
                "confidence": round(float(row[14]), 6),
                "landmarks": [[round(float(row[i]), 3), round(float(row[i + 1]), 3)] for i in range(4, 14, 2)],
            }
            for row in ([] if found is None else found)
        ],
    }


def main():
    model = str(ROOT / ".deps" / "models" / "yunet" / "model.onnx")
    provenance = {
        "what": "cv2.FaceDetectorYN on the whole picture, most confident first",
        "command": "Benchmarks/peers/setup && .deps/peers/bin/python Benchmarks/peers/yunet_golden.py "
                   "> Tests/DetectorsTests/Golden/yunet-opencv.json",
        "settings": SETTINGS,
        "modelSHA256": hashlib.sha256(Path(model).read_bytes()).hexdigest(),
        "opencv": cv2.__version__,
        "precision": "float32 on a CPU",
    }
    pictures = [faces(model, path) for path in sorted((ROOT / ".deps" / "portraits").iterdir())]
    lines = ",\n".join(json.dumps(picture) for picture in pictures)
    print('{\n"provenance": ' + json.dumps(provenance, indent=2) + ',\n"portraits": [\n' + lines + "\n]\n}")


if __name__ == "__main__":
    main()
