#!/usr/bin/env python3
"""Writes tiny valid inputs of every reader into Corpus: where fuzzing begins. What fuzzing found is kept beside them.

The readers of pictures begin with those of Tests/PixelsTests/Resources too; see scripts/fuzz.
"""

import base64
import hashlib
import json
from pathlib import Path
import sqlite3
import struct
import tempfile

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "Fuzzing" / "Corpus"


def put(reader, name, data):
    folder = CORPUS / reader
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())


def compact(value):
    return json.dumps(value, separators=(",", ":"), sort_keys=True)


def lines(*values):
    return "".join(compact(value) + "\n" for value in values)


def tiff(order, orientation):
    end = "<" if order == b"II" else ">"
    entries = [(0x010F, 2, 4, 0), (0x0112, 3, 1, orientation), (0x011A, 5, 1, 8)]
    block = order + struct.pack(end + "HI", 42, 8) + struct.pack(end + "H", len(entries))
    for tag, kind, count, value in entries:
        packed = struct.pack(end + "HH", value, 0) if kind == 3 else struct.pack(end + "I", value)
        block += struct.pack(end + "HHI", tag, kind, count) + packed
    return block + struct.pack(end + "I", 0)


def pictures():
    for order in (b"II", b"MM"):
        put("exif", order.decode(), tiff(order, 6))
        put("exif", f"{order.decode()}-with-signature", b"Exif\0\0" + tiff(order, 3))
    resources = ROOT / "Tests" / "PixelsTests" / "Resources"
    for name in ("orientation-6.jpg", "orientation-6.png", "orientation-6.webp", "jpeg-420.jpg", "lossy.webp",
                 "lossless.webp", "animated.webp", "gray-16.png"):
        put("picture-header", name, (resources / name).read_bytes()[:384])
    for reader, name in {"jpeg": "orientation-6.jpg", "png": "orientation-6.png", "webp": "orientation-6.webp"}.items():
        put(reader, name, (resources / name).read_bytes())
    for name, data in {"gif": b"GIF89a\1\0\1\0", "heic": b"\0\0\0\x18ftypheic", "text": b"not a picture\n",
                       "bmp": b"BM\0\0\0\0\0\0\0\0", "cut": b"\x89PNG\r\n"}.items():
        put("picture-header", name, data)


def answers():
    for name, line in {"size": "size 4032 3024", "none": "size 0 -1", "large": "large 70000 70000", "missing": "missing libheif.so.1",
                       "corrupt": "corrupt no such box", "memory": "memory", "truncated": "truncated",
                       "overflow": "size 9223372036854775807 9223372036854775808"}.items():
        put("heif-answer", name, line)
    jpeg = b"\xff\xd8\xff\xe0\0\4JF\xff\xfe\0\nLikeness"
    png = b"\x89PNG\r\n\x1a\n" + bytes(25) + struct.pack(">I", 17) + b"tEXtSoftware\0Likeness" + bytes(4)
    webp = b"RIFF\0\0\0\0WEBP\0<rdf:Description xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"><xmp:CreatorTool>Likeness" \
        b"</xmp:CreatorTool></rdf:Description></rdf:RDF></x:xmpmeta>"
    for name, data in {"jpeg": jpeg, "png": png, "webp": webp}.items():
        put("image-software", name, data)


def cards():
    card = json.loads((ROOT / "Models" / "sface.json").read_text())
    for field in ("architecture", "citation", "licenceNote", "trainingData", "source"):
        card[field] = card["source"] if field == "source" else field
    card["calibration"]["points"] = card["calibration"]["points"][::4]
    card["adaptiveThresholds"]["cells"] = card["adaptiveThresholds"]["cells"][:3]
    for cell in card["adaptiveThresholds"]["cells"]:
        cell["points"] = cell["points"][:2]
    curves = card["probability"]["map"]["byCondition"]
    curves["cells"] = curves["cells"][:2]

    def short(value):
        if isinstance(value, dict):
            return {key: short(item) for key, item in value.items()}
        if isinstance(value, list):
            return [short(item) for item in value]
        return round(value, 3) if isinstance(value, float) else value

    card = short(card)
    put("model-card", "by-condition", compact(card))
    plain = {key: value for key, value in card.items() if key not in ("adaptiveThresholds", "source")}
    maps = {
        "platt": {"platt": {"slope": 20.0, "intercept": -6.0}},
        "isotonic": {"isotonic": {"similarities": [-1, 0.2, 0.4, 1], "probabilities": [0, 0.1, 0.9, 1]}},
        "beta": {"beta": {"a": 3.0, "b": 1.0, "c": 0.5}},
    }
    for name, value in maps.items():
        plain["probability"] = {
            "map": value, "trainingPrior": 0.5, "matedPairs": 1000, "impostorPairs": 9000}
        plain["template"] = {"platt": "arcface-32", "isotonic": "loose-32-0.3", "beta": "box-32-0.3"}[name]
        put("model-card", name, compact(plain))
    detector = json.loads((ROOT / "Models" / "yunet.json").read_text())
    put("model-card", "detector", compact(short(detector)))


