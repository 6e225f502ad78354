#!/usr/bin/env python3
"""Coded reports as people write them -> documents and claims as the trainer reads them.

    coding.py expand OUT [--news NEWS.jsonl] FILE...   writes OUT.docs.jsonl and OUT.claims.jsonl
    coding.py split IN K/N TAUGHT KEPT          documents (IN.docs.jsonl, IN.claims.jsonl) in two parts, one in N in KEPT
    coding.py number DOCS.jsonl SENTENCES.conllu       prints documents a numbered sentence a line, to be coded
    coding.py offsets DOCS.jsonl SENTENCES.conllu CODED  prints the codes of such sentences without their words

A coded file holds reports. A report with its text:

    report: sahel-1
    date: 2023-05-04
    publisher: Radio Example
    title: Market attacked

    Gunmen killed at least six people in Korogo on Tuesday, officials said.
    > killed | attack | actors: Gunmen | targets: at least six people | places: Korogo | date: Tuesday = 2023-05-02 | killed: 6 6 - "at least six people" | claimant: officials
    The army said it was sending troops.

    A line of text is a sentence; an empty line ends a paragraph.

`>` codes a claim of the sentence above it: trigger | type, then what the text tells, lists with ` ; ` between:
actors, helpers, targets, places, weapons, claimant; date: WORDS = EDTF (either may be `-`); killed, injured: LOW BEST
HIGH "WORDS" (`-` where unknown); status (occurred where it is not told); hedge; event: a label that claims of the same
happening share. Words are copied from the text exactly; those nearest to the sentence are meant.

A report without its text names a document of NEWS and the part of it that was coded, in code points; words then
stand as START+LENGTH in that part, and the sentence comes first:

    report: news-17 0 1310
    > 0+73 | 7+6 | attack | actors: 0+6 | killed: 6 6 - 14+19

How claims are coded (what counts, which type, which words) is in README.md here.
"""
import json
import re
import sys
import zlib

TYPES = set("""clash offensive territory_gain siege air_strike shelling missile_strike explosive suicide_attack
chemical_attack attack abduction abuse destruction deployment movement withdrawal control_transfer air_defence
training_support arrest release seizure restriction sanction agreement ceasefire_violation meeting aid displacement
demand threat accusation rejection praise concession protest""".split())
STATUS = set("occurred ongoing planned demanded threatened predicted possible denied".split())
LISTS = ("actors", "helpers", "targets", "places", "weapons", "claimant")
SPAN = re.compile(r"(\d+)\+(\d+)$")


class Fault(Exception):
    pass


