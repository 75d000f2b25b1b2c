#!/usr/bin/env python3
"""Creates every file in Resources/: small synthetic pictures, and the results of trusted implementations.

    python3 -m venv venv && venv/bin/pip install opencv-python-headless==4.12.0.88 pillow==13.0.0 numpy==2.2.6
    venv/bin/python make_fixtures.py

Except for no-end-marker.jpg (a public photograph without the two bytes that end a JPEG) nothing is a photograph. NAME.EXT is an input, NAME.ppm (color) or NAME.pgm (gray) the expected pixels; those of
PNG files follow from the picture's definition and are checked against Pillow's reading, those of JPEG and WebP files are
Pillow's and OpenCV's, which must agree. The files named resized-*, warped-* and clahe-* are OpenCV's results for
source.ppm.

The HEIC and AVIF files are not made here but by heif-enc 1.15.1 and avifenc 0.11.1, from the twelve blocks of heif.ppm as a
PNG:

    heif-enc -q 90 -p chroma=444 heif.png -o heic.heic        (heic-alpha: its left half transparent black)
    heif-enc -q 90 -p chroma=444 -b 10 sixteen-bits.png -o heic-10bit.heic
    heif-enc -q 95 -p chroma=444 stored-for-orientation-6.jpg -o heic-exif.heic
    avifenc -s 6 -y 444 --min 0 --max 10 heif.png avif.avif   (avif-irot: --irot 3, avif-imir: --imir 1, of turned ones)
    avifenc -s 6 -y 444 --min 0 --max 20 --grid 2x2 quarter-0.png … avif-grid.avif    (of 256 x 192 pixels)
"""
import io
import pathlib
import struct
import zlib

import cv2
import numpy as np
from PIL import Image

HERE = pathlib.Path(__file__).parent / "Resources"
ORIENT = 0x0112
# The changes to an upright picture after which the orientation makes it upright again.
STORED = {
    1: None, 2: Image.FLIP_LEFT_RIGHT, 3: Image.ROTATE_180, 4: Image.FLIP_TOP_BOTTOM, 5: Image.TRANSPOSE,
    6: Image.ROTATE_90, 7: Image.TRANSVERSE, 8: Image.ROTATE_270,
}


def write(name, data):
    (HERE / name).write_bytes(data)


def expect(name, rgb):
    rgb = np.ascontiguousarray(rgb, np.uint8)
    kind, suffix = ("P6", "ppm") if rgb.ndim == 3 else ("P5", "pgm")
    write(f"{name}.{suffix}", f"{kind}\n{rgb.shape[1]} {rgb.shape[0]}\n255\n".encode() + rgb.tobytes())


