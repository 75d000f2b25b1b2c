"""Times Likeness and its peers in turns: from a photograph's bytes to embeddings, and for a folder."""

from dataclasses import dataclass
from itertools import zip_longest

from .partner import Partner
from .places import BENCHMARKS, PEERS_PYTHON, PICTURES
from .progress import Failure, say
from .rounds import median, ratio, table

# The numbers of photographs in each round of the folder and in the trial of each mode. With these, all peers take about
# the same time.
FOLDER_COUNTS = {"opencv": (300, 60), "facenet_pytorch": (64, 32), "dlib": (40, 10)}
STAGES = ("decode", "detect", "align", "embed")


def measure(programs, options):
    say("recognition: loading")
    ours = Partner("pipeline-benchmark",
                   [programs / "pipeline-benchmark", "--pictures", PICTURES, "--threads", options.threads, "--turns"],
                   options.threads)
    peers = {}
    try:
        settings = ours.ask("settings")
        peers = _load_peers(options)
        started = dict(peers)
        pictures, pictures_of_peers = _pictures(ours, settings, peers, options)
        folder = _folder(ours, settings, peers, options)
    finally:
        for partner in (ours, *(peer.partner for peer in peers.values())):
            partner.close()
    return {
        "threads": options.threads,
        "peers": {name: peer.about for name, peer in started.items()},
        "picture": {"ours": pictures, "peers": pictures_of_peers, "timesFaster": _factors(
            pictures, pictures_of_peers, lambda found: 1 / found["milliseconds"]["median"])},
        "folder": folder,
    }


@dataclass
class Peer:
    """A program with which Likeness is compared, and its first message."""

    key: str
    partner: Partner
    about: dict


def _load_peers(options):
    if not options.peers:
        return {}
    peers = {}
    for key in FOLDER_COUNTS:
        partner = Partner(key, [PEERS_PYTHON, BENCHMARKS / "peers/recognition.py", key, "--pictures", PICTURES,
                                "--threads", options.threads], options.threads)
        try:
            about = partner.receive()
            partner.ask("picture 0")  # warms up
            peers[about["peer"]] = Peer(key, partner, about)
        except Failure as failure:
            partner.close()
            say(f"left out: {failure}")
    return peers


def _pictures(ours, settings, peers, options):
    """Times one photograph."""
    seconds = 0.5 if options.quick else 1.5
    for setting in settings:
        ours.ask(f"picture {setting} 0")  # loads, compiles, warms up
    rounds = _rounds(
        "one photograph", 2 if options.quick else 5, ours, {name: f"picture {name} {seconds}" for name in settings},
        peers, {name: f"picture {seconds}" for name in peers})
    return {name: _summary(rounds[name]) for name in settings}, {name: _summary(rounds[name]) for name in peers}


def _rounds(what, count, ours, lines, peers, lines_of_peers):
    """Returns the answers by name. After each of our settings, a peer has its turn. A peer that fails is removed from
    `peers`."""
    rounds = {name: [] for name in (*lines, *lines_of_peers)}
    order = [turn for pair in zip_longest(lines, lines_of_peers) for turn in pair if turn]
    for number in range(count):
        say(f"recognition: {what}, round {number + 1} of {count}")
        for name in order:
            if name in lines:
                rounds[name].append(ours.ask(lines[name]))
            elif name in peers:
                try:
                    rounds[name].append(peers[name].partner.ask(lines_of_peers[name]))
                except Failure as failure:
                    _leave_out(peers, name, failure)
    return rounds


def _leave_out(peers, name, failure):
    peers.pop(name).partner.close()
    say(f"left out: {failure}")


def _summary(rounds):
    stages = {stage: median([found["stages"][stage] for found in rounds]) for stage in rounds[0]["stages"]}
    return {
        "milliseconds": median([found["milliseconds"]["median"] for found in rounds]),
        "fastest": min(found["milliseconds"]["fastest"] for found in rounds),
        "stages": stages, "faces": rounds[0]["faces"], "rounds": rounds, **_beside_engine(rounds),
    }