def nearest(text, words, at):
    """Where `words` stand nearest to `at`, as (start, length): as whole words where they do, with any space between."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    for form in (r"(?<!\w)" + pattern + r"(?!\w)", pattern):
        found = [(m.start(), len(m.group())) for m in re.finditer(form, text)]
        if words.strip() and found:
            return min(found, key=lambda f: abs(f[0] - at))
    raise Fault(f"not in the text: {words}")


class Report:
    def __init__(self, name, place):
        self.name, self.place, self.meta, self.text, self.claims = name, place, {}, "", []
        self.lines = []  # to be coded once the text is whole: (number, line, sentence)

    def words(self, value, at):
        """The span of words that stand as offsets or as themselves."""
        span = SPAN.match(value) if self.place else None
        if not span:
            return nearest(self.text, value, at)
        start, n = int(span[1]), int(span[2])
        if not n or start + n > len(self.text):
            raise Fault(f"not in the text: {value}")
        return start, n

    @property
    def id(self):
        """Several parts of one document are documents of their own."""
        return f"{self.name}@{self.place[0]}" if self.place else self.name


def number(value):
    return None if value in ("-", "null") else int(value.replace(",", ""))


def code_toll(report, value, at):
    m = re.match(r'(\S+) (\S+) (\S+) (?:"(.*)"|(\d+\+\d+))$', value)
    if not m:
        raise Fault(f"a toll is LOW BEST HIGH \"WORDS\": {value}")
    return {"low": number(m[1]), "best": number(m[2]), "high": number(m[3]), "text": report.words(m[4] or m[5], at)}


def code_date(report, value, at):
    words, _, edtf = value.rpartition(" = ")
    if not words:
        words, edtf = value, "-"
    if edtf not in ("-", "null") and not re.match(r"[-0-9X~?%/.Y]+$", edtf):
        raise Fault(f"no EDTF: {edtf}")
    return (None if words == "-" else report.words(words, at)), (None if edtf in ("-", "null") else edtf)


def code_claim(report, line, sentence):
    """A claim with spans for words. `sentence`: (start, length), or None where the line begins with it."""
    parts = [p.strip() for p in line.split(" | ")]
    if sentence is None:
        sentence = report.words(parts.pop(0), 0)
    if len(parts) < 2:
        raise Fault("a claim is TRIGGER | TYPE | ...")
    at = sentence[0]
    if SPAN.match(parts[0]) and report.place:
        trigger = report.words(parts[0], at)
    else:
        start, n = nearest(report.text[at:at + sentence[1]], parts[0], 0)
        trigger = (at + start, n)
    c = {"sentence": sentence, "trigger": trigger, "type": parts[1], "status": "occurred", "hedge": None,
         "date_text": None, "date": None, "killed": None, "injured": None, "event": None}
    c.update({k: [] for k in LISTS})
    if c["type"] not in TYPES:
        raise Fault(f"no such type: {c['type']}")
    for part in parts[2:]:
        key, _, value = part.partition(":")
        key, value = key.strip(), value.strip()
        if not value or value == "-":
            continue
        if key in LISTS:
            c[key] = [report.words(v.strip(), at) for v in value.split(" ; ") if v.strip()]
        elif key in ("killed", "injured"):
            c[key] = code_toll(report, value, at)
        elif key == "date":
            c["date_text"], c["date"] = code_date(report, value, at)
        elif key == "hedge":
            c["hedge"] = report.words(value, at)
        elif key == "status" and value in STATUS:
            c["status"] = value
        elif key == "event":
            c["event"] = "e" + value.lstrip("e")
        else:
            raise Fault(f"no such field or value: {part}")
    return c


def read_reports(path, news):
    """The reports of a coded file; faults are told with file and line."""
    reports, report, sentence, faults, in_head, gap = [], None, None, 0, False, ""
    for n, line in enumerate(open(path, encoding="utf-8"), 1):
        line = line.rstrip("\n")
        if line.startswith("#"):
            continue
        try:
            if line.startswith("report: "):
                name, *place = line[8:].split()
                report = Report(name, tuple(map(int, place)) if place else None)
                reports.append(report)
                sentence, in_head, gap = None, True, ""
                if report.place:
                    if name not in news:
                        raise Fault(f"no such document: {name}")
                    report.text = news[name][report.place[0]:report.place[1]]
            elif line.startswith("> "):
                report.lines.append((n, line[2:], None if report.place else sentence))
            elif not line.strip():
                if not in_head:
                    gap = "\n\n"
                in_head = False
            elif in_head and re.match(r"(date|publisher|title|author|style|url): ", line):
                key, _, value = line.partition(": ")
                report.meta[key] = value
            elif report and not report.place:
                in_head = False
                if report.text:
                    report.text += gap or " "
                sentence = (len(report.text), len(line))
                report.text += line
                gap = ""
            else:
                raise Fault("neither a report, nor its text, nor a claim")
        except (Fault, AttributeError, ValueError) as fault:
            print(f"{path}:{n}: {fault}", file=sys.stderr)
            faults += 1
    return reports, faults + sum(code_report(path, r) for r in reports)


def code_report(path, report):
    """Codes the lines of a report; the number of faults."""
    faults = 0
    for n, line, sentence in report.lines:
        try:
            report.claims.append(code_claim(report, line, sentence))
        except (Fault, TypeError, ValueError) as fault:
            print(f"{path}:{n}: {fault}", file=sys.stderr)
            faults += 1
    return faults


def record_of(report, n, c):
    t = report.text
    say = lambda s: t[s[0]:s[0] + s[1]] if s else None
    out = {"doc": report.id, "n": n, "event": c["event"] or f"n{n}", "sentence": say(c["sentence"]),
           "trigger": say(c["trigger"]), "type": c["type"], "status": c["status"], "hedge": say(c["hedge"])}
    for k in LISTS:
        out[k] = [say(s) for s in c[k]]
    out["date_text"], out["date"] = say(c["date_text"]), c["date"]
    for k in ("killed", "injured"):
        out[k] = dict(c[k], text=say(c[k]["text"])) if c[k] else None
    return out


def dump(f, record):
    f.write(json.dumps(record, ensure_ascii=False) + "\n")


def expand(out, news_path, paths):
    news = {}
    if news_path:
        news = {r["id"]: r["text"] for r in map(json.loads, open(news_path, encoding="utf-8"))}
    faults = 0
    with open(out + ".docs.jsonl", "w", encoding="utf-8") as docs, \
            open(out + ".claims.jsonl", "w", encoding="utf-8") as claims:
        for path in paths:
            reports, bad = read_reports(path, news)
            faults += bad
            for r in reports:
                meta = {k: v for k, v in r.meta.items() if k != "style"}
                dump(docs, {"id": r.id, **meta, "text": r.text})
                for n, c in enumerate(sorted(r.claims, key=lambda c: c["trigger"]), 1):
                    dump(claims, record_of(r, n, c))
    return 1 if faults else 0


# ---- coding documents whose text is not ours to give away --------------------------------------

def split(source, k, n, taught, kept):
    """By the checksums of the documents' names; passages of one document stay together."""
    for kind, name in (("docs", "id"), ("claims", "doc")):
        lines = [line for line in open(f"{source}.{kind}.jsonl", encoding="utf-8")]
        is_kept = [zlib.crc32(json.loads(line)[name].split("@")[0].encode()) % n == k for line in lines]
        for out, wanted in ((taught, False), (kept, True)):
            with open(f"{out}.{kind}.jsonl", "w", encoding="utf-8") as f:
                f.writelines(line for line, kept_out in zip(lines, is_kept) if kept_out == wanted)
    return 0


