"""Creates the dependency folder with the engines, the models and the portraits. Called by scripts/setup.

Each product is created in a temporary folder, verified, and renamed to its final place; setup.json then records it.
Products that are missing, damaged or of another version are created again, so the next run repairs an interrupted one.
"""

import argparse
import fcntl
import json
import os
from pathlib import Path
import shutil
import sys
import time

import fetch
from fetch import digest
from products import PRODUCTS


def say(text):
    print(f"set-up: {text}", file=sys.stderr, flush=True)


# The key in setup.json of the answer about the terms of research weights: true, false, or null if nobody was asked.
ANSWER = "research weights"
QUESTION = """
This project trained some of the networks on photographs that may be used for non-commercial research only, and the same
holds for these networks: {names}.

Without them, Likeness recognizes faces with SFace (Apache-2.0), which makes more errors. It doesn't tell masks, children
and the quality of faces, finds fewer small faces and faces in extreme light, and has no networks for masked faces.

Do these terms fit your use? [y/N] """


class Folder:
    """The dependency folder and the record of its contents."""

    def __init__(self, root, prefix):
        self.root, self.prefix = root, prefix
        self.record_path = prefix / "setup.json"
        try:
            self.record = json.loads(self.record_path.read_text())
        except (FileNotFoundError, ValueError):
            self.record = {}

    def card(self, name):
        return self.root / "Models" / f"{Path(name).name}.json"

    def is_for_research(self, name):
        """Returns whether a model's weights may be used for non-commercial research only."""
        return PRODUCTS[name].is_model and "research" in json.loads(self.card(name).read_text())["licence"]

    def agree(self, answer):
        """Records whether the terms of research weights fit. Without an answer, asks if nobody was asked before and there
        is a terminal. Returns the models that must not be installed."""
        names = [name for name in PRODUCTS if self.is_for_research(name)]
        known = self.record.get(ANSWER)
        if answer is None and known is None and sys.stdin.isatty() and sys.stderr.isatty():
            listed = ", ".join(Path(name).name for name in names)
            print(QUESTION.format(names=listed), end="", file=sys.stderr, flush=True)
            answer = sys.stdin.readline().strip().lower() in ("y", "yes")
        if answer is not None and answer != known:
            known = self.record[ANSWER] = answer
            self._write_record()
        if known:
            return []
        if ANSWER not in self.record and not any(name in self.record for name in names):
            self.record[ANSWER] = None
            self._write_record()
        how = "not accepted" if known is False else "accepted neither by an option nor at a terminal"
        say(f"networks for non-commercial research are left out, because their terms were {how}: "
            "scripts/setup --accept-research-weights installs them")
        return names

    def remove(self, name):
        """Removes an installed product."""
        if self.record.pop(name, None) is not None:
            self._write_record()
        if (self.prefix / name).exists():
            shutil.rmtree(self.prefix / name)
            say(f"removed {name}")

    def _write_record(self):
        self._write(self.record_path, json.dumps(self.record, indent=2, sort_keys=True) + "\n")

    def weights(self, name):
        """Returns the SHA-256 in the model's card for each file name."""
        return {w["file"]: w["sha256"] for w in json.loads(self.card(name).read_text())["weights"]}

    def key(self, name):
        """Returns a key that changes if the product must be created again."""
        product = PRODUCTS[name]
        key = {"sources": {pin.file: pin.sha256 for pin in fetch.pins(product.sources)}, "layout": product.layout}
        if product.is_model:
            key["weights"] = self.weights(name)
        if product.ours:
            key["ours"] = {file: digest(self.root / file) for file in product.ours}
        return key

    def complaints(self, name):
        """Returns the faults of a product; empty if there are none. Digesting everything takes half a second."""
        record = self.record.get(name)
        if record is None:
            return ["missing"]
        if record["key"] != self.key(name):
            return ["of another version"]
        found = []
        for file, expected in record["files"].items():
            path = self.prefix / name / file
            if not path.exists():
                found.append(f"{file} is missing")
            elif path.stat().st_size != expected["bytes"] or digest(path) != expected["sha256"]:
                found.append(f"{file} is damaged")
        return found

    def make(self, name):
        product, place = PRODUCTS[name], self.prefix / name
        making = self.prefix / f".making-{name.replace('/', '-')}"
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(parents=True)
        pins = fetch.pins(product.sources)
        product.make(making, *(fetch.cached(pin) for pin in pins), *(self.root / file for file in product.ours))
        files = {str(path.relative_to(making)): {"bytes": path.stat().st_size, "sha256": digest(path)}
                 for path in sorted(making.rglob("*")) if path.is_file() and not path.is_symlink()}
        if product.is_model:
            self._verify(name, files)
        shutil.rmtree(place, ignore_errors=True)
        place.parent.mkdir(parents=True, exist_ok=True)
        making.rename(place)
        # A product that is made only of our own files has no package.
        origin = {"name": pins[0].package, "version": pins[0].version, "sha256": pins[0].sha256} if pins else {}
        self.record[name] = origin | {
            "when": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "key": self.key(name), "files": files,
        }
        self._write_record()

    def _verify(self, name, files):
        for file, expected in self.weights(name).items():
            made = files[file]["sha256"]
            if made != expected:
                raise SystemExit(f"set-up: {name}/{file} has the digest {made}, but its card has {expected}")

    def place_cards(self, products):
        """Installs the clone's cards of these products: as links inside the clone, as copies elsewhere."""
        for name in products:
            if not PRODUCTS[name].is_model:
                continue
            card, place = self.card(name), self.prefix / name / "card.json"
            if self.root in self.prefix.parents:
                target = os.path.relpath(card, place.parent)
                if not place.is_symlink() or os.readlink(place) != target:
                    place.unlink(missing_ok=True)
                    place.symlink_to(target)
            elif not place.is_file() or place.read_bytes() != card.read_bytes():
                self._write(place, card.read_text())

    @staticmethod
    def _write(path, text):
        new = path.with_name(path.name + ".new")
        new.write_text(text)
        new.replace(path)


