#!/usr/bin/env python3
"""Do the bytes that records point at say what they quote?

    check_bytes.py [--sitrep build/sitrep] FILE…

Runs `sitrep mentions` and `sitrep read` over the files (pages or texts), cuts start_byte to end_byte out of each file's
bytes, decodes it with the page's charset, takes scripts, styles, comments and tags out, decodes entities and compares
the letters and digits with what the record quotes. Prints how many agree, and those that do not."""
import argparse
import html
import json
import re
import subprocess


def charset_of(raw):
    if raw.startswith(b"\xef\xbb\xbf"):
        return "utf-8"
    try:
        raw.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        named = re.search(rb"charset\s*=\s*[\"']?([\w-]+)", raw[:4096])
        name = named.group(1).decode().lower() if named else "windows-1252"
        return {"iso-8859-1": "windows-1252", "gb2312": "gb18030", "gbk": "gb18030", "utf-8": "utf-8"}.get(name, name)


def plain(piece):
    piece = re.sub(r"(?is)<!--.*?-->|<(script|style|svg)\b.*?</\1\s*>", "", piece)
    return html.unescape(re.sub(r"(?s)<[^>]*>", "", piece))


def letters(text):
    return re.sub(r"[\W_]+", "", text)


def records(sitrep, command, path):
    done = subprocess.run([sitrep, command, "-q", "--to", "jsonl", "--any-language", path], capture_output=True, text=True)
    for line in done.stdout.splitlines():
        record = json.loads(line)
        yield (record["evidence"]["exact"], record["evidence"]) if command == "read" else (record["text"], record)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--sitrep", default="build/sitrep")
    args = parser.parse_args()
    same = other = nowhere = 0
    for path in args.files:
        raw = open(path, "rb").read()
        charset = charset_of(raw)
        for command in ("mentions", "read"):
            for quoted, at in records(args.sitrep, command, path):
                if at["start_byte"] is None:
                    nowhere += 1
                    continue
                cut = plain(raw[at["start_byte"]:at["end_byte"]].decode(charset, "replace"))
                if letters(cut).lower() == letters(quoted).lower():
                    same += 1
                else:
                    other += 1
                    print("%s: %r is %r" % (path, quoted[:200], cut[:200]))
    print("%d agree, %d do not, %d stand nowhere in the bytes" % (same, other, nowhere))


main()
