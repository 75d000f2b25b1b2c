"""Random command lines: subcommands, options and values, both valid and invalid."""

import random

INTEGERS = ["0", "-1", "1", "2", "3", "7", "100", "2147483648", "9223372036854775807", "9223372036854775808",
            "-9223372036854775808", "18446744073709551616", "1" * 400, "", "x", "1.5", "0x10", "nan", " 1"]
NUMBERS = ["0", "-0.1", "-1", "0.001", "0.5", "1", "1.5", "1e308", "-1e308", "1e-320", "inf", "-inf", "nan", "", "x",
           "1e400", "0,5", "9" * 400]
TEXTS = ["", "x", "Ada", "line\nend", "\x1b[31m", "a/b", "..", ".", "-", "--", "\u202e", "y" * 5000, "%s%n", "Jose\u0301"]


class Line:
    """A command line and its expected results."""

    def __init__(self):
        self.words = []
        #: Whether the command may reject the line with a usage error.
        self.may_be_usage = False
        self.name = ""
        self.output = None
        self.format = "table"


def paths(world, rng: random.Random, wild: float) -> str:
    """Returns the path of a picture, a folder or something else."""
    inputs = str(world.inputs)
    good = [f"{inputs}/photos/{p.name}" for p in world.portraits] + [f"{inputs}/photos/blank.png"]
    odd = [f"{inputs}/photos", f"{inputs}/bad", f"{inputs}/odd", f"{inputs}/links", f"{inputs}/special", f"{inputs}/empty",
           f"{inputs}/people", f"{inputs}/photos/*.jpg", f"{inputs}/bad/empty.jpg", f"{inputs}/bad/truncated.jpg",
           f"{inputs}/bad/damaged.jpg", f"{inputs}/bad/text.jpg", f"{inputs}/bad/huge.png", f"{inputs}/bad/most.png",
           f"{inputs}/bad/random.webp", f"{inputs}/photos/noise.png", f"{inputs}/photos/line.png", f"{inputs}/photos/pixel.png",
           f"{inputs}/odd/line\nend.jpg", f"{inputs}/odd/bytes-\udcff\udcfe.jpg", f"{inputs}/special/pipe.jpg",
           f"{inputs}/special/device.jpg", f"{inputs}/special/socket.jpg", f"{inputs}/links/loop.jpg",
           f"{inputs}/links/dangling.jpg", f"{inputs}/links/hard.jpg", f"{inputs}/links/itself", f"{inputs}/nothing.jpg",
           f"{inputs}/nothing/at/all", "/", "/dev/null", "-", "", f"{inputs}/lists/random.bin"]
    # The root folder would be the whole machine.
    odd.remove("/")
    return rng.choice(odd if rng.random() < wild else good)


