"""Programs that are loaded once and then measure on request."""

import json
import os
import select
import signal
import subprocess
import time

from .places import CACHE, INSTALLATION, OUTPUT
from .progress import Failure

# The threads of Torch and faiss spin for 0.2 s after their work, which would slow down the next program.
PAUSE = 0.3
# The time limit for one answer, in seconds. On a quiet machine, the longest answer takes 20 s.
TIMEOUT = 900


def environment(threads, cache=CACHE):
    return {**os.environ, "OMP_NUM_THREADS": str(threads), "PYTHONDONTWRITEBYTECODE": "1", "XDG_CACHE_HOME": str(cache),
            "LIKENESS_HOME": str(INSTALLATION)}


class Partner:
    """A process that answers lines with lines of JSON."""

    def __init__(self, name, command, threads):
        self.name = name
        self.log_path = OUTPUT / "logs" / f"{name}.txt"
        self.log_path.parent.mkdir(parents=True, exist_ok=True)
        self.log = open(self.log_path, "w")
        self.process = subprocess.Popen(
            [str(word) for word in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log,
            env=environment(threads), start_new_session=True)
        self.buffer = b""

    def ask(self, line, timeout=TIMEOUT):
        """Returns the answer to `line`."""
        time.sleep(PAUSE)
        try:
            self.process.stdin.write(f"{line}\n".encode())
            self.process.stdin.flush()
        except OSError:
            raise self._failure("has stopped") from None
        return self.receive(timeout)

    def receive(self, timeout=TIMEOUT):
        """Returns the next line, decoded from JSON."""
        end = time.monotonic() + timeout
        while b"\n" not in self.buffer:
            left = end - time.monotonic()
            ready = left > 0 and select.select([self.process.stdout], [], [], left)[0]
            if not ready:
                raise self._failure(f"did not answer within {timeout} s")
            data = os.read(self.process.stdout.fileno(), 1 << 16)
            if not data:
                raise self._failure("has stopped")
            self.buffer += data
        line, self.buffer = self.buffer.split(b"\n", 1)
        try:
            return json.loads(line)
        except ValueError:
            raise self._failure(f"answered '{line[:200].decode(errors='replace')}'") from None

    def finish(self):
        """Tells the process that there are no more requests."""
        self.process.stdin.close()

    def close(self):
        """Ends the process if it is still running."""
        try:
            self.process.stdin.close()
        except OSError:
            pass
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            # This also ends the processes that it has started.
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.process.stdout.close()
        self.log.close()

    def _failure(self, what):
        status = self.process.poll()
        if status is not None:
            what += f" with status {status}"
        tail = self.log_path.read_text(errors="replace").strip().splitlines()[-5:]
        return Failure("\n    ".join([f"{self.name} {what}; its log is {self.log_path}:", *tail]))
