"""The codebook's own example sentences, run as `sitrep codebook check` runs them."""
import re

# To be lowered as rules improve, never raised.
MAY_FAIL = 0


def test_examples_come_out_as_written(sitrep):
    done = sitrep("codebook", "check")
    lines = done.stdout.decode().splitlines()
    passed, failed = map(int, re.search(r"(\d+) passed, (\d+) failed$", lines[-1]).groups())
    assert passed >= 200 and failed <= MAY_FAIL, "\n".join(lines)
    assert done.returncode == (1 if failed else 0) and len(lines) == failed + 1
    for line in lines[:-1]:
        assert re.match(r"/.*/codebooks/conflict/types/\w+\.txt:\d+: ", line), line


def test_a_codebook_of_ones_own(sitrep, tmp_path):
    """A type is added without a compiler: its examples are run, and reports are read by it."""
    import shutil
    from conftest import ROOT
    mine = tmp_path / "mine"
    shutil.copytree(ROOT / "codebooks" / "conflict", mine)
    done = sitrep("codebook", "check", "--quiet", mine)
    assert str(mine) in done.stdout.decode() or done.returncode == 0
    done = sitrep("read", "--codebook", mine, "--to", "jsonl", "docs/examples/report.txt")
    assert done.returncode == 0 and b'"codebook":"conflict ' in done.stdout