def lists():
    put("list", "pairs", "\0image_a,image_b,same,fold\na.jpg,b.jpg,1,1\n\"c,d.jpg\",b.jpg,no,2\n")
    put("list", "pairs-without-header", "\0a.jpg,b.jpg,1\r\nc.jpg,d.jpg,0\r\n")
    put("list", "lfw", "\x002\t1\nAda\t1\t2\nAda\t1\tBob\t3\nBob\t1\t2\nBob\t1\tAda\t4\n")
    put("list", "lfw-one-fold", "\x001\nAda 1 2\nAda 1 Bob 3\n")
    put("list", "identities", "\1file,identity,source\na.jpg,Ada,web\nb.jpg,Bob,web\n")
    put("list", "labels", "\2file,identity,age,gender\na.jpg,Ada,3,f\nb.jpg,,40,\n")
    put("list", "templates",
        "\3template,file,identity,media\nt1,a.jpg,Ada,\nt1,b.jpg,Ada,v\nt2,c.jpg,Bob,\n\0template_a,template_b\nt1,t2\n")


def archives():
    picture = (ROOT / "Tests" / "PixelsTests" / "Resources" / "orientation-1.webp").read_bytes()
    header = {"format": "likeness-faces", "version": 1, "detector": "d",
              "crop": {"side": 192, "extent": 1.7, "quality": 95},
              "parts": [{"file": "part-0001.bin", "bytes": "@LEN", "sha256": "@SHA"}], "entries": 2, "skipped": 1}
    entries = [{"file": f"{name}.jpg", "identity": name, "source": "s", "subset": "training", "box": [2, 2, 16, 16],
                "confidence": 0.9, "landmarks": [7, 8, 14, 8, 10, 12, 8, 15, 13, 15], "scale": 1, "place": place}
               for name, place in (("ada", [0, 0, len(picture)]), ("bob", [0, 4, 9]))]
    skipped = {"file": "c.jpg", "reason": "no face"}
    index = lines(header, *entries, skipped).replace('"@LEN"', "@LEN")
    put("archive", "two-faces", index.encode() + b"\0" + picture)
    huge = dict(header, entries=1 << 40)
    put("archive", "announces-too-many", lines(huge, *entries, skipped).replace('"@LEN"', "@LEN"))
    settings = {key: header[key] for key in ("format", "version", "detector", "crop")}
    put("archive-journal", "interrupted", lines(settings, *entries, skipped).encode() + b"\0" + picture)
    entries[1]["place"] = [0, (1 << 63) - 1, (1 << 63) - 1]
    put("archive-journal", "overflowing-place", lines(settings, *entries).encode() + b"\0" + picture)


