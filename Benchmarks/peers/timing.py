"""Clocks shared by the peers."""

import statistics
import time


class Laps:
    """Times the stages of one run: each call gives a name to the time since the previous one."""

    def __init__(self):
        self.start = self.last = time.perf_counter()
        self.stages = {}

    def __call__(self, name):
        now = time.perf_counter()
        self.stages[name] = self.stages.get(name, 0) + now - self.last
        self.last = now

    @property
    def total(self):
        return self.last - self.start


def milliseconds(values):
    ordered = sorted(v * 1000 for v in values)
    at = lambda share: round(ordered[min(int(share * len(ordered)), len(ordered) - 1)], 3)
    return {"median": round(statistics.median(ordered), 3), "fastest": at(0), "p10": at(0.1), "p90": at(0.9),
            "runs": len(ordered)}


def medians(run, warm_up, least, seconds):
    """Runs `run(laps)` at least `least` times and for at least `seconds`. Returns the medians of the whole and of each
    stage."""
    for _ in range(warm_up):
        run(Laps())
    taken, end = [], time.perf_counter() + seconds
    while len(taken) < least or time.perf_counter() < end:
        laps = Laps()
        run(laps)
        taken.append(laps)
    return {
        "milliseconds": milliseconds([laps.total for laps in taken]),
        "stages": {name: milliseconds([laps.stages[name] for laps in taken])["median"] for name in taken[0].stages},
    }
