#!/usr/bin/env python3
"""Every EDTF that is printed must parse with an independent parser (PyPI `edtf`) and be bounded by from and to.

    check_edtf.py edtf_samples

Exit status 77 (skipped) where the parser is not installed; `make unit` puts it into build/python where it can. That parser knows no open interval whose other end has
an unknown year, and gives no bound for an open one; there the closed end alone is checked.
"""
import pathlib
import re
import subprocess
import sys

if len(sys.argv) > 1:
    sys.path.append(str(pathlib.Path(sys.argv[1]).resolve().parents[3] / "python"))
try:
    from edtf import parse_edtf
except ImportError:
    print("skipped: the Python package edtf is not installed")
    sys.exit(77)


def day(text):
    return tuple(int(x) for x in re.fullmatch(r"(-?\d+)-(\d+)-(\d+)", text).groups())


def bounds(text):
    value = parse_edtf(text)
    return tuple(value.lower_strict()[:3]), tuple(value.upper_strict()[:3])


def wrong(text, first, last):
    open_from, open_to = text.startswith("../"), text.endswith("/..")
    low, high = bounds(text.removeprefix("../").removesuffix("/.."))
    if "XXXX" in text:
        return False
    return (not open_from and low != first) or (not open_to and high != last) or (not open_from and not open_to and first > last)


def main():
    seen, bad = set(), 0
    for line in subprocess.run([sys.argv[1]], capture_output=True, text=True, check=True).stdout.splitlines():
        text, first, last = line.split(" ")
        if line in seen:
            continue
        seen.add(line)
        try:
            failed = wrong(text, day(first), day(last))
        except Exception as fault:
            failed = str(fault)[:60]
        if failed:
            bad += 1
            print("bad:", line, failed)
    print(f"{len(seen)} different EDTF strings, {bad} bad")
    return bad > 0 or len(seen) < 100


if __name__ == "__main__":
    sys.exit(main())
