"""Creates the golden values of these tests with PyTorch's own Python, and a file with the safetensors package.

usage: PYTHONPATH=FOLDER .deps/peers/bin/python Tests/TensorsTests/make_golden.py

FOLDER is where 'pip install --no-deps --target FOLDER safetensors==0.7.0' has put that package.
"""

import json
from pathlib import Path

import torch
import torch.nn.functional as F

FOLDER = Path(__file__).with_name("Golden")


def numbers(tensor):
    """Returns a tensor's content, with numbers that float32 reads back unchanged."""
    return {"shape": list(tensor.shape), "values": [float(f"{v:.9g}") for v in tensor.detach().flatten().tolist()]}


def layer(run, **inputs):
    """Returns the result of a function of named tensors, and the gradients of the sum of its squares."""
    leaves = {name: value.clone().requires_grad_() for name, value in inputs.items()}
    result = run(**leaves)
    (result ** 2).sum().backward()
    return {
        "inputs": {name: numbers(value) for name, value in inputs.items()},
        "result": numbers(result),
        "gradients": {name: numbers(leaf.grad) for name, leaf in leaves.items()},
    }


def batch_norm(training):
    mean, variance = torch.tensor([0.1, -0.2, 0.3]), torch.tensor([0.5, 1.0, 2.0])
    case = layer(
        lambda x, weight, bias: F.batch_norm(x, mean, variance, weight, bias, training, momentum=0.2, eps=1e-3),
        x=torch.randn(4, 3, 2, 5) * 2 + 1, weight=torch.rand(3) + 0.5, bias=torch.randn(3))
    return {**case, "mean": numbers(mean), "variance": numbers(variance)}


def layers():
    torch.manual_seed(11)
    r = torch.randn
    return {
        "linear": layer(F.linear, input=r(2, 3, 5), weight=r(4, 5), bias=r(4)),
        "convolution": layer(
            lambda input, weight, bias: F.conv2d(input, weight, bias, stride=2, padding=(2, 1), groups=2),
            input=r(2, 4, 7, 6), weight=r(6, 2, 3, 2), bias=r(6)),
        "atrous": layer(
            lambda input, weight: F.conv2d(input, weight, padding=2, dilation=2), input=r(1, 2, 6, 5),
            weight=r(3, 2, 3, 3)),
        "transposed": layer(
            lambda input, weight, bias: F.conv_transpose2d(input, weight, bias, stride=2, padding=1),
            input=r(2, 3, 4, 3), weight=r(3, 2, 4, 4), bias=r(2)),
        "layerNorm": layer(
            lambda x, weight, bias: F.layer_norm(x, [6], weight, bias, eps=1e-5), x=r(2, 3, 6) * 3, weight=r(6),
            bias=r(6)),
        "batchNormTraining": batch_norm(True),
        "batchNormRunning": batch_norm(False),
        "maxPool": layer(lambda x: F.max_pool2d(x, 3, 2, 1), x=r(2, 2, 6, 5)),
        "averagePool": layer(
            lambda x: F.avg_pool2d(x, 3, 2, 1, count_include_pad=False), x=r(2, 2, 6, 5)),
        "larger": layer(
            lambda x: F.interpolate(x, (7, 5), mode="bilinear", align_corners=False), x=r(2, 2, 3, 4)),
        "smaller": layer(
            lambda x: F.interpolate(x, (2, 3), mode="bilinear", align_corners=False), x=r(1, 2, 5, 7)),
        "softmax": layer(lambda x: x.softmax(1), x=r(2, 4, 3)),
        "logSoftmax": layer(lambda x: x.log_softmax(-1), x=r(2, 5) * 40),
        "logSumExp": layer(lambda x: x.logsumexp((0, 2)), x=r(2, 4, 3) * 40),
        "normalized": layer(lambda x: F.normalize(x, dim=1), x=r(3, 4)),
        "exponential": layer(torch.exp, input=r(6)),
        "logarithm": layer(torch.log, input=torch.rand(6) + 0.1),
        "squareRoot": layer(torch.sqrt, input=torch.rand(6) + 0.1),
        "cosine": layer(torch.cos, input=r(6)),
        "arcCosine": layer(torch.acos, input=torch.rand(6) * 1.8 - 0.9),
        "sigmoid": layer(torch.sigmoid, input=r(6) * 4),
        "tanh": layer(torch.tanh, input=r(6)),
        "softplus": layer(F.softplus, input=r(6) * 4),
        "silu": layer(F.silu, input=r(6) * 4),
    }


