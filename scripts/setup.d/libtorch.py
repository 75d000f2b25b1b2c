"""Extracts libtorch from PyTorch's wheel and compiles our shim against it.

Only the libraries for training on a CPU are kept. The wheel supports CUDA too, so its CPU part needs two small libraries
from NVIDIA, which come from separate wheels. The headers are needed only for compiling.
"""

import os
from pathlib import Path
import shutil
import subprocess
import tempfile
import zipfile

LIBRARIES = ("torch/lib/libc10.so", "torch/lib/libgomp.so.1", "torch/lib/libtorch_cpu.so")
CUDA_LIBRARIES = ("nvidia/cu13/lib/libcudart.so.13", "nvidia/cu13/lib/libcupti.so.13")
HEADERS = ("torch/include/ATen/", "torch/include/c10/", "torch/include/torch/")


def make(folder, torch, cuda_runtime, cuda_cupti, shim, interface):
    for name in ("lib", "licenses"):
        (folder / name).mkdir()
    with tempfile.TemporaryDirectory() as headers, zipfile.ZipFile(torch) as wheel:
        for member in wheel.namelist():
            if member.startswith(HEADERS):
                wheel.extract(member, headers)
        _take(folder, wheel, LIBRARIES)
        for wheel_file in (cuda_runtime, cuda_cupti):
            with zipfile.ZipFile(wheel_file) as other:
                _take(folder, other, CUDA_LIBRARIES)
        compile_shim(folder / "lib", Path(headers) / "torch/include", shim, interface.parent)


def compile_shim(place, headers, shim, interface):
    """Compiles the shim into the folder of libtorch's libraries, where it finds them when it is opened."""
    command = [
        "g++", "-std=c++20", "-O2", "-fPIC", "-shared", "-Wall", "-Werror", "-D_GLIBCXX_USE_CXX11_ABI=1",
        f"-I{interface}", "-isystem", str(headers), str(shim), f"-L{place}", "-ltorch_cpu", "-lc10",
        "-Wl,-rpath,$ORIGIN", "-o", str(place / "liblikeness_torch.so"),
    ]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"set-up: the training shim does not compile:\n{done.stderr.strip()}")


def _take(folder, wheel, libraries):
    for member in wheel.namelist():
        place, name = os.path.split(member)
        if member in libraries:
            _copy(wheel, member, folder / "lib" / name)
        elif ".dist-info/licenses/" in member and name:
            _copy(wheel, member, folder / "licenses" / f"{place.split('-')[0]}-{name}")


def _copy(wheel, member, place):
    with wheel.open(member) as source, open(place, "wb") as target:
        shutil.copyfileobj(source, target, 1 << 20)
