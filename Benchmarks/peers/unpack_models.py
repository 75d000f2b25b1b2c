"""Unpacks dlib's models from their source package to the folder in which face_recognition looks for them."""

from pathlib import Path
import sys
import sysconfig
import tarfile

sys.path.insert(0, str(Path(sys.argv[1]) / "scripts" / "setup.d"))
import fetch  # noqa: E402

pin, = fetch.pins(["face-recognition-models"], Path(__file__).with_name("pins.txt"))
if not fetch.fetch_all([pin], print):
    sys.exit(1)
packages = Path(sysconfig.get_paths()["purelib"])
with tarfile.open(fetch.cached(pin)) as archive:
    for member in archive.getmembers():
        _, _, inside = member.name.partition("/")
        if member.isfile() and inside.startswith("face_recognition_models/") and ".." not in inside:
            place = packages / inside
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(archive.extractfile(member).read())