def summary(training):
    parts = ["the engine", "the models", "the portraits"] + ["libtorch"] * training
    return f"{', '.join(parts[:-1])} and {parts[-1]} are in"


def check(folder, products, training):
    wrong = {name: found for name in products if (found := folder.complaints(name))}
    for name, found in wrong.items():
        say(f"{name}: {', '.join(found)}")
    say(f"run scripts/setup{' --training' * training}" if wrong else f"{summary(training)} {folder.prefix}")
    return 1 if wrong else 0


def install(folder, products, training, answer):
    left_out = folder.agree(answer)
    # What was installed before anybody was asked stays until somebody declines.
    if folder.record.get(ANSWER) is False:
        for name in left_out:
            folder.remove(name)
    products = [name for name in products if name not in left_out]
    wanted = [name for name in products if folder.complaints(name)]
    if not fetch.fetch_all([pin for name in wanted for pin in fetch.pins(PRODUCTS[name].sources)], say):
        return 1
    for name in wanted:
        started = time.monotonic()
        folder.make(name)
        say(f"created {name} ({time.monotonic() - started:.1f} s)")
    folder.place_cards(products)
    say(f"{summary(training)} {folder.prefix}")
    return 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("root", type=Path)
    parser.add_argument("prefix", type=lambda p: Path(os.path.abspath(p)))
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--training", action="store_true")
    parser.add_argument("--accept-research-weights", dest="answer", action="store_true", default=None)
    parser.add_argument("--without-research-weights", dest="answer", action="store_false")
    arguments = parser.parse_args()
    training = arguments.training
    products = [name for name, product in PRODUCTS.items() if training or not product.for_training]
    if arguments.check:
        folder = Folder(arguments.root, arguments.prefix)
        accepted = folder.record.get(ANSWER)
        products = [name for name in products if accepted or not folder.is_for_research(name)]
        return check(folder, products, training)
    arguments.prefix.mkdir(parents=True, exist_ok=True)
    with open(arguments.prefix / ".lock", "w") as lock:  # a second setup waits for the first
        fcntl.flock(lock, fcntl.LOCK_EX)
        return install(Folder(arguments.root, arguments.prefix), products, training, arguments.answer)


if __name__ == "__main__":
    sys.exit(main())
