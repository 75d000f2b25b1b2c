"""Runs a command line and reports faults in its results."""

import json
import os
import pathlib
import random
import re
import resource
import shlex
import shutil
import signal
import subprocess
import time

DOCUMENTED = {0, 1, 3, 64, 65, 66, 69, 71, 74, 130}
#: The commands for which exit status 1 is a valid answer.
ANSWERS = {"verify", "explain", "identify", "export", "evaluate experiment", "evaluate explanations"}
#: The commands that print nothing on the standard output.
SILENT = {"gallery remove", "gallery rename", "gallery export", "gallery import", "pack"}
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Result:
    def __init__(self, status: int, output: bytes, errors: bytes, seconds: float):
        self.status, self.output, self.errors, self.seconds = status, output, errors, seconds
        self.faults = []


class Surroundings:
    """The environment of a run: streams, limits, variables, a signal."""

    KINDS = ["plain"] * 12 + ["full output", "no output", "no errors", "full errors", "no input", "gone reader", "few files",
                              "no home", "plain language", "no temporary folder", "interrupt", "terminate", "no cache"]

    def __init__(self, kind: str, rng: random.Random):
        self.kind = kind
        self.delay = rng.uniform(0.02, 0.6)

    @property
    def loses_output(self) -> bool:
        return self.kind in ("full output", "no output", "gone reader")

    def variables(self, base: dict, folder: pathlib.Path) -> dict:
        variables = dict(base)
        if self.kind == "no home":
            variables.pop("HOME", None)
            variables.pop("XDG_CACHE_HOME", None)
        elif self.kind == "plain language":
            variables.update(LANG="C", LC_ALL="C")
        elif self.kind == "no temporary folder":
            variables["TMPDIR"] = "/nonexistent/tmp"
        elif self.kind == "no cache":
            variables["XDG_CACHE_HOME"] = "/proc/nothing"
        return variables

    def prepare(self) -> None:
        """Runs in the child process before the command starts."""
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if self.kind == "few files":
            resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
        for kind, number in [("no input", 0), ("no output", 1), ("no errors", 2)]:
            if self.kind == kind:
                os.close(number)


