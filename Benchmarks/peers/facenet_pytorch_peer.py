"""facenet-pytorch as its README uses it: MTCNN, then InceptionResnetV1."""

from importlib.metadata import version
import io

from facenet_pytorch import MTCNN, InceptionResnetV1
from PIL import Image
import torch


class Peer:
    name = "facenet-pytorch MTCNN + InceptionResnetV1"
    versions = {p: version(p) for p in ("facenet-pytorch", "torch", "pillow")}
    notes = "float32; the recognizer's weights are random, which does not change the time (no registry has trained ones)"
    batches = (8, 32)

    def __init__(self, threads):
        torch.set_num_threads(threads)
        torch.manual_seed(0)
        self.mtcnn = MTCNN(min_face_size=20, thresholds=[0.6, 0.7, 0.7], factor=0.709, keep_all=True, device="cpu")
        self.network = InceptionResnetV1(pretrained=None, classify=False).eval()

    def faces(self, data, lap):
        image = Image.open(io.BytesIO(data)).convert("RGB")
        lap("decode")
        boxes, _ = self.mtcnn.detect(image)
        lap("detect")
        crops = self.mtcnn.extract(image, boxes, None)
        lap("align")
        if crops is None:
            return []
        with torch.inference_mode():
            embeddings = self.network(crops)
        lap("embed")
        return list(embeddings)

    def batch(self, many):
        """Processes several pictures of one size at once, the library's fastest mode."""
        images = [Image.open(io.BytesIO(data)).convert("RGB") for data in many]
        crops = [c for c in self.mtcnn(images) if c is not None]
        with torch.inference_mode():
            return list(self.network(torch.cat(crops))) if crops else []
