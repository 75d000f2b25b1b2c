"""face_recognition, on dlib: HOG detector, 5 landmarks, the 128-number ResNet."""

from importlib.metadata import version
import io
import warnings

warnings.filterwarnings("ignore", message="pkg_resources")
import face_recognition  # noqa: E402
import numpy  # noqa: E402
from PIL import Image  # noqa: E402


class Peer:
    name = "face_recognition (dlib)"
    versions = {p: version(p) for p in ("face_recognition", "dlib-bin", "numpy", "pillow")}
    notes = "its defaults: HOG detector, one upsampling, small landmark model; dlib's wheel uses one thread per process"
    batches = ()

    def __init__(self, threads):
        pass

    def faces(self, data, lap):
        image = numpy.array(Image.open(io.BytesIO(data)).convert("RGB"))
        lap("decode")
        boxes = face_recognition.face_locations(image)
        lap("detect")
        embeddings = face_recognition.face_encodings(image, boxes)
        lap("align and embed")
        return embeddings