class Maker:
    """A generator of lines from a seed."""

    def __init__(self, world, seed: int):
        self.world = world
        self.seed = seed

    def line(self, number: int) -> Line:
        """Returns the line with this number, which depends only on the seed."""
        self.rng = random.Random(f"{self.seed} {number}")
        self.wild = self.rng.choice([0.0, 0.15, 0.4])
        self.made = Line()
        self.out = f"{self.world.out}/{number}"
        kinds = [self.detect, self.align, self.embed, self.verify, self.explain, self.augment, self.enroll, self.identify,
                 self.gallery, self.pairs, self.measured, self.other, self.models, self.pack, self.training, self.optimizers]
        weights = [14, 6, 6, 10, 5, 10, 6, 8, 8, 6, 8, 3, 4, 5, 5, 3]
        self.rng.choices(kinds, weights)[0]()
        if self.rng.random() < 0.05 + self.wild / 4:
            self.made.may_be_usage = True
            place = self.rng.randrange(1, len(self.made.words) + 1)
            word = self.rng.choice(TEXTS + ["--nothing", "--quiet", "--", "--format=xml", "-x"])
            self.made.words.insert(place, word)
            if word == "--":
                self.ends_options(place)
        return self.made

    def ends_options(self, place: int) -> None:
        """Updates the expectations after `--` was inserted: the words after it are no longer options."""
        if "--format" in self.made.words[place:]:
            self.made.format = "table"
        if "-o" in self.made.words[place:]:
            self.made.output = None

    # MARK: Parts

    def is_wild(self) -> bool:
        return self.rng.random() < self.wild

    def option(self, name: str, good: list, wild: list, chance: float = 0.3) -> None:
        """Adds an option, sometimes with an invalid value, as one word or as two."""
        if self.rng.random() >= chance:
            return
        value = self.rng.choice(good)
        if wild and self.is_wild():
            value = self.rng.choice(wild)
            self.made.may_be_usage = True
        self.made.words += [f"{name}={value}"] if self.rng.random() < 0.3 else [name, value]

    def flag(self, name: str, chance: float = 0.15) -> None:
        if self.rng.random() < chance:
            self.made.words.append(name)

    def target(self, kind: str, chance: float = 1.0, option: str = "--to") -> None:
        """Adds an output path, which is sometimes an input as well."""
        if self.rng.random() >= chance:
            return
        place = f"{self.out}-{kind}"
        if self.is_wild():
            self.made.may_be_usage = True
            inputs = self.world.inputs
            place = self.rng.choice([f"{inputs}/photos", f"{inputs}/photos/./obama.jpg", f"{inputs}/links/link.jpg",
                                     f"{inputs}/links/hard.jpg", "/dev/full", "/nonexistent/x", "", f"{inputs}/empty/../photos"])
        self.made.words += [option, place]

    def output(self, forms=("table", "json", "jsonl", "csv"), wild_forms=()) -> None:
        if self.rng.random() < 0.7:
            form = self.rng.choice(forms)
            if wild_forms and self.is_wild():
                form = self.rng.choice(wild_forms)
                self.made.may_be_usage = True
            self.made.words += ["--format", form]
            self.made.format = form
        if self.rng.random() < 0.2:
            place = f"{self.out}.result"
            if self.is_wild():
                self.made.may_be_usage = True
                place = self.rng.choice([f"{self.world.inputs}/photos/obama.jpg", f"{self.world.inputs}/links/link.jpg",
                                         "/dev/full", "/dev/null", "/nonexistent/x", "", str(self.world.out)])
            self.made.output = place
            self.made.words += ["-o", place]

    def detection(self) -> None:
        self.option("--detector", ["yunet", "yunet-trained", "mtcnn", "retinaface"], TEXTS, 0.25)
        self.option("--enhance", ["auto", "off"], TEXTS, 0.2)
        self.option("--workers", ["1", "2"], INTEGERS, 0.15)
        self.option("--max-megapixels", ["40", "1"], NUMBERS, 0.1)
        self.option("--max-file-size", ["64", "0.1"], NUMBERS, 0.1)
        self.flag("--no-masks")
        if self.made.name != "evaluate quality":
            self.flag("--no-quality")
        self.flag("--quiet")

    def pictures(self, most: int = 3) -> None:
        for _ in range(self.rng.randint(1, most)):
            self.made.words.append(paths(self.world, self.rng, max(self.wild, 0.2)))
            # An empty name is not valid.
            self.made.may_be_usage |= self.made.words[-1] == ""
        self.flag("--recursive")

    def decisions(self) -> None:
        kind = self.rng.randrange(4)
        if kind == 0:
            self.option("--threshold", ["-0.1", "0.4", "1", "-1"], NUMBERS, 1)
        elif kind == 1:
            self.option("--fmr", ["0.01"], NUMBERS, 1)
        self.option("--prior", ["0.5", "0.01"], NUMBERS, 0.1)

    def begin(self, *words: str) -> None:
        self.made.words = list(words)
        self.made.name = " ".join(words[:2]) if words[0] in ("evaluate", "gallery", "models") else words[0]

    # MARK: Commands

    def detect(self) -> None:
        self.begin("detect")
        self.pictures()
        self.detection()
        self.option("--face", ["all", "largest", "center"], TEXTS)
        self.target("drawn", 0.25, "--annotate")
        self.output()

    def align(self) -> None:
        self.begin("align")
        self.pictures()
        self.target("faces")
        self.option("--template", ["arcface-112", "loose-160-0.3", "box-160-0.2"],
                    ["arcface-0", "arcface-9223372036854775807", "loose-160-nan", "box-160--5", "box-1-1e30", "", "x"])
        self.detection()
        self.output()

    def embed(self) -> None:
        self.begin("embed")
        self.pictures()
        self.option("--model", ["sface", "likeness-precise", "facenet-128"], TEXTS, 0.2)
        self.flag("--mirror")
        self.detection()
        self.output()

    def two(self) -> None:
        for _ in range(2):
            self.made.words.append(paths(self.world, self.rng, self.wild))
            # A folder must contain exactly one picture, and the standard input can be used only once.
            self.made.may_be_usage |= self.wild > 0
        self.option("--face", ["largest", "center"], ["all", ""], 0.3)

    def verify(self) -> None:
        self.begin("verify")
        self.two()
        self.decisions()
        self.detection()
        self.output()

    def explain(self) -> None:
        self.begin("explain")
        self.two()
        self.target("why.png", 0.5)
        self.flag("--attention", 0.05 if self.wild else 0)
        self.decisions()
        self.output()

    def augment(self) -> None:
        self.begin("augment")
        self.pictures()
        self.target("altered")
        kind = self.rng.randrange(5)
        if kind == 0:
            self.made.words += ["--gan", self.rng.choice(["mask", "unmask"])]
        elif kind == 1:
            self.option("--policy", [f"{self.world.inputs}/lists/policy.json"],
                        [f"{self.world.inputs}/lists/badpolicy.json", f"{self.world.inputs}/lists/random.bin", "/none", ""], 1)
        else:
            self.made.words.append(self.rng.choice(["--masks", "--occluders"]))
            self.option("--kind", ["surgical", "n95"], TEXTS, 0.2)
            self.option("--coverage", ["full", "chin"], TEXTS, 0.2)
        self.option("--count", ["1", "2"], INTEGERS, 0.2)
        self.option("--seed", ["1", "18446744073709551615"], INTEGERS, 0.2)
        self.target("sheet.png", 0.3, "--contact-sheet")
        self.detection()
        self.output()

    def store(self, chance_wild: bool = True) -> None:
        store = f"{self.out}.sqlite"
        if chance_wild and self.is_wild():
            self.made.may_be_usage = True
            store = self.rng.choice([f"{self.world.inputs}/lists/random.bin", "/nonexistent/x.sqlite", "", "/dev/null",
                                     str(self.world.inputs)])
        self.made.words += ["--store", store]
        self.option("--gallery", ["people"], TEXTS, 0.3)

    def enroll(self) -> None:
        self.begin("enroll")
        self.store()
        self.made.words.append(self.rng.choice(TEXTS[1:4] if not self.is_wild() else TEXTS))
        self.pictures(2)
        self.option("--gate", ["off", "standard", "strict"], TEXTS, 0.4)
        before = len(self.made.words)
        self.option("--least-quality", ["0", "0.9", "1"], NUMBERS, 0.2)
        # It can't be combined with --gate off.
        self.made.may_be_usage |= len(self.made.words) > before
        self.option("--metadata", ["key=value"], ["=", "x", "k=\n"], 0.2)
        self.option("--face", ["largest", "center"], ["all"], 0.4)
        self.output()
        # A name may be empty, or look like an option to the parser.
        self.made.may_be_usage |= self.wild > 0

    def identify(self) -> None:
        self.begin("identify")
        self.store()
        self.pictures()
        self.decisions()
        self.target("named", 0.2, "--annotate")
        self.detection()
        self.output()

    def gallery(self) -> None:
        kind = self.rng.choice(["list", "show", "remove", "rename", "export", "import"])
        self.begin("gallery", kind)
        self.made.may_be_usage = self.wild > 0
        if kind == "list":
            self.made.words += ["--store", f"{self.out}.sqlite"]
            self.output()
            return
        if kind == "import":
            self.made.words += ["--store", f"{self.out}-new.sqlite"]
            self.made.words.append(self.rng.choice([f"{self.world.inputs}/stores/people.export",
                                                    f"{self.world.inputs}/lists/random.bin", f"{self.out}.none"]))
            return
        self.store(chance_wild=False)
        if kind == "show":
            self.output()
        elif kind == "remove":
            self.made.words.append(self.rng.choice(["Ada", "--all", "nobody"]))
        elif kind == "rename":
            self.made.words += ["Ada", "--to", self.rng.choice(["Augusta", "Bob"] + (TEXTS if self.wild else []))]
        else:
            self.made.words.append(f"{self.out}.export")

    def measuring(self) -> None:
        self.made.words += ["--images", f"{self.world.inputs}/photos" if not self.is_wild() else
                            self.rng.choice([f"{self.world.inputs}/empty", "/nonexistent", f"{self.world.inputs}/bad", ""])]
        self.flag("--no-cache", 0.5)
        self.detection()

    def pairs(self) -> None:
        self.begin("evaluate", "pairs")
        lists = f"{self.world.inputs}/lists"
        self.made.words += ["--pairs", f"{lists}/pairs.csv" if not self.is_wild() else
                            self.rng.choice([f"{lists}/missing.csv", f"{lists}/broken.csv", f"{lists}/random.bin", "/none", lists])]
        self.measuring()
        self.option("--fmr", ["0.1"], NUMBERS, 0.2)
        self.option("--threshold", ["0.3", "-0.2"], NUMBERS, 0.2)
        self.option("--bootstrap", ["0", "10"], INTEGERS, 0.2)
        self.target("report", 0.15, "--report")
        self.output(("table", "json", "jsonl"), ("csv",))

    def measured(self) -> None:
        kind = self.rng.choice(["all-pairs", "identify", "classify", "groups", "templates", "resampling", "curves", "quality"])
        self.begin("evaluate", kind)
        lists = f"{self.world.inputs}/lists"
        if kind == "groups":
            self.made.words += ["--list", f"{lists}/labels.csv", "--label", "age"]
            self.option("--bootstrap", ["0", "10"], INTEGERS, 0.4)
        elif kind == "templates":
            self.made.words += ["--templates", f"{lists}/templates.csv", "--pairs", f"{lists}/templatepairs.csv"]
        elif kind == "curves":
            self.made.words += ["--pairs", f"{lists}/pairs.csv", "--kind", "noise=20"]
            self.option("--kind", ["blur=3"], ["noise=nan", "noise=", "blur=1e308", "darkness=-1"], 0.3)
        else:
            self.made.words += ["--people", f"{lists}/people.csv"]
        if kind == "quality":
            self.option("--threshold", ["0.3", "-1", "1"], NUMBERS, 0.8)
            self.option("--refuse", ["0", "0.5"], NUMBERS, 0.4)
            self.option("--bootstrap", ["0", "10"], INTEGERS, 0.4)
            self.flag("--altered", 0.3)
        if kind == "identify":
            self.option("--enrolled", ["1"], INTEGERS, 0.3)
            self.option("--rank", ["1", "2"], INTEGERS, 0.2)
            self.option("--ranks", ["1", "20"], INTEGERS, 0.2)
            self.option("--strangers", ["0.5"], NUMBERS, 0.3)
        if kind in ("classify", "resampling"):
            self.option("--folds", ["2"], INTEGERS, 0.3)
            self.option("--seeds", ["1"], INTEGERS, 0.3)
        self.measuring()
        self.output(("table", "json", "jsonl"), ("csv",))

    def other(self) -> None:
        kind = self.rng.choice(["detectors", "runs", "thresholds"])
        self.begin("evaluate", kind)
        if kind == "runs":
            self.made.words += [f"{self.world.inputs}/photos", "/none"][: self.rng.randint(1, 2)]
        elif kind == "detectors":
            self.made.words += ["--images", f"{self.world.inputs}/{self.rng.choice(['odd', 'bad', 'empty', 'special'])}"]
            self.made.words += ["--timed", "0"]
            self.option("--count", ["1", "3"], INTEGERS, 0.5)
        else:
            self.made.words += ["--people", f"{self.world.inputs}/lists/people.csv"]
            self.measuring()
        self.output(("table", "json"))

    def models(self) -> None:
        kind = self.rng.choice(["list", "show", "show"])
        self.begin("models", kind)
        if kind == "show":
            self.made.words.append(self.rng.choice(["sface", "facenet-128", "yunet"] + (TEXTS if self.wild else [])))
            self.made.may_be_usage |= self.wild > 0
            self.output(("table", "json", "jsonl"), ("csv",))
        else:
            self.output()

    def pack(self) -> None:
        self.begin("pack")
        source = self.rng.choice([["--people", f"{self.world.inputs}/people"], ["--unlabelled", f"{self.world.inputs}/bad"],
                                  ["--list", f"{self.world.inputs}/lists/people.csv", "--images", f"{self.world.inputs}/photos"],
                                  ["--unlabelled", f"{self.world.inputs}/special"], ["--people", f"{self.world.inputs}/empty"]])
        self.made.words += source + ["--to", f"{self.out}.archive"]
        self.option("--side", ["64", "192"], INTEGERS, 0.3)
        self.option("--extent", ["1.5"], NUMBERS, 0.3)
        self.detection()

    def training(self) -> None:
        kind = self.rng.choice(["train", "tune", "export"])
        self.begin(kind)
        lists = f"{self.world.inputs}/lists"
        if kind == "export":
            self.made.words += ["--run", f"{self.world.inputs}/photos", "--name", "x", "--to", f"{self.out}-model"]
            return
        self.made.words += ["--config", self.rng.choice([f"{lists}/run.json", f"{lists}/badrun.json", f"{lists}/random.bin",
                                                         "/none", lists]), "--out", f"{self.out}-run"]
        if kind == "train":
            self.option("--threads", ["1"], INTEGERS, 0.4)
        else:
            self.option("--variable", ["epochs=1...3"],
                        ["settings.neurons=5...9223372036854775807", "epochs=9...1", "epochs=nan...inf", "x=log:-1...0", "=",
                         "epochs=1e308...-1e308", "epochs=-1e308...1e308", "epochs=9223372036854775807...9223372036854775806"], 0.7)
            self.option("--evaluations", ["60"], INTEGERS, 0.3)
            self.option("--population", ["2"], INTEGERS, 0.3)
            # Invalid values of a variable are usage errors.
            self.made.may_be_usage = True

    def optimizers(self) -> None:
        self.begin("evaluate", "optimizers")
        self.made.words += ["--optimizer", self.rng.choice(["random", "cma-es", "eaoa"]), "--runs", "2", "--evaluations", "20",
                            "--population", "5"]
        if self.rng.random() < 0.4:
            self.made.words += ["--table", self.rng.choice([f"{self.world.inputs}/lists/table.csv",
                                                            f"{self.world.inputs}/lists/broken.csv"]),
                                "--variable", self.rng.choice(["x=0...2", "x=0...9223372036854775807", "y=1...2", "x=5...1"])]
            self.made.may_be_usage = True
        else:
            self.made.words += ["--function", "sphere"]
            self.option("--dimension", ["2", "3"], INTEGERS, 0.4)
        self.output(("table", "json", "csv"))
