"""Times the operations of pixels-benchmark in OpenCV, with one thread; prints JSON.

usage: .deps/peers/bin/python Benchmarks/peers/pixels.py .output/benchmarks/pictures/one.jpg [--seconds 0.5]
"""

import argparse
import json
from pathlib import Path

import cv2
import numpy

import timing


def cases(data):
    """Returns the operations that OpenCV has too, by their names in pixels-benchmark."""
    image = cv2.imdecode(data, cv2.IMREAD_COLOR)
    height, width = image.shape[:2]
    png = cv2.imencode(".png", image)[1]
    jpeg = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, 90])[1]
    turned = numpy.array([[0.65, -0.1, -150], [0.1, 0.65, -60]])

    def warp(side):
        return lambda: cv2.warpAffine(image, turned, (side, side), flags=cv2.INTER_LINEAR)

    def resize(wide, high, method):
        return lambda: cv2.resize(image, (wide, high), interpolation=method)

    return {
        "decode the file": lambda: cv2.imdecode(data, cv2.IMREAD_COLOR),
        "decode JPEG, quality 90": lambda: cv2.imdecode(jpeg, cv2.IMREAD_COLOR),
        "decode PNG": lambda: cv2.imdecode(png, cv2.IMREAD_COLOR),
        "encode JPEG, quality 90": lambda: cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, 90]),
        "warp to 112 x 112": warp(112),
        "warp to 160 x 160": warp(160),
        "halve, area": resize(width // 2, height // 2, cv2.INTER_AREA),
        "to 0.7, area": resize(width * 7 // 10, height * 7 // 10, cv2.INTER_AREA),
        "halve, bilinear": resize(width // 2, height // 2, cv2.INTER_LINEAR),
        "double, bilinear": resize(width * 2, height * 2, cv2.INTER_LINEAR),
        "mirror": lambda: cv2.flip(image, 1),
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("picture", type=Path)
    parser.add_argument("--seconds", type=float, default=0.5)
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    data = numpy.frombuffer(arguments.picture.read_bytes(), numpy.uint8)

    def timed(body):
        def run(lap):
            body()
            lap("all")
        return timing.medians(run, 3, 5, arguments.seconds)["milliseconds"]

    print(json.dumps({name: timed(body) for name, body in cases(data).items()}))


if __name__ == "__main__":
    main()