def stores():
    def vector(*numbers):
        return base64.b64encode(struct.pack(f"<{len(numbers)}f", *numbers)).decode()

    context = dict.fromkeys(
        ("yaw", "pitch", "roll", "intensity", "contrast", "illuminationDifference", "underexposed", "overexposed",
         "sharpness", "size", "confidence"), 0.5)
    header = {"format": "likeness-gallery", "version": 1, "gallery": "staff",
              "model": {"name": "m", "contract": "c/1"}, "dimension": 2, "people": 2, "templates": 2}
    people = [{"id": key, "name": f"n{key}", "metadata": {"team": "t"}, "created": 1790000000000,
               "templates": [{"vector": vector(*numbers), "label": "l", "digest": "d", "context": context,
                              "created": 1790000000000}]}
              for key, numbers in (("a", (1, 0)), ("b", (0, -1)))]
    put("gallery-export", "two-people", lines(header, *people))
    put("gallery-export", "huge-dimension", lines(dict(header, dimension=1 << 61), *people))
    templates = [dict(template, id=place + 1) for place, person in enumerate(people) for template in person["templates"]]
    galleries = [{"id": 1, "name": "staff", "model": header["model"], "dimension": 2, "created": 1790000000000,
                  "people": [dict(person, templates=[template]) for person, template in zip(people, templates)]}]
    document = {"version": 1, "lastGallery": 1, "lastTemplate": 2, "galleries": galleries}
    put("gallery-document", "two-people", compact(document))
    put("gallery-document", "huge-id", compact(dict(document, lastTemplate=(1 << 63) - 1)))
    put("gallery-document", "zero-ids", compact(dict(document, lastGallery=0, lastTemplate=0)))
    people[0]["created"] = (1 << 63) - 1
    put("gallery-export", "huge-time", lines(header, *people))

    for name, frames in {
        "one-commit": [(1, 1, 100, 13)], "two-pages": [(2, 0, 0, 5), (1, 17, 60, 1)], "shorter": [(1, 3, 28, 0)],
        "longer": [(1, 254, 28, 0)],
        "far-longer": [(1, 255, 28, 0)], "no-commit": [(1, 0, 0, 0)], "page-zero": [(0, 1, 0, 0)],
    }.items():
        put("store-log", name, b"\2" + b"".join(
            struct.pack(">BBHI", page, size, place, value) for page, size, place, value in frames))
    put("store-rows", "as-written", b"\0" * 8)
    for place in range(0, 44, 3):
        put("store-rows", f"text-{place:02}", b"\0" * place + b"\x0a\x031.5")
        put("store-rows", f"whole-{place:02}", b"\0" * place + b"\7\x7f" + b"\xff" * 7)