def optimizers():
    """Runs ten steps of each optimizer with a falling rate. The curvature of the loss differs for each number."""
    torch.manual_seed(12)
    start, target, bend = torch.randn(2, 3), torch.randn(2, 3), torch.tensor([[0.1, 1, 10], [3, 0.5, 0.03]])
    kinds = {
        "adam": lambda p: torch.optim.Adam(p, foreach=False, fused=False),
        "adamDecay": lambda p: torch.optim.Adam(
            p, betas=(0.8, 0.95), eps=1e-5, weight_decay=0.1, foreach=False, fused=False),
        "adamW": lambda p: torch.optim.AdamW(p, weight_decay=0.1, foreach=False, fused=False),
        "sgd": lambda p: torch.optim.SGD(p, foreach=False, fused=False),
        "momentum": lambda p: torch.optim.SGD(p, momentum=0.9, weight_decay=0.05, foreach=False, fused=False),
        "nesterov": lambda p: torch.optim.SGD(p, momentum=0.8, nesterov=True, foreach=False, fused=False),
    }
    trajectories = {}
    for name, kind in kinds.items():
        parameter = start.clone().requires_grad_()
        optimizer = kind([parameter])
        steps = []
        for step in range(10):
            optimizer.zero_grad()
            (bend * (parameter - target) ** 2).sum().backward()
            optimizer.param_groups[0]["lr"] = 0.05 / (1 + step / 5)
            optimizer.step()
            steps.append(numbers(parameter))
        trajectories[name] = steps
    return {"start": numbers(start), "target": numbers(target), "bend": numbers(bend), "trajectories": trajectories}


def clipping():
    a, b = torch.tensor([3.0, -4.0], requires_grad=True), torch.tensor([12.0], requires_grad=True)
    (a ** 2 / 2).sum().backward()
    (b ** 2 / 2).sum().backward()
    norm = torch.nn.utils.clip_grad_norm_([a, b], 6.5)
    return {"norm": float(norm), "first": numbers(a.grad), "second": numbers(b.grad)}


def safetensors_file():
    from safetensors.torch import save_file

    save_file({
        "weights": torch.arange(6, dtype=torch.float32).reshape(2, 3) / 4,
        "brain": torch.tensor([1.5, -2.0], dtype=torch.bfloat16),
        "half": torch.tensor([[0.5]], dtype=torch.float16),
        "double": torch.tensor([1 / 3], dtype=torch.float64),
        "long": torch.tensor([-(2 ** 40), 7]),
        "int": torch.tensor([2 ** 30, -1], dtype=torch.int32),
        "byte": torch.tensor([0, 255, 3], dtype=torch.uint8),
        "truth": torch.tensor([True, False, True]),
        "scalar": torch.tensor(2.5),
        "empty": torch.zeros(0, 4),
    }, str(FOLDER / "python.safetensors"), metadata={"made by": "safetensors, the package"})


if __name__ == "__main__":
    golden = {"layers": layers(), "optimizers": optimizers(), "clipping": clipping(), "torch": torch.__version__}
    FOLDER.mkdir(exist_ok=True)
    # One case per line, so that diffs stay short.
    text = json.dumps(golden, sort_keys=True, separators=(",", ":"))
    (FOLDER / "torch.json").write_text(text.replace(',"', ',\n"') + "\n")
    safetensors_file()
