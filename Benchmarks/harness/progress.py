"""Progress messages on the standard error."""

import sys
import time

_start = time.monotonic()


class Failure(Exception):
    """An error that ends the run, or a part of it, with a sentence for the user."""


def say(text):
    minutes, seconds = divmod(int(time.monotonic() - _start), 60)
    print(f"[{minutes}:{seconds:02d}] {text}", file=sys.stderr, flush=True)