def configurations():
    put("run-configuration", "all", compact({
        "task": "mask-classifier", "seeds": [1, 2], "epochs": 20, "stepsPerEpoch": 50, "batch": 64, "clip": 1.5,
        "optimizer": {"kind": "adamW", "weightDecay": 0.01}, "device": "cpu", "precision": "bf16", "threads": 2,
        "schedule": {"kind": "cosine", "rate": 0.001, "warmUp": 100, "floor": 0.1}, "prefetch": 2, "logEvery": 3,
        "checkpoints": {"everySteps": 10, "everySeconds": 60, "keep": 3},
        "validation": {"measure": "a", "patience": 5, "goal": "smallest", "everyEpochs": 2, "everySteps": 7,
                       "minimumGain": 0.1},
        "settings": {"archive": "a", "neurons": 9, "share": 0.5, "kind": "b", "names": ["x"], "seed": 3, "isOn": False,
                     "fold": 1}}))
    put("run-configuration", "steps", compact({
        "task": "t", "optimizer": {"kind": "sgd", "momentum": 0.9, "nesterov": True},
        "schedule": {"kind": "steps", "rate": 0.1, "at": [0.5, 0.9], "factor": 0.2}}))
    for number, text in enumerate(("settings.neurons=5...225", "optimizer.weightDecay=0...0.1",
                                   "schedule.rate=log:0.0001...0.01", "batch=log:8...512",
                                   "schedule.kind=cosine|constant", "settings.neurons=5...9223372036854775807")):
        put("tuned-field", f"{number}", text)
    heading = {"optimizer": "eaoa", "population": 4, "budget": 20, "seed": 7,
               "variables": ["rate: logarithmic(ClosedRange(0.0001...1.0))", "neurons: integer(ClosedRange(5...225))",
                             'kind: category(["a", "b"])']}
    evaluation = {"number": 1, "values": {"rate": 0.1, "neurons": 7, "kind": "a"}, "cost": 0.5, "seconds": 1.5}
    put("search-journal", "two", lines(heading, evaluation, dict(evaluation, number=2, cost=None, failure="f")))
    put("search-journal", "cut", lines(heading, evaluation)[:-9])
    state = {"step": 12, "seconds": 1.5, "best": {"step": 10, "value": 0.9, "measures": {"a": 0.9}},
             "measurementsSinceBest": 1, "lastMeasures": {"a": 0.8}, "hasStoppedEarly": False}
    configuration = {"task": "t", "seeds": [1], "epochs": 10, "batch": 32, "optimizer": {
        "kind": "adamW", "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "weightDecay": 0.01},
        "schedule": {"kind": "constant", "rate": 0.001, "warmUp": 0}, "precision": "f32", "device": "cpu",
        "prefetch": 4, "checkpoints": {"everySeconds": 300, "keep": 2}, "logEvery": 1, "settings": {},
        "validation": {"everyEpochs": 1, "goal": "largest", "minimumGain": 0}}
    put("checkpoint", "one", compact(
        {"state": state, "configuration": configuration, "seed": 1, "optimizerSteps": 12}))
    measures = {"a": 0.9}
    summary = {"task": "t", "seeds": [{"seed": 1, "steps": 12, "bestStep": 10, "stoppedEarly": False, "seconds": 1.5,
                                       "measures": measures}],
               "measures": {"a": {"mean": 0.9, "values": [0.9]}}}
    step = {"step": 1, "epoch": 0, "loss": 0.5, "terms": {"t": 0.1}, "rate": 0.001, "gradientNorm": 1.5,
            "examplesPerSecond": 10, "waited": 0, "seconds": 0.1}
    metrics = lines({"step": step}, {"step": dict(step, step=2, loss=0.25)},
                    {"validation": {"step": 2, "epoch": 1, "measures": measures}})
    put("run-folder", "one", compact(summary) + "\0" + metrics)
    put("run-folder", "nearly-nothing", compact(summary) + "\0" + lines(
        {"step": dict(step, loss=1e-320)}, {"step": dict(step, step=2, loss=2e-320)}))
    put("run-folder", "far-apart", compact(summary) + "\0" + lines(
        {"step": dict(step, loss=1e308)}, {"step": dict(step, step=2, loss=-1e308)}))


def experiments():
    definition = {
        "title": "t", "needs": [{"path": "p", "from": "likeness pack"}],
        "steps": [{"name": "one", "arguments": ["train", "{work}/x", "{one:a.b[0]}"], "statuses": [0, 4]}],
        "table": {"heading": "h", "columns": [
            {"title": "c", "record": "run", "value": "a.b[0]", "low": "a.low", "high": "a.high", "form": "percent",
             "digits": 2},
            {"title": "d", "value": "rates[r={NAME}].v", "spread": "a.low", "form": "count"}],
            "rows": [{"title": "r", "record": "one", "records": {"run": "one"}, "values": {"NAME": "0.1"}}]}}
    results = {"version": "1", "machine": "m", "figures": [[{"value": 0.5, "low": 0.4, "high": 0.6}, {"value": 3}]]}
    record = {"a": {"b": [0.5], "low": 0.4, "high": 0.6}, "rates": [{"r": 0.1, "v": 3}]}
    put("experiment", "one", "\0".join(compact(value) for value in (definition, results, record)))
    for number, text in enumerate(("a[0]", "a[1].b", "a[b=c].b", "a.mean")):
        put("record-path", f"{number}", text)


def networks():
    def varint(value):
        out = b""
        while value >= 0x80:
            out += bytes([value & 0x7F | 0x80])
            value >>= 7
        return out + bytes([value])

    def message(field, data):
        return varint(field << 3 | 2) + varint(len(data)) + data

    def integer(field, value):
        return varint(field << 3) + varint(value)

    tensor = (integer(1, 2) + integer(1, 1) + integer(2, 1) + message(8, b"w") + message(9, struct.pack("<2f", 1, 2)))
    node = message(1, b"x") + message(2, b"y") + message(4, b"QuantizeLinear")
    graph = message(1, node) + message(2, b"g") + message(5, tensor)
    model = integer(1, 8) + message(2, b"p") + message(7, graph)
    put("onnx-weights", "one", model)
    empty = integer(1, 0) + integer(1, (1 << 63) - 1) + integer(2, 1) + message(8, b"w") + message(9, b"")
    put("onnx-weights", "empty-and-endless", message(7, message(5, empty)))
    def port(name):
        shape = message(1, integer(1, 1)) + message(1, message(2, b"batch"))
        return message(1, name) + message(2, message(1, integer(1, 1) + message(2, shape)))

    operations = b"".join(
        message(1, b"".join(message(1, name) for name in inputs) + message(2, output) + message(4, kind) + attributes)
        for kind, inputs, output, attributes in (
            (b"MatMul", (b"x", b"w"), b"a", b""),
            (b"Cast", (b"a",), b"y", message(5, message(1, b"to") + integer(3, 1) + integer(20, 2)))))
    matrix = integer(1, 1) + integer(1, 2) + integer(2, 1) + message(8, b"w") + message(9, struct.pack("<2f", 1, 2))
    whole = operations + message(5, matrix) + message(11, port(b"x")) + message(12, port(b"y"))
    put("onnx-graph", "one", message(7, whole) + message(8, message(1, b"") + integer(2, 17)))
    put("onnx-graph", "old", message(7, whole) + message(8, integer(2, 9)))
    put("onnx-operations", "quantized", model)
    put("onnx-operations", "plain", message(7, message(1, message(4, b"Relu"))))
    header = {"__metadata__": {"made": "here"}, "a": {"dtype": "F32", "shape": [1, 2], "data_offsets": [0, 8]},
              "b": {"dtype": "BOOL", "shape": [2], "data_offsets": [8, 10]}}
    text = compact(header).encode()
    put("safetensors", "two", struct.pack("<Q", len(text)) + text + struct.pack("<2f", 1, 2) + b"\0\1")
    text = compact({"a": {"dtype": "F32", "shape": [0, (1 << 63) - 1], "data_offsets": [0, 0]}}).encode()
    put("safetensors", "empty-and-endless", struct.pack("<Q", len(text)) + text)
    put("compiled-network", "short", b"\0")
    put("compiled-network", "long", bytes(range(200)) + b"\2")


def augmentations():
    put("augmentation-policy", "all", compact({"steps": [
        {"kind": "mask", "probability": 1}, {"kind": "occluder", "probability": 0.5},
        {"kind": "flip", "probability": 0.5}, {"kind": "rotation", "probability": 1, "range": [-10, 10]},
        {"kind": "scale", "probability": 1, "range": [0.9, 1.1]},
        {"kind": "shift", "probability": 1, "range": [-0.1, 0.1]},
        {"kind": "brightness", "probability": 1, "range": [0.7, 1.3]},
        {"kind": "contrast", "probability": 1, "range": [0.7, 1.3]},
        {"kind": "saturation", "probability": 1, "range": [0.3, 1.5]},
        {"kind": "hue", "probability": 1, "range": [-12, 12]}, {"kind": "darkness", "probability": 1, "range": [1, 5]},
        {"kind": "blur", "probability": 1, "range": [0.5, 2]}, {"kind": "motion", "probability": 1, "range": [3, 8]},
        {"kind": "downscale", "probability": 1, "range": [1.5, 4]},
        {"kind": "noise", "probability": 1, "range": [2, 12]}, {"kind": "jpeg", "probability": 1, "range": [25, 90]}]}))
    points = [(2, 4), (20, 2), (38, 4), (6, 30), (20, 34), (34, 30)]
    keys = "".join(f"mask_{name}: {x}, {y}\n" for name, (x, y) in zip("abcdef", points))
    put("mask-templates", "two", f"; masks\n[a]\n{keys}[a_left]\n{keys}[b]\n{keys}")
    put("mask-templates", "far-away", f"[a]\n{keys}".replace("38, 4", "1e30, -1e30"))
    put("mask-templates", "on-a-line", "[a]\n" + "".join(f"mask_{name}: {n}, {n}.001\n" for n, name in enumerate("abcdef")))


def store_file():
    """A store with one person, in small pages, made by the schema that StoreSchema.swift has."""
    source = (ROOT / "Sources" / "People" / "IdentitiesSQLite" / "StoreSchema.swift").read_text()
    schemas = [part.split('"""')[0] for part in source.split('"""')[1::2]]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "store.sqlite"
        database = sqlite3.connect(file)
        database.executescript("PRAGMA page_size = 512; PRAGMA application_id = 1282109043;")
        database.executescript(schemas[0])
        database.execute("CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
        database.execute("INSERT INTO grdb_migrations VALUES ('1'), ('2')")
        database.execute("INSERT INTO gallery VALUES (1, 'g', 'm', 'c/1', 2, 9, 5)")
        database.execute("INSERT INTO person VALUES (1, 1, 'p', 'n', '{}', 9)")
        database.execute("INSERT INTO template VALUES (1, 1, 1, 1, 'l', 'd', NULL, 9, ?)", (struct.pack("<2f", 1, 0),))
        database.commit()
        database.close()
        put("store-file", "one-person", file.read_bytes())
    put("store-file", "empty", b"")


for write in (pictures, answers, cards, lists, archives, stores, configurations, experiments, networks, augmentations, store_file):
    write()
size = sum(file.stat().st_size for file in CORPUS.rglob("*") if file.is_file())
print(f"{sum(1 for file in CORPUS.rglob('*') if file.is_file())} files, {size} bytes")
