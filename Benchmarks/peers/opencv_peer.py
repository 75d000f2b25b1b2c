"""OpenCV's own pipeline: FaceDetectorYN (YuNet) and FaceRecognizerSF (SFace)."""

from importlib.metadata import version
from pathlib import Path

import cv2
import numpy

MODELS = Path(__file__).resolve().parents[2] / ".deps/models"


class Peer:
    name = "OpenCV YuNet + SFace"
    versions = {"opencv-python-headless": version("opencv-python-headless")}
    notes = "weights converted by scripts/setup: float32, the same values as OpenCV Zoo's"
    batches = ()

    def __init__(self, threads):
        cv2.setNumThreads(threads)
        self.detector = cv2.FaceDetectorYN.create(str(MODELS / "yunet/model.onnx"), "", (640, 480), 0.6, 0.3, 5000)
        self.recognizer = cv2.FaceRecognizerSF.create(str(MODELS / "sface/model.onnx"), "")

    def faces(self, data, lap):
        """Returns the embeddings of the faces in a JPEG's bytes."""
        image = cv2.imdecode(numpy.frombuffer(data, numpy.uint8), cv2.IMREAD_COLOR)
        lap("decode")
        self.detector.setInputSize((image.shape[1], image.shape[0]))
        found = self.detector.detect(image)[1]
        lap("detect")
        aligned = [self.recognizer.alignCrop(image, face) for face in ([] if found is None else found)]
        lap("align")
        embeddings = [self.recognizer.feature(face) for face in aligned]
        lap("embed")
        return embeddings
