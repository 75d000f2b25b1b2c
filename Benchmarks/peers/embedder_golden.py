"""Writes the embeddings that OpenCV (SFace) and ONNX Runtime (FaceNet-128) compute, as reference values for our tests.

usage: .deps/peers/bin/python Benchmarks/peers/embedder_golden.py > Tests/FaceNetworksTests/Golden/embeddings.json

The faces are those that OpenCV's YuNet finds, most confident first. OpenCV's own bilinear warp cuts the crops.
"""

import hashlib
import json
from pathlib import Path

import cv2
import numpy
import onnxruntime

from yunet_golden import SETTINGS

ROOT = Path(__file__).resolve().parents[2]
MODELS = ROOT / ".deps" / "models"
PICTURES = ["obama.jpg", "biden.jpg"]


def face(image):
    height, width = image.shape[:2]
    detector = cv2.FaceDetectorYN.create(str(MODELS / "yunet" / "model.onnx"), "", (width, height), **SETTINGS)
    _, found = detector.detect(image)
    return numpy.round(found[0], 3).astype(numpy.float32)


def unit(vector):
    vector = numpy.asarray(vector, numpy.float64).ravel()
    return [round(float(v), 6) for v in vector / numpy.linalg.norm(vector)]


def sface(image, row):
    recognizer = cv2.FaceRecognizerSF.create(str(MODELS / "sface" / "model.onnx"), "")
    return unit(recognizer.feature(recognizer.alignCrop(image, row)))


def facenet(image, row):
    """Prepares a face as FaceNet does: the box is made square, enlarged by 0.3 of its side, scaled to 160 pixels, and
    whitened."""
    x, y, width, height = (float(v) for v in row[:4])
    side = max(width, height) * 1.3
    scale = 160 / side
    left, top = x + width / 2 - side / 2, y + height / 2 - side / 2
    matrix = numpy.array([[scale, 0, (0.5 - left) * scale - 0.5], [0, scale, (0.5 - top) * scale - 0.5]])
    crop = cv2.warpAffine(image, matrix, (160, 160), flags=cv2.INTER_LINEAR)[:, :, ::-1].astype(numpy.float64)
    crop = (crop - crop.mean()) / max(crop.std(), 1 / crop.size ** 0.5)
    session = onnxruntime.InferenceSession(str(MODELS / "facenet-128" / "model.onnx"))
    name = session.get_inputs()[0].name
    return unit(session.run(None, {name: crop.transpose(2, 0, 1)[None].astype(numpy.float32)})[0])


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main():
    provenance = {
        "what": "unit vectors by cv2.FaceRecognizerSF (sface) and onnxruntime (facenet-128, box-160-0.3)",
        "command": "Benchmarks/peers/setup && .deps/peers/bin/python Benchmarks/peers/embedder_golden.py "
                   "> Tests/FaceNetworksTests/Golden/embeddings.json",
        "opencv": cv2.__version__,
        "onnxruntime": onnxruntime.__version__,
        "weightsSHA256": {name: digest(MODELS / name / "model.onnx") for name in ("sface", "facenet-128")},
        "precision": "float32 on a CPU",
    }
    lines = []
    for name in PICTURES:
        path = ROOT / ".deps" / "portraits" / name
        image = cv2.imread(str(path), cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION)
        row = face(image)
        values = [round(float(v), 3) for v in row]
        lines.append(json.dumps({
            "image": name,
            "sha256": digest(path),
            "box": values[:4],  # left, top, width, height
            "landmarks": [values[i:i + 2] for i in range(4, 14, 2)],
            "embeddings": {"sface": sface(image, row), "facenet-128": facenet(image, row)},
        }))
    print('{\n"provenance": ' + json.dumps(provenance, indent=2) + ',\n"faces": [\n' + ",\n".join(lines) + "\n]\n}")


if __name__ == "__main__":
    main()