def smooth(width, height, seed):
    """Colored blobs with some noise."""
    rng = np.random.default_rng(seed)
    coarse = rng.integers(0, 256, (max(height // 8, 2), max(width // 8, 2), 3), dtype=np.uint8)
    picture = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC).astype(int)
    return np.clip(picture + rng.normal(0, 6, picture.shape), 0, 255).astype(np.uint8)


def exif(orientation):
    block = Image.Exif()
    block[ORIENT] = orientation
    return block.tobytes()


def orientations():
    """Six flat blocks of 16 x 16, all different, so that every rotation is visible."""
    colors = [[(230, 30, 30), (30, 200, 40), (40, 60, 220)], [(240, 220, 40), (20, 20, 20), (245, 245, 245)]]
    upright = np.kron(np.array(colors, np.uint8), np.ones((16, 16, 1), np.uint8))
    expect("orientation", upright)
    for value, turn in STORED.items():
        picture = Image.fromarray(upright)
        picture = picture if turn is None else picture.transpose(turn)
        for suffix, options in [("jpg", {"quality": 95, "subsampling": 0}), ("png", {}), ("webp", {"lossless": True})]:
            picture.save(HERE / f"orientation-{value}.{suffix}", exif=exif(value), **options)


def png_chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png_rows(samples, depth):
    """Filter type 0 and packed samples; `samples` is height x width x channels."""
    rows = b""
    for row in samples:
        flat = row.reshape(-1)
        if depth == 16:
            packed = flat.astype(">u2").tobytes()
        else:
            bits = ((flat[:, None] >> np.arange(depth - 1, -1, -1)) & 1).astype(np.uint8).reshape(-1)
            packed = np.packbits(bits).tobytes()
        rows += b"\0" + packed
    return rows


ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def png(name, samples, depth, kind, extra=b"", interlaced=False):
    height, width = samples.shape[:2]
    if interlaced:
        passes = [samples[y::dy, x::dx] for x, y, dx, dy in ADAM7]
        data = b"".join(png_rows(part, depth) for part in passes if part.size)
    else:
        data = png_rows(samples, depth)
    header = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, int(interlaced))
    chunks = png_chunk(b"IHDR", header) + extra + png_chunk(b"IDAT", zlib.compress(data)) + png_chunk(b"IEND", b"")
    write(f"{name}.png", b"\x89PNG\r\n\x1a\n" + chunks)


def over_white(rgb, alpha):
    """`alpha` is 0...255."""
    mixed = rgb.astype(int) * alpha + 255 * (255 - alpha)
    return (2 * mixed + 255) // 510


def pngs():
    width, height = 13, 9
    rng = np.random.default_rng(1)
    for depth in [1, 2, 4, 8, 16]:
        gray = rng.integers(0, 1 << depth, (height, width, 1))
        shown = gray >> 8 if depth == 16 else gray * (255 // ((1 << depth) - 1))
        png(f"gray-{depth}", gray, depth, 0)
        expect(f"gray-{depth}", np.repeat(shown, 3, 2))
        if depth < 16:
            palette = rng.integers(0, 256, (1 << depth, 3), dtype=np.uint8)
            indices = rng.integers(0, 1 << depth, (height, width, 1))
            png(f"palette-{depth}", indices, depth, 3, png_chunk(b"PLTE", palette.tobytes()))
            expect(f"palette-{depth}", palette[indices[..., 0]])
    for depth in [8, 16]:
        rgba = rng.integers(0, 1 << depth, (height, width, 4))
        rgba[0, :, 3], rgba[1, :, 3] = 0, (1 << depth) - 1
        high = rgba >> (depth - 8)
        png(f"rgb-{depth}", rgba[..., :3], depth, 2)
        expect(f"rgb-{depth}", high[..., :3])
        png(f"rgba-{depth}", rgba, depth, 6)
        expect(f"rgba-{depth}", over_white(high[..., :3], high[..., 3:]))
        png(f"gray-alpha-{depth}", rgba[..., [0, 3]], depth, 4)
        expect(f"gray-alpha-{depth}", over_white(high[..., [0, 0, 0]], high[..., 3:]))
    palette = rng.integers(0, 256, (16, 3), dtype=np.uint8)
    alphas = rng.integers(0, 256, 10, dtype=np.uint8)
    indices = rng.integers(0, 16, (height, width, 1))
    png("palette-alpha", indices, 4, 3, png_chunk(b"PLTE", palette.tobytes()) + png_chunk(b"tRNS", alphas.tobytes()))
    full = np.concatenate([alphas, np.full(6, 255, np.uint8)]).astype(int)
    expect("palette-alpha", over_white(palette[indices[..., 0]], full[indices]))
    color = rng.integers(0, 256, (height, width, 3))
    color[2, 3:7] = color[0, 0]
    png("rgb-key", color, 8, 2, png_chunk(b"tRNS", color[0, 0].astype(">u2").tobytes()))
    expect("rgb-key", np.where((color == color[0, 0]).all(2, keepdims=True), 255, color))
    picture = smooth(37, 21, 2)
    png("interlaced", picture, 8, 2, interlaced=True)
    expect("interlaced", picture)
    for name in ["gray-1", "gray-2", "gray-4", "gray-8", "rgb-8", "rgb-16", "interlaced", "palette-4"]:
        same(name, "png")


def read_expected(name):
    return np.array(Image.open(HERE / f"{name}.ppm"))


def same(name, suffix):
    seen = np.array(Image.open(HERE / f"{name}.{suffix}").convert("RGB"))
    assert np.array_equal(seen, read_expected(name)), f"Pillow reads {name} differently"


def jpegs():
    picture = Image.fromarray(smooth(45, 35, 3))
    kinds = {
        "jpeg-420": {"subsampling": 2}, "jpeg-422": {"subsampling": 1}, "jpeg-444": {"subsampling": 0},
        "progressive": {"progressive": True}, "restarts": {"restart_marker_blocks": 2},
    }
    for name, options in kinds.items():
        picture.save(HERE / f"{name}.jpg", quality=85, **options)
    picture.convert("L").save(HERE / "jpeg-gray.jpg", quality=85)
    for name in [*kinds, "jpeg-gray"]:
        seen = np.array(Image.open(HERE / f"{name}.jpg").convert("RGB"))
        assert np.array_equal(seen, cv2.imread(str(HERE / f"{name}.jpg"))[..., ::-1]), name
        expect(name, seen)


def inks():
    """CMYK as Adobe writes it, inverted; the same as YCCK, by writing its planes and marking them so."""
    light = np.dstack([smooth(24, 16, 4), 255 - smooth(24, 16, 5)[..., 0] // 3])  # inverted inks: 255 is none
    cmyk = io.BytesIO()
    Image.frombytes("CMYK", (24, 16), (255 - light).tobytes()).save(cmyk, "JPEG", quality=95)
    write("cmyk.jpg", cmyk.getvalue())
    ycc = np.array(Image.fromarray(255 - light[..., :3]).convert("YCbCr"))
    planes = np.dstack([ycc, light[..., 3]])
    ycck = io.BytesIO()
    Image.frombytes("CMYK", (24, 16), (255 - planes).tobytes()).save(ycck, "JPEG", quality=95)
    data = bytearray(ycck.getvalue())
    at = data.index(b"Adobe")
    assert data[at + 11] == 0
    data[at + 11] = 2
    write("ycck.jpg", bytes(data))
    for name in ["cmyk", "ycck"]:
        seen = np.array(Image.open(HERE / f"{name}.jpg").convert("RGB")).astype(int)
        meant = light[..., :3].astype(int) * light[..., 3:] / 255
        assert abs(seen - meant).mean() < 6, "the fixture does not hold the picture that it should"
        expect(name, seen)


def webps():
    picture = Image.fromarray(smooth(45, 35, 6))
    picture.save(HERE / "lossy.webp", quality=85)
    picture.save(HERE / "lossless.webp", lossless=True)
    alpha = Image.fromarray(smooth(45, 35, 7)[..., 0])
    clear = picture.copy()
    clear.putalpha(alpha)
    clear.save(HERE / "alpha-lossless.webp", lossless=True, exact=True)
    clear.save(HERE / "alpha-lossy.webp", quality=85)
    for name in ["lossy", "lossless"]:
        expect(name, np.array(Image.open(HERE / f"{name}.webp").convert("RGB")))
    for name in ["alpha-lossless", "alpha-lossy"]:
        rgba = np.array(Image.open(HERE / f"{name}.webp"))
        expect(name, over_white(rgba[..., :3], rgba[..., 3:].astype(int)))


def animations():
    first, second = smooth(30, 20, 8), smooth(30, 20, 9)
    frames = [Image.fromarray(first), Image.fromarray(second)]
    for suffix, options in [("png", {}), ("webp", {"lossless": True})]:
        frames[0].save(HERE / f"animated.{suffix}", save_all=True, append_images=frames[1:], duration=100, **options)
    expect("animated", first)


def processing():
    source = smooth(61, 43, 10)
    expect("source", source)
    methods = {"area": cv2.INTER_AREA, "bilinear": cv2.INTER_LINEAR}
    for method, flag in methods.items():
        for width, height in [(30, 21), (17, 40), (5, 3)]:
            expect(f"resized-{method}-{width}x{height}", cv2.resize(source, (width, height), interpolation=flag))
    expect("resized-bilinear-90x70", cv2.resize(source, (90, 70), interpolation=cv2.INTER_LINEAR))
    expect("resized-adaptiveAverage-17x40", adaptive_average(source, 17, 40))
    # Turned so that parts of the square lie outside on two sides; the float64 reference beside OpenCV's own.
    matrix = np.array([[1.3, -0.45, 4.25], [0.45, 1.3, -14.5]])
    expect("warped-opencv", cv2.warpAffine(source, matrix, (56, 56), flags=cv2.INTER_LINEAR))
    expect("warped-exact", warp(source, matrix, 56, 56))
    gray = cv2.cvtColor(source, cv2.COLOR_RGB2GRAY)
    expect("gray", gray)
    for name, plane, clip, grid in [
        ("clahe-61x43", gray, 2.0, (8, 8)), ("clahe-56x40", gray[:40, :56], 3.5, (4, 5)),
        ("clahe-dark", gray // 6, 4.0, (3, 2)), ("clahe-tiny", gray[:5, :7], 2.0, (8, 8)),
    ]:
        expect(name, cv2.createCLAHE(clip, grid).apply(np.ascontiguousarray(plane)))
    ycc = cv2.cvtColor(source, cv2.COLOR_RGB2YCrCb)
    ycc[..., 0] = cv2.createCLAHE(2.0, (8, 8)).apply(ycc[..., 0])
    expect("clahe-ycrcb", cv2.cvtColor(ycc, cv2.COLOR_YCrCb2RGB))
    gain = cv2.createCLAHE(2.0, (8, 8)).apply(gray).astype(int) - gray
    expect("clahe-color", np.clip(source + gain[..., None], 0, 255))


def adaptive_average(source, width, height):
    """As PyTorch documents it: windows from floor(i * in / out) to ceil((i + 1) * in / out), equal weights."""
    def windows(length, target):
        return [(i * length // target, -(-(i + 1) * length // target)) for i in range(target)]
    rows = [[source[t:b, l:r].reshape(-1, 3).mean(0) for l, r in windows(source.shape[1], width)]
            for t, b in windows(source.shape[0], height)]
    return np.rint(np.array(rows))


def warp(source, matrix, width, height):
    inverse = np.linalg.inv(np.vstack([matrix, [0, 0, 1]]))
    y, x = np.mgrid[0:height, 0:width]
    sx = inverse[0, 0] * x + inverse[0, 1] * y + inverse[0, 2]
    sy = inverse[1, 0] * x + inverse[1, 1] * y + inverse[1, 2]
    left, top = np.floor(sx).astype(int), np.floor(sy).astype(int)
    fx, fy = (sx - left)[..., None], (sy - top)[..., None]
    rows, columns = source.shape[:2]
    framed = np.pad(source.astype(float), ((2, 2), (2, 2), (0, 0)))

    def at(dx, dy):
        return framed[np.clip(top + dy, -2, rows + 1) + 2, np.clip(left + dx, -2, columns + 1) + 2]
    return np.rint(
        at(0, 0) * (1 - fx) * (1 - fy) + at(1, 0) * fx * (1 - fy) + at(0, 1) * (1 - fx) * fy + at(1, 1) * fx * fy)


if __name__ == "__main__":
    HERE.mkdir(exist_ok=True)
    for old in HERE.iterdir():
        old.unlink()
    for make in [orientations, pngs, jpegs, inks, webps, animations, processing]:
        make()
