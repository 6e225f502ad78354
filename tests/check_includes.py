#!/usr/bin/env python3
"""Checks who includes whom: a stage includes base, record, model and its own folder, never another stage; the
files of src/ itself may include all, and nothing includes them; src/cli sees sitrep.h and src/fetch, and src/fetch
(the network, which the library does without) sitrep.h alone. The stages are the folders of src/, so that a new one is held to
the rule from its first file. Prints each breach; exits 1 on any."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHARED = {"base", "record", "model"}
# What the shared folders may use among themselves.
BELOW = {"base": {"base"}, "record": {"base", "record"}, "model": {"base", "record", "model"}}
INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<(sitrep\.h)>)', re.M)


def breaches(path):
    parts = path.relative_to(ROOT / "src").parts
    stage = parts[0] if len(parts) > 1 else None
    for match in INCLUDE.finditer(path.read_text()):
        name = match[1] or match[2]
        target = (ROOT / "src" / name) if (ROOT / "src" / name).exists() else (path.parent / name)
        if name == "sitrep.h":
            if stage not in ("cli", "fetch", "base", "write", None):
                yield name, "only base, write and the program include the public header"
            continue
        if not target.exists():
            yield name, "there is no such file"
            continue
        folder = target.resolve().relative_to(ROOT / "src").parts
        of = folder[0] if len(folder) > 1 else None
        if stage == "cli" and of not in ("cli", "fetch"):
            yield name, "the program sees sitrep.h and fetch alone"
        elif stage == "fetch" and of != "fetch":
            yield name, "fetch belongs to the program and sees sitrep.h alone"
        elif of == "fetch" and stage not in ("cli", "fetch"):
            yield name, "the library knows no network"
        elif stage is not None and of is None:
            yield name, "nothing includes the pipeline"
        elif stage in BELOW and of not in BELOW[stage]:
            yield name, f"{stage} lies below {of}"
        elif stage is not None and stage != "cli" and of not in SHARED | {stage}:
            yield name, f"stage {stage} must not know stage {of}"


def main():
    bad = 0
    for path in sorted((ROOT / "src").rglob("*.[ch]")):
        for name, why in breaches(path):
            print(f"{path.relative_to(ROOT)}: includes {name}: {why}")
            bad += 1
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