def _beside_engine(rounds):
    """The time of the engine alone, and the stages after decoding divided by it, as medians over the rounds."""
    if rounds[0].get("engine") is None:
        return {}
    after = [sum(found["stages"][stage] for stage in STAGES[1:]) for found in rounds]
    return {"engine": median([found["engine"] for found in rounds]),
            "timesEngine": ratio(after, [found["engine"] for found in rounds])}


def _folder(ours, settings, peers, options):
    # The first precision is the best one that the CPU supports.
    best = [setting for setting in settings if setting.split()[1] == settings[0].split()[1]]
    counts = {setting: (1000 if i == 0 else 250) // (5 if options.quick else 1) for i, setting in enumerate(best)}
    trials = _best_ways(peers)
    way = {name: f"{FOLDER_COUNTS[peers[name].key][1 if options.quick else 0]} {trials[name]['best']}"
           for name in peers}
    rounds = _rounds(
        "folder", 2 if options.quick else 3, ours, {name: f"folder {name} {counts[name]}" for name in best},
        peers, {name: f"folder {way[name]}" for name in peers})

    def summary(found):
        return {"picturesPerSecond": median([one["picturesPerSecond"] for one in found]), "rounds": found}
    ours_found = {setting: summary(rounds[setting]) for setting in best}
    peers_found = {name: {**summary(rounds[name]), **trials[name]} for name in peers}
    return {"ours": ours_found, "peers": peers_found, "timesFaster": _factors(
        ours_found, peers_found, lambda found: found["picturesPerSecond"])}


def _best_ways(peers):
    """Tries every mode that a peer offers, and returns the fastest one of each peer."""
    trials = {}
    for name, peer in list(peers.items()):
        say(f"recognition: folder, finding the fastest mode of {name}")
        count = FOLDER_COUNTS[peer.key][1]
        try:
            found = {way: peer.partner.ask(f"folder {count} {way}")["picturesPerSecond"] for way in peer.about["ways"]}
            trials[name] = {"best": max(found, key=found.get), "trials": found}
        except Failure as failure:
            _leave_out(peers, name, failure)
    return trials


def _factors(ours, peers, quickness):
    """Returns how many times faster Likeness is, by setting and peer. `quickness` is larger for a faster round."""
    def over(one):
        return [quickness(found) for found in one["rounds"]]
    return {setting: {name: ratio(over(own), over(other)) for name, other in peers.items()}
            for setting, own in ours.items()}


def text(result):
    picture, folder = result["picture"], result["folder"]
    peers = list(result["peers"])
    over = [f"x {name.split()[0]}" for name in peers]
    rows = [[name, one["milliseconds"], one["fastest"], *(one["stages"].get(s) for s in STAGES), one.get("engine"), one.get("timesEngine"),
             one["faces"], *(picture["timesFaster"][name].get(peer) for peer in peers)] for name, one in picture["ours"].items()]
    rows += [[name, one["milliseconds"], one["fastest"],
              *(one["stages"].get(s) for s in STAGES[:3]),
              one["stages"].get("embed", one["stages"].get("align and embed")), None, None, one["faces"], *([None] * len(peers))]
             for name, one in picture["peers"].items()]
    one = table(["one photograph, ms", "median", "fastest", *STAGES, "engine", "x engine", "faces", *over], rows)
    rows = [[name, found["picturesPerSecond"], found["rounds"][0]["pictures"],
             *(folder["timesFaster"][name].get(peer) for peer in peers)] for name, found in folder["ours"].items()]
    rows += [[f"{name} ({found['best']})", found["picturesPerSecond"], found["rounds"][0]["pictures"],
              *([None] * len(peers))] for name, found in folder["peers"].items()]
    many = table(["a folder", "pictures/s", "of", *over], rows)
    return f"From a JPEG of 640 x 480 to embeddings, {result['threads']} threads\n\n{one}\n\n{many}"
