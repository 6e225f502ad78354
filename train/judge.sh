#!/bin/sh
# Retrains the encoder and the judges of claims: judge.sh VECTORS NEWS CLAIMS OUT (see claims/README.md). Leaves
# encoder.model, claims.model and claims-quick.model in OUT. SKIP_ENCODERS=1: those that OUT holds are kept.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
[ $# -eq 4 ] || { sed -n '2,3p' "$0" >&2; exit 2; }
vectors=$1 news=$2 claims=$3 out=$4
tool=${SITREP_TRAIN:-$here/build/train/sitrep-train} sitrep=${SITREP:-$here/build/sitrep}
judge=${SITREP_TRAIN_CLAIMS:-$here/build/train/claims/sitrep-train-claims}
mkdir -p "$out"

python3 "$here/train/claims/peaceful.py" "$news" 200 > "$out/peaceful.jsonl"
python3 "$here/train/claims/coding.py" expand "$out/coded" --news "$news" "$here/train/claims/news.txt" \
    "$here"/train/claims/reports/*.txt
set -- "$claims/train.docs.jsonl" "$claims/train.claims.jsonl" "$claims/world-train.docs.jsonl" "$claims/world-train.claims.jsonl" \
    "$out/coded.docs.jsonl" "$out/coded.claims.jsonl"

# Three encoders, each without a third of the documents, teach the judge how far to believe the fourth, which knows all.
encode() {
    name=$1 fold=$2
    shift 2
    teach encoder.py train "$minilm" "$out/$name.npz" "$sitrep" "$fold" "$@"
    teach encoder.py export "$minilm" "$out/$name.npz" "$here/train/encoder-meta.txt" "$out/$name.enc"
    "$tool" encode-export "$out/$name.enc" "$out/$name.model"
}
if [ -z "${SKIP_ENCODERS:-}" ]; then
    . "$here/train/teacher/setup.sh"
    for k in 0 1 2; do encode "third-$k" "$k/3" "$@"; done
    encode encoder 0/1000000 "$@"
fi

"$judge" --data "$here" --vectors "$vectors" --peaceful "$out/peaceful.jsonl" --held-out "$out/held-out.jsonl" \
    --encoders "$out/third-0.model,$out/third-1.model,$out/third-2.model" --out "$out/claims.model" "$@"
"$judge" --data "$here" --vectors "$vectors" --peaceful "$out/peaceful.jsonl" --held-out "$out/held-out-quick.jsonl" \
    --out "$out/claims-quick.model" "$@"