def sentences_of(docs_path, conllu_path):
    """Each document with the spans of its sentences; one whose words the parser has mended is left out."""
    told = []
    for line in open(conllu_path, encoding="utf-8"):
        if line == "# sent_id = 1\n":
            told.append([])
        elif line.startswith("# text = "):
            told[-1].append(line[9:].rstrip("\n"))
    for line, sentences in zip(open(docs_path, encoding="utf-8"), told):
        d = json.loads(line)
        spans, at = [], 0
        for sentence in sentences:
            m = re.compile(r"\s+".join(map(re.escape, sentence.split()))).search(d["text"], at)
            if m:
                spans.append((m.start(), m.end() - m.start()))
                at = m.end()
        yield d, spans


def number_sentences(docs_path, conllu_path):
    for d, spans in sentences_of(docs_path, conllu_path):
        print(f"=== {d['id']}")
        for k, (start, n) in enumerate(spans, 1):
            print(f"[{k}] " + d["text"][start:start + n])


def standoff(report, c):
    put = lambda s: f"{s[0]}+{s[1]}"
    fields = [put(c["sentence"]), put(c["trigger"]), c["type"]]
    if c["status"] != "occurred":
        fields.append("status: " + c["status"])
    fields += [k + ": " + " ; ".join(map(put, c[k])) for k in LISTS if c[k]]
    if c["date_text"] or c["date"]:
        fields.append(f"date: {put(c['date_text']) if c['date_text'] else '-'} = {c['date'] or '-'}")
    for k in ("killed", "injured"):
        if c[k]:
            show = lambda v: "-" if v is None else str(v)
            fields.append(f"{k}: {show(c[k]['low'])} {show(c[k]['best'])} {show(c[k]['high'])} {put(c[k]['text'])}")
    if c["hedge"]:
        fields.append("hedge: " + put(c["hedge"]))
    if c["event"]:
        fields.append("event: " + c["event"][1:])
    return "> " + " | ".join(fields)


def offsets(docs_path, conllu_path, coded_path):
    known = {}
    for d, spans in sentences_of(docs_path, conllu_path):
        known.setdefault(d["id"], []).append((d, spans))
    report, spans, faults = None, [], 0
    for n, line in enumerate(open(coded_path, encoding="utf-8"), 1):
        line = line.strip()
        try:
            if line.startswith("=== "):
                d, spans = known[line[4:].split()[0]].pop(0)
                report = Report(d["id"], (d.get("from", 0), d.get("to", len(d["text"]))))
                report.text = d["text"]
                print(f"report: {d['id']} {report.place[0]} {report.place[1]}")
                if d.get("date"):
                    print(f"date: {d['date']}")
            elif line and not line.startswith("#"):
                k, _, rest = line.partition(" | ")
                if not 1 <= int(k) <= len(spans):
                    raise Fault(f"no such sentence: {k}")
                start, length = spans[int(k) - 1]
                print(standoff(report, code_claim(report, rest, (start, length))))
        except (Fault, KeyError, IndexError, ValueError, AttributeError) as fault:
            print(f"{coded_path}:{n}: {fault}", file=sys.stderr)
            faults += 1
    return 1 if faults else 0


def main(argv):
    if len(argv) > 3 and argv[1] == "expand":
        paths, news = argv[3:], None
        if paths[0] == "--news":
            news, paths = paths[1], paths[2:]
        return expand(argv[2], news, paths)
    if len(argv) == 6 and argv[1] == "split":
        return split(argv[2], *map(int, argv[3].split("/")), *argv[4:])
    if len(argv) == 4 and argv[1] == "number":
        return number_sentences(argv[2], argv[3])
    if len(argv) == 5 and argv[1] == "offsets":
        return offsets(argv[2], argv[3], argv[4])
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv))
