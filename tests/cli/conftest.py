"""What the whole-program tests share: the program that was built, and texts written for them."""
import os
import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / os.environ.get("SITREP_BUILD", "build")
PROGRAM = BUILD / "sitrep"
# A build with sanitizers is several times slower; loops are then shorter.
CHECKED = bool(os.environ.get("SITREP_CHECKED"))


def pytest_addoption(parser):
    parser.addoption("--update", action="store_true", help="write the golden files anew")


def run(*arguments, stdin=b"", env=None, cwd=None, timeout=300):
    """Runs the program; a crash or a sanitizer's report fails the test at once."""
    if isinstance(stdin, str):
        stdin = stdin.encode()
    surroundings = {"PATH": os.environ["PATH"], "LC_ALL": "C", "HOME": "/dev/null"}
    surroundings.update({k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")})
    surroundings.update(env or {})
    done = subprocess.run([str(PROGRAM), *map(str, arguments)], input=stdin, capture_output=True, env=surroundings,
                          cwd=cwd or ROOT, timeout=timeout)
    assert done.returncode in (0, 1, 2), (done.returncode, done.stderr.decode(errors="replace"))
    assert b"Sanitizer" not in done.stderr and b"runtime error" not in done.stderr, done.stderr.decode(errors="replace")
    return done


@pytest.fixture
def sitrep():
    return run


@pytest.fixture
def report():
    return ROOT / "docs" / "examples" / "report.txt"
