"""What comes with the program: man page, completions, README, the public header, the folders' rule."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

import pytest

from conftest import BUILD, CHECKED, PROGRAM, ROOT

COMMANDS = ["read", "mentions", "parse", "text", "explain", "score", "watch", "gazetteer"]


def options_of(sitrep, command):
    """Long options that the help of a command tells."""
    text = sitrep(command, "--help").stdout.decode().split("\nExamples\n")
    spaced = text[0] + text[1].split("\n\n", 1)[1]
    return set(re.findall(r"--[a-z-]+", spaced))


def test_man_page_is_sound():
    page = ROOT / "docs/man/sitrep.1"
    if shutil.which("mandoc"):
        lint = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", page], capture_output=True, text=True)
        assert lint.stdout == "" and lint.returncode == 0
        done = subprocess.run(["mandoc", "-T", "utf8", page], capture_output=True, text=True)
    else:
        done = subprocess.run(["man", "-l", page], capture_output=True, text=True, env={**os.environ, "MANPAGER": "cat", "LC_ALL": "C.UTF-8"})
    assert done.returncode == 0 and "sitrep codebook check" in re.sub(".\b", "", done.stdout)


def test_help_man_page_and_completions_know_the_same_options(sitrep):
    man = (ROOT / "docs/man/sitrep.1").read_text()
    manned = {f"--{o}" for o in re.findall(r"Fl -([a-z-]+)", man)}
    bash = (ROOT / "completions/sitrep.bash").read_text()
    zsh = (ROOT / "completions/_sitrep").read_text()
    fish = (ROOT / "completions/sitrep.fish").read_text()
    helped = set().union(*(options_of(sitrep, c) for c in COMMANDS))
    assert {"--from", "--jobs", "--sentence", "--colour"} <= helped
    assert helped | {"--version"} == manned
    for option in helped:
        assert option in bash and option in zsh, option
        assert f"-l {option[2:]} " in fish, option
    for command in [*COMMANDS, "codebook"]:
        assert f"Cm {command}" in man and command in bash and f"'{command}:" in zsh and f"-a {command} " in fish


def test_completions_are_sound():
    subprocess.run(["bash", "-n", ROOT / "completions/sitrep.bash"], check=True)
    ask = f"source {ROOT}/completions/sitrep.bash; COMP_WORDS=(sitrep read --to ''); COMP_CWORD=3; _sitrep; echo ${{COMPREPLY[*]}}"
    assert subprocess.run(["bash", "-c", ask], capture_output=True, text=True).stdout.split() == ["table", "jsonl", "csv"]
    for shell, arguments in (("zsh", ["-n", ROOT / "completions/_sitrep"]), ("fish", ["-n", ROOT / "completions/sitrep.fish"])):
        if shutil.which(shell):
            subprocess.run([shell, *arguments], check=True)
    if shutil.which("fish"):
        ask = f"source {ROOT}/completions/sitrep.fish; complete -C 'sitrep read --to '"
        got = subprocess.run(["fish", "--no-config", "-c", ask], capture_output=True, text=True).stdout
        assert [l.split("\t")[0] for l in got.splitlines()] == ["csv", "jsonl", "table"]


def test_the_program_sees_only_the_public_header_and_stages_only_what_lies_below():
    done = subprocess.run([sys.executable, ROOT / "tests/check_includes.py"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def code_of_readme(language, which=0):
    blocks = re.findall(rf"^```{language}\n(.*?)^```", (ROOT / "README.md").read_text(), re.S | re.M)
    return blocks[which]


def compile_example(tmp_path, source, *flags):
    program = tmp_path / "example"
    libraries = subprocess.run(["pkg-config", "--libs", "jansson", "icu-i18n", "icu-uc", "uchardet", "libzip", "expat", "zlib",
                                "libbrotlidec", "libarchive", "nettle"], capture_output=True, text=True,
                               check=True).stdout.split()
    checks = ["-fsanitize=address,undefined"] if CHECKED else []
    subprocess.run(["cc", "-std=c11", "-Wall", "-Wextra", "-Werror", "-pedantic", *checks, *flags, f"-I{ROOT}/include", source,
                    "-o", program, BUILD / "src/libsitrep.a", *libraries, "-lgumbo", "-lcld2", "-lm", "-pthread"], check=True)
    return program


def test_the_example_of_the_readme_compiles_and_prints_what_it_says(tmp_path, report):
    code = code_of_readme("c")
    assert len(code.splitlines()) <= 30
    source = tmp_path / "example.c"
    source.write_text(code)
    program = compile_example(tmp_path, source)
    env = {**os.environ, "SITREP_DATA": str(ROOT)}
    done = subprocess.run([program, report], capture_output=True, text=True, env=env)
    assert done.returncode == 0 and len(done.stdout.splitlines()) > 5, done.stderr
    told = subprocess.run([PROGRAM, "read", "--to", "jsonl", report], capture_output=True, text=True, cwd=ROOT).stdout
    for line, claim in zip(done.stdout.splitlines(), map(json.loads, told.split("\n"))):
        assert claim["type"] in line and claim["status"] in line
    assert subprocess.run([program, "/nonexistent"], capture_output=True, env=env).returncode == 1


def test_the_header_suits_cpp(tmp_path):
    source = tmp_path / "x.cpp"
    source.write_text('#include <sitrep.h>\nint main() { return sitrep_version()[0] == 0; }\n')
    subprocess.run(["c++", "-Wall", "-Wextra", "-Werror", "-pedantic", f"-I{ROOT}/include", "-fsyntax-only", source], check=True)


def test_links_in_the_documents_lead_somewhere():
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)", page.read_text()):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_installed_it_finds_its_data(tmp_path, report, sitrep):
    if CHECKED:
        pytest.skip("once is enough")
    env = {**os.environ, "DESTDIR": str(tmp_path)}
    subprocess.run(["meson", "install", "-C", BUILD, "--no-rebuild", "--quiet"], check=True, env=env)
    program = tmp_path / "usr/local/bin/sitrep"
    for name in ("include/sitrep.h", "share/man/man1/sitrep.1", "share/bash-completion/completions/sitrep",
                 "share/zsh/site-functions/_sitrep", "share/fish/vendor_completions.d/sitrep.fish",
                 "share/sitrep/gazetteer.bin", "share/sitrep/schema/claim.schema.json"):
        assert (tmp_path / "usr/local" / name).exists(), name
    assert list((tmp_path / "usr/local").rglob("pkgconfig/sitrep.pc"))
    done = subprocess.run([program, "read", "--to", "jsonl", report], capture_output=True, cwd="/", env={"PATH": "/usr/bin"})
    assert done.returncode == 0 and done.stderr == b""
    assert done.stdout == sitrep("read", "--to", "jsonl", report).stdout


@pytest.mark.skipif(CHECKED or not shutil.which("valgrind"), reason="needs valgrind and a build without sanitizers")
def test_nothing_leaks_and_nothing_is_read_before_it_is_written(report):
    for arguments in (["read", "--to", "table"], ["explain"], ["read", "--jobs", "2", "--to", "csv"]):
        done = subprocess.run(["valgrind", "-q", "--error-exitcode=9", "--leak-check=full", PROGRAM, arguments[0], "--quiet",
                               *arguments[1:], report], capture_output=True, text=True, cwd=ROOT)
        assert done.returncode == 0, done.stderr
