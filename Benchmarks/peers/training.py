"""Times PyTorch's own loop with facenet-pytorch's InceptionResnetV1, with 128 outputs, on request.

usage: .deps/peers/bin/python Benchmarks/peers/training.py [--threads 2] [--batch 32] [--steps 2]

Writes a line of JSON when it is ready. Then reads a precision, fp32 or bf16, from each line of the standard input, and
answers with the seconds per step: forward, backward and fused Adam, channels last.
"""

import argparse
from importlib.metadata import version
import json
import sys
import time

from facenet_pytorch import InceptionResnetV1
import torch
from torch import nn
import torch.nn.functional as F


class Training:
    def __init__(self, batch):
        torch.manual_seed(1)
        network = InceptionResnetV1(pretrained=None, classify=False, dropout_prob=0.5)
        network.last_linear = nn.Linear(1792, 128, bias=False)
        network.last_bn = nn.BatchNorm1d(128, eps=0.001)
        self.network = network.train().to(memory_format=torch.channels_last)
        self.optimizer = torch.optim.Adam(network.parameters(), lr=1e-3, fused=True)
        self.pictures = torch.randn(batch, 3, 160, 160).contiguous(memory_format=torch.channels_last)
        self.targets = F.normalize(torch.randn(batch, 128), dim=1)

    def step(self, brief):
        self.optimizer.zero_grad()
        with torch.autocast("cpu", torch.bfloat16, enabled=brief):
            embeddings = self.network(self.pictures)
        loss = (embeddings.float() - self.targets).square().sum(1).mean()
        loss.backward()
        self.optimizer.step()
        assert loss.isfinite().item()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--steps", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    training = Training(arguments.batch)
    parameters = sum(p.numel() for p in training.network.parameters())
    print(json.dumps({"peer": "PyTorch with facenet-pytorch's InceptionResnetV1, fused Adam", "parameters": parameters,
                      "versions": {name: version(name) for name in ("torch", "facenet-pytorch")}}), flush=True)
    for line in sys.stdin:
        started = time.perf_counter()
        for _ in range(arguments.steps):
            training.step(line.strip() == "bf16")
        print(json.dumps({"seconds": (time.perf_counter() - started) / arguments.steps}), flush=True)


if __name__ == "__main__":
    main()
