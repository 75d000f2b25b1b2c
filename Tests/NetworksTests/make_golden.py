"""Creates Golden/modules.json: the results of PyTorch's own modules for small random weights. Needs PyTorch 2.

    python Tests/NetworksTests/make_golden.py
"""

import json
from pathlib import Path

import torch
import torch.nn.functional as F

torch.manual_seed(7)


def stored(tensor):
    return {"shape": list(tensor.shape), "values": [round(v, 6) for v in tensor.flatten().tolist()]}


def rounded(*shape, scale=0.5):
    return (torch.randn(*shape) * scale * 1e4).round() / 1e4


def case(weights, inputs, output):
    return {"weights": {k: stored(v) for k, v in weights.items()}, "inputs": [stored(v) for v in inputs],
            "output": stored(output)}


def attention():
    size, heads, count = 8, 2, 5
    w = {f"{name}.{kind}": rounded(*shape) for name in ("query", "key", "value", "output")
         for kind, shape in (("weight", (size, size)), ("bias", (size,)))}
    module = torch.nn.MultiheadAttention(size, heads, batch_first=True)
    with torch.no_grad():
        module.in_proj_weight.copy_(torch.cat([w["query.weight"], w["key.weight"], w["value.weight"]]))
        module.in_proj_bias.copy_(torch.cat([w["query.bias"], w["key.bias"], w["value.bias"]]))
        module.out_proj.weight.copy_(w["output.weight"])
        module.out_proj.bias.copy_(w["output.bias"])
        x = rounded(2, count, size, scale=1)
        return case(w, [x], module(x, x, x)[0])


def squeeze_excitation():
    channels = 16
    w = {"squeeze.weight": rounded(4, channels, 1, 1), "squeeze.bias": rounded(4),
         "excite.weight": rounded(channels, 4, 1, 1), "excite.bias": rounded(channels)}
    x = rounded(2, channels, 3, 4, scale=1)
    pooled = F.adaptive_avg_pool2d(x, 1).flatten(1)
    hidden = F.relu(F.linear(pooled, w["squeeze.weight"].flatten(1), w["squeeze.bias"]))
    gate = torch.sigmoid(F.linear(hidden, w["excite.weight"].flatten(1), w["excite.bias"]))
    return case(w, [x], x * gate[:, :, None, None])


def pyramid():
    channels, rates = 3, [1, 2]
    w = {}

    def unit(name, inputs, kernel, prefix="conv"):
        w[f"{name}.{prefix}.weight"] = rounded(channels, inputs, kernel, kernel)
        w[f"{name}.bn.bias"] = rounded(channels)
        w[f"{name}.bn.running_mean"] = rounded(channels)
        w[f"{name}.bn.running_var"] = rounded(channels).abs() + 0.5

    def run(name, x, epsilon, **how):
        y = F.conv2d(x, w[f"{name}.conv.weight"], **how)
        y = F.batch_norm(y, w[f"{name}.bn.running_mean"], w[f"{name}.bn.running_var"],
                         w.get(f"{name}.bn.weight"), w[f"{name}.bn.bias"], eps=epsilon)
        return F.relu(y)

    unit("point", channels, 1)
    for i, _ in enumerate(rates):
        unit(f"atrous.{i}", channels, 3)
        w[f"atrous.{i}.bn.weight"] = rounded(channels) + 1
    w["global.weight"], w["global.bias"] = rounded(channels, channels, 1, 1), rounded(channels)
    unit("joined", channels * 3, 1)
    x = rounded(2, channels, 6, 6, scale=1)
    parts = [run("point", x, 1e-3)]
    parts += [run(f"atrous.{i}", x, 1e-5, padding=r, dilation=r) for i, r in enumerate(rates)]
    whole = F.relu(F.conv2d(F.adaptive_avg_pool2d(x, 1), w["global.weight"], w["global.bias"]))
    return case(w, [x], run("joined", torch.cat(parts, 1), 1e-3) + whole)


def cross_attention():
    """Returns equation 8 for one query: softmax(Q Kᵀ / √d) V."""
    dimension, size, count = 6, 4, 12
    w = {"query.weight": rounded(size, dimension), "query.bias": rounded(size)}
    for name in ("key", "value"):
        w[f"{name}.weight"], w[f"{name}.bias"] = rounded(size, size), rounded(size)
    embedding, tokens = rounded(3, dimension, scale=1), rounded(3, count, size, scale=1)
    q = F.linear(embedding, w["query.weight"], w["query.bias"])[:, None]
    k = F.linear(tokens, w["key.weight"], w["key.bias"])
    v = F.linear(tokens, w["value.weight"], w["value.bias"])
    return case(w, [embedding, tokens], F.scaled_dot_product_attention(q, k, v)[:, 0])


with torch.no_grad():
    golden = {f.__name__: f() for f in (attention, squeeze_excitation, pyramid, cross_attention)}
Path(__file__).with_name("Golden").joinpath("modules.json").write_text(json.dumps(golden) + "\n")