class Runner:
    def __init__(self, command: pathlib.Path, world, installation: pathlib.Path, limit: float):
        self.command, self.world, self.limit = command, world, limit
        self.environment = dict(os.environ, LIKENESS_HOME=str(installation), SWIFT_BACKTRACE="enable=no",
                                XDG_CACHE_HOME=str(world.folder / "cache"))

    def surroundings(self, number: int) -> Surroundings:
        rng = random.Random(f"{number} surroundings")
        return Surroundings(rng.choice(Surroundings.KINDS), rng)

    def run(self, line, number: int, words=None, around=None) -> Result:
        """Runs a line and checks its results."""
        around = around or self.surroundings(number)
        words = line.words if words is None else words
        self._stores(number)
        result = self._execute(words, around)
        self._judge(line, words, around, result)
        for path in self.world.out.glob(f"{number}[.-]*"):
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
        return result

    def _stores(self, number: int) -> None:
        source = self.world.inputs / "stores/people.sqlite"
        if source.exists():
            shutil.copyfile(source, self.world.out / f"{number}.sqlite")

    def _execute(self, words, around: Surroundings) -> Result:
        arguments = [os.fsencode(self.command)] + [os.fsencode(word.replace("\0", "")) for word in words]
        output, errors = self._stream("output", around), self._stream("errors", around)
        start = time.monotonic()
        try:
            process = subprocess.Popen(
                arguments, stdin=subprocess.DEVNULL, stdout=output, stderr=errors,
                env=around.variables(self.environment, self.world.folder), preexec_fn=around.prepare,
                cwd=self.world.folder)
        except OSError as error:
            # The line is too long for the system, so there is no run.
            return Result(64, b"", str(error).encode(), 0)
        finally:
            for stream in (output, errors):
                if not isinstance(stream, int):
                    stream.close()
        if around.kind == "gone reader":
            process.stdout.close()
            process.stdout = None
        if around.kind in ("interrupt", "terminate"):
            try:
                process.wait(around.delay)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGINT if around.kind == "interrupt" else signal.SIGTERM)
        try:
            text, message = process.communicate(timeout=self.limit)
        except subprocess.TimeoutExpired:
            process.kill()
            text, message = process.communicate()
            result = Result(-9, text or b"", message or b"", time.monotonic() - start)
            result.faults.append(f"time limit exceeded: {self.limit:.0f} s")
            return result
        return Result(process.returncode, text or b"", message or b"", time.monotonic() - start)

    def _stream(self, name: str, around: Surroundings):
        return open("/dev/full", "wb") if around.kind == f"full {name}" else subprocess.PIPE

    # MARK: Checking

    def _judge(self, line, words, around: Surroundings, result: Result) -> None:
        fault, status = result.faults.append, result.status
        if result.faults:
            return
        if around.kind in ("interrupt", "terminate") and status in (-signal.SIGINT, -signal.SIGTERM):
            return None  # The command had only just started.
        if status < 0 or status in (132, 133, 134, 136, 139):
            return fault(f"ended by a signal: {status}")
        if status not in DOCUMENTED:
            return fault(f"exit status {status} is not documented")
        errors = result.errors.decode("utf-8", "replace")
        output = result.output.decode("utf-8", "replace")
        if "internal_error" in errors + output or "unknown_error" in errors + output:
            fault("an error without a specific code")
        if "Fatal error" in errors or "NSCocoaErrorDomain" in errors + output:
            fault("an error that is not a sentence")
        if CONTROL.search(errors):
            fault(f"control characters on the standard error: {CONTROL.search(errors).group()!r}")
        if status == 1 and line.name not in ANSWERS:
            fault("exit status 1 of a command that does not answer yes or no")
        if status == 64 and not line.may_be_usage:
            fault(f"unexpected usage error: {errors.strip()[:300]}")
        if status == 130 and around.kind not in ("interrupt", "terminate"):
            fault("exit status 130 without an interrupt")
        if status not in (0, 1, 3) and around.kind not in ("full errors", "no errors") \
                and not errors.strip() and not output.strip() and line.output is None and not around.loses_output:
            fault(f"exit status {status} without a message")
        prints = line.name not in SILENT and line.output is None and "--help" not in words
        if around.loses_output and status == 0 and prints and around.kind != "gone reader":
            fault("exit status 0 although the output was lost")
        if not around.loses_output and "--help" not in words and "--version" not in words:
            self._judge_output(line, result, output, prints, fault)

    def _judge_output(self, line, result: Result, output: str, prints: bool, fault) -> None:
        if result.status == 64 and output:
            fault("a usage error with output")
        if result.status == 0 and prints and not output and line.format != "jsonl":
            fault("exit status 0 without output")
        if line.format == "table" and CONTROL.search(output):
            fault(f"control characters in a table: {CONTROL.search(output).group()!r}")
        if not output or result.status == 64:
            return
        try:
            if line.format == "json":
                json.loads(output)
            elif line.format == "jsonl":
                for text in output.splitlines():
                    json.loads(text)
        except ValueError as error:
            fault(f"the output is not JSON: {error}")

    # MARK: Reporting

    def text(self, words, around: Surroundings) -> str:
        quoted = " ".join(shlex.quote(word) if word.isprintable() else repr(word) for word in words)
        return f"  likeness {quoted}" + ("" if around.kind == "plain" else f"    [{around.kind}]")

    def smallest(self, line, number: int, found: Result) -> str:
        """Returns the shortest line that fails in the same way, with its output."""
        around, words = self.surroundings(number), list(line.words)

        def kinds(result: Result) -> set:
            return {fault.split(":")[0] for fault in result.faults}

        wanted = kinds(found)
        plain = Surroundings("plain", random.Random(0))
        if wanted & kinds(self.run(line, number, words, plain)):
            around = plain
        length, tries = 4, 0
        while length >= 1:
            place = 1
            while place + length <= len(words) and tries < 60:
                shorter = words[:place] + words[place + length:]
                tries += 1
                if wanted & kinds(self.run(line, number, shorter, around)):
                    words = shorter
                else:
                    place += 1
            length -= 1
        result = self.run(line, number, words, around)
        message = (result.errors or found.errors).decode("utf-8", "replace").strip()[:600]
        return self.text(words, around) + f"\n  exit status {result.status}\n  {message}"

    def show(self, line, number: int) -> int:
        around = self.surroundings(number)
        result = self.run(line, number)
        print(self.text(line.words, around))
        print(f"exit status {result.status}, {result.seconds:.2f} s; faults: {result.faults or 'none'}")
        print(result.output.decode("utf-8", "replace")[:4000])
        print(result.errors.decode("utf-8", "replace")[:4000])
        return 1 if result.faults else 0
